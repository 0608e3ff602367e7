"""PynamoDB models and the stores behind the ports."""
