"""A link that fills a cart and leads to its checkout.

Source: shopify.dev/docs/apps/build/checkout/create-cart-permalinks
"""

import re
from collections.abc import Sequence
from typing import Final

from chalicelib.domain.commerce.catalogue import LONGEST_LINK, numbered_items
from chalicelib.domain.commerce.goods import Line

# What is bought is a variant. Catalogues name it by its number alone, by its global id, or behind the
# country and the product, as Shopify's own channel for Meta does.
_VARIANT: Final = re.compile(
    r"(?:shopify_[a-z]{2,3}_\d+_|gid://shopify/ProductVariant/)?(\d{1,20})", re.ASCII | re.IGNORECASE
)


def checkout_link(domain: str, lines: Sequence[Line]) -> str:
    """'' where a product's id names no variant."""
    items = numbered_items(lines, _VARIANT)
    link = f"https://{domain}/cart/{items}"
    return link if items and len(link) <= LONGEST_LINK else ""
