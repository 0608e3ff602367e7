"""The shop's own people, who work from a messenger."""
