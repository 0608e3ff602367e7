"""What is asked of the Admin API about carts and orders. What a page may hold keeps each below its price.

Source: shopify.dev/docs/api/admin-graphql/latest/objects/Order,
shopify.dev/docs/api/admin-graphql/latest/objects/AbandonedCheckout
"""

from typing import Final

_MONEY: Final = "{ shopMoney { amount currencyCode } }"
_ADDRESS: Final = "{ name phone countryCodeV2 zip }"
_PAGE: Final = "pageInfo { hasNextPage endCursor }"
_BUYER: Final = f"""
  customer {{ id firstName lastName locale
    defaultEmailAddress {{ emailAddress }} defaultPhoneNumber {{ phoneNumber }} }}
  shippingAddress {_ADDRESS}
  billingAddress {_ADDRESS}
  customAttributes {{ key value }}
"""
_ITEM: Final = f"""
  id title variantTitle quantity sku originalUnitPriceSet {_MONEY}
  image {{ url }} product {{ id onlineStoreUrl }}
"""
# `$` names that are filled in below: how many of each an answer may hold.
_ORDER: Final = f"""
  id name createdAt processedAt updatedAt cancelledAt
  displayFinancialStatus displayFulfillmentStatus
  email phone customerLocale statusPageUrl sourceName currencyCode
  currentTotalPriceSet {_MONEY}
  {_BUYER}
  lineItems(first: LINES) {{ nodes {{ {_ITEM} }} {_PAGE} }}
  fulfillments(first: PARCELS) {{
    id status displayStatus createdAt updatedAt estimatedDeliveryAt
    trackingInfo(first: 1) {{ company number url }}
    fulfillmentLineItems(first: PACKED) {{ nodes {{ lineItem {{ id }} }} }}
  }}
  refunds(first: REFUNDS) {{
    id createdAt totalRefundedSet {_MONEY}
    refundLineItems(first: PACKED) {{ nodes {{ lineItem {{ id }} }} }}
  }}
"""


def _order(lines: int, parcels: int, packed: int, refunds: int) -> str:
    counts = {"LINES": lines, "PARCELS": parcels, "PACKED": packed, "REFUNDS": refunds}
    text = _ORDER
    for name, count in counts.items():
        text = text.replace(f"first: {name}", f"first: {count}")
    return text


ONE_ORDER: Final = f"query OneOrder($id: ID!) {{ order(id: $id) {{ {_order(50, 5, 20, 3)} }} }}"
ORDERS: Final = f"""
query Orders($after: String, $filter: String!) {{
  orders(first: 4, after: $after, query: $filter, sortKey: UPDATED_AT) {{
    nodes {{ {_order(20, 3, 10, 2)} }} {_PAGE}
  }}
}}
"""
CARTS: Final = f"""
query Carts($after: String, $filter: String!) {{
  abandonedCheckouts(first: 8, after: $after, query: $filter, sortKey: CREATED_AT) {{
    nodes {{
      id createdAt updatedAt completedAt abandonedCheckoutUrl totalPriceSet {_MONEY}
      {_BUYER}
      lineItems(first: 20) {{ nodes {{ {_ITEM} }} {_PAGE} }}
    }}
    {_PAGE}
  }}
}}
"""
