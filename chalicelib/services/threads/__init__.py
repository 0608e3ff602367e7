"""What the shop's people do with threads, and how long shoppers wait."""
