"""The way out: intents, the gate, the channel, and what became of them."""
