"""Campaigns: written, tried, booked, run, and what became of them."""
