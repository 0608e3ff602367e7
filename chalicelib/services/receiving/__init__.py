"""What channels deliver: from a webhook's bytes to rows."""
