"""Who is in which segment, kept up to date by what happens to each shopper."""
