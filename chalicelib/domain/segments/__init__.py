"""Who is written to: what is known of a shopper, and the filters over it."""
