"""Campaigns: what is sent to whom and when, and what became of it."""
