"""The shop beside the chat: what it tells of carts and orders, and what comes of it."""
