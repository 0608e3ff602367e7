"""What a language has to have to tell of an order.

The order's number, amounts, days, couriers and links come from outside and never change their form: each
stands after a colon or alone. Below the number, sentences speak of the order as "it". No word agrees with the
gender of who reads.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTexts:
    """One language's words in one tone. order: the head, with `{number}`; order_alone: where it has none.

    Then a sentence for each stage; refunded takes `{amount}`, refunded_alone stands where nobody tells it.
    expected takes `{date}`; tracking `{number}`, where the courier's name is not known; courier_page and page
    `{url}`. rest: of an order that comes in several parcels.
    """

    order: str
    order_alone: str
    placed: str
    confirmed: str
    packed: str
    shipped: str
    in_transit: str
    out_for_delivery: str
    ready_for_pickup: str
    attempted: str
    delivered: str
    failed: str
    delayed: str
    cancelled: str
    refunded: str
    refunded_alone: str
    expected: str
    tracking: str
    courier_page: str
    page: str
    rest: str


# A language in both tones, the friendly one first; the same twice where it knows no difference.
BothTones = tuple[UpdateTexts, UpdateTexts]
