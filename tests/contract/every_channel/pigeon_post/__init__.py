"""Pigeon post: a network that does not exist, to try the guide with (docs/adding-a-channel.md).

Shoppers send letters to a shop's loft, each from a ring of their own. The post calls us with several events
at a time, signed with the loft's seal (HMAC-SHA256), and takes letters of 160 bytes and pictures by link. It
has no buttons, no window and no handshake; a shopper may put up a net, and no pigeon comes through.
"""
