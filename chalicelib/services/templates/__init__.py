"""Templates: fetched, followed, checked and shown before they are sent."""
