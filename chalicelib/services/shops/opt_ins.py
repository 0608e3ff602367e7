"""A box that a buyer ticked at the shop's checkout is their yes, with the words that stood beside it."""

from datetime import datetime

from chalicelib.domain.commerce.goods import Buyer
from chalicelib.domain.consent.records import Consent, How, address_key
from chalicelib.domain.events import Address
from chalicelib.domain.phones import same_numbers
from chalicelib.ports.consents import ConsentStore


class NoteOptIns:
    """For every number of theirs, on whichever messenger it is reached."""

    def __init__(self, consents: ConsentStore) -> None:
        self._consents = consents

    def __call__(
        self, merchant_id: str, buyer: Buyer, ref: str, at: datetime, now: datetime, how: How = "box"
    ) -> None:
        """buyer: as it is recorded. ref: the cart or order; the same is noted once, as of `at`. how: `import`
        where nobody knows when it was ticked: that takes back no stop. Raises StoreBusy."""
        if not buyer.opt_in_text or not buyer.phones:
            return
        self._consents.add(
            [
                Consent(
                    merchant_id=merchant_id,
                    address=address_key("", Address("phone", number)),
                    purpose="marketing",
                    state="given",
                    at=at,
                    how=how,
                    noted_at=now,
                    ref=ref,
                    text=buyer.opt_in_text,
                )
                for phone in buyer.phones
                for number in same_numbers(phone)
            ]
        )
