"""Approved texts: what the channel has of them, and what a shop makes of them."""
