"""What the use cases need from the world. Adapters implement these; fakes stand here in tests."""
