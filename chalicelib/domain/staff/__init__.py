"""People of the shop who work from a messenger, and what they read there."""
