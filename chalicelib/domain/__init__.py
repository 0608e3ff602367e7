"""Pure rules of chat commerce: standard library only, no clock, network or storage."""
