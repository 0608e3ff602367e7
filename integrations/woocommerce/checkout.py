"""A link that fills a cart and leads to its checkout, as shops have it since WooCommerce 10.0.

Source: developer.woocommerce.com/docs/best-practices/urls-and-routing/checkout-urls
"""

import re
from collections.abc import Sequence
from typing import Final

from chalicelib.domain.commerce.catalogue import LONGEST_LINK, numbered_items
from chalicelib.domain.commerce.goods import Line

# Catalogues name a product, or one of its variations, by its number: alone, or behind its SKU or
# `wc_post_id`, as the extension for Meta does.
_PRODUCT: Final = re.compile(r"(?:.+_)?(\d{1,20})", re.ASCII | re.DOTALL)


def checkout_link(site: str, lines: Sequence[Line]) -> str:
    """'' where a product's id has no number of the shop's in it."""
    items = numbered_items(lines, _PRODUCT)
    link = f"{site}/checkout-link/?products={items}"
    return link if items and len(link) <= LONGEST_LINK else ""
