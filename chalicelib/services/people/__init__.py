"""Who shoppers are: addresses, links, merges."""
