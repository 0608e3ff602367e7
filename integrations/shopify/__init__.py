"""Shopify: what its webhooks tell of carts and orders, and what its Admin API adds."""
