"""Messenger Platform."""
