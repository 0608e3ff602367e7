"""The promise: when the shop is open, how long its answers take, and what a shopper may be told of it."""
