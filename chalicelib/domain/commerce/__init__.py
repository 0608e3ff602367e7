"""The shop beside the chat: carts, orders, parcels and returns, as any shop system tells of them."""
