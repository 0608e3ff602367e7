"""Use cases on ports: each is one thing that the shop does."""
