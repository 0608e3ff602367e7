"""A shop's access to its channels: connecting it, and looking after it."""
