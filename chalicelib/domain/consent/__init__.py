"""What shoppers have said about being written to, and in which words they say it."""
