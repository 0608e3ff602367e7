"""What Parley knows: rules, ports, use cases, storage. Nothing here runs at import."""
