"""What shoppers read, in every language and tone that we answer in, and what a shop says in its own words."""
