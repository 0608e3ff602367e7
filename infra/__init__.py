"""Packaging, deployment and the local stack. Nothing here is shipped."""
