"""Links that open a thread in the shopper's app: made by the shop, followed when a shopper comes by one."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Final, Literal

from chalicelib.domain.connections import Connection
from chalicelib.domain.consent.records import Consent, address_key
from chalicelib.domain.events import Referral, ShopperMessage
from chalicelib.domain.links import (
    ID_BYTES,
    KEY_BYTES,
    Link,
    find_token,
    link_id_of,
    read_token,
    token_for,
)
from chalicelib.domain.people import Proof, merge_id_for
from chalicelib.ports.channel import Channel
from chalicelib.ports.consents import ConsentStore
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.people import LinkStore, PeopleStore
from chalicelib.services.people.people import MergePeople, NoSuchShopper, People
from chalicelib.services.receiving.pointers import Source

Refusal = Literal["forged", "expired", "used", "elsewhere"]
_TRIES: Final = 8


class NoLink(Exception):
    """The connection lacks what a link of its channel needs."""


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link to print or to send."""

    url: str
    token: str
    ends_at: datetime


class MakeLink:
    """A link that ties whoever comes by it to a cart, or to a shopper as a further address of theirs; or it
    is their yes to what stands beside it, or makes them one of the shop's own people."""

    def __init__(self, links: LinkStore, people: PeopleStore) -> None:
        self._links, self._persons = links, People(people)

    def __call__(
        self,
        connection: Connection,
        channel: Channel,
        now: datetime,
        *,
        days: int,
        cart_id: str = "",
        shopper_id: str = "",
        opt_in_text: str = "",
        staff_id: str = "",
    ) -> MadeLink:
        """Raises NoSuchShopper, NoLink."""
        if shopper_id:
            shopper_id = self._persons.person(connection.merchant_id, shopper_id).shopper_id
        key = self._links.make_link_key(connection.merchant_id, token_bytes(KEY_BYTES))
        raw_id = token_bytes(ID_BYTES)
        ends_at = (now + timedelta(days=days)).replace(microsecond=0)
        token = token_for(key, raw_id, ends_at)
        url = channel.deep_link(token, connection)
        if not url:
            raise NoLink(connection.connection_id)
        self._links.add_link(
            Link(
                merchant_id=connection.merchant_id,
                link_id=link_id_of(raw_id),
                connection_id=connection.connection_id,
                cart_id=cart_id,
                shopper_id=shopper_id,
                opt_in_text=opt_in_text,
                staff_id=staff_id,
                ends_at=ends_at,
            )
        )
        return MadeLink(url, token, ends_at)


class FollowLink:
    """A shopper came by a link: it is proven, and ties the first who uses it.

    Every step can be done again; what was undone by a person is not done again.
    """

    def __init__(
        self,
        links: LinkStore,
        people: PeopleStore,
        merge: MergePeople,
        consents: ConsentStore,
        refused: Callable[[str, Refusal], None],
        tie_staff: Callable[[Link, str, datetime, datetime], bool] | None = None,
        cart_tied: Callable[[str, str, str, datetime], None] | None = None,
    ) -> None:
        """refused: counts, by channel, what was brought to us in vain. tie_staff: as `StaffLinks.tie`;
        cart_tied: as `HearShop.tied`."""
        self._links, self._people, self._merge, self._refused = links, people, merge, refused
        self._consents, self._tie_staff, self._cart_tied = consents, tie_staff, cart_tied
        self._persons = People(people)

    def __call__(
        self, source: Source, said: ShopperMessage | Referral, shopper_id: str, thread_id: str, now: datetime
    ) -> Mapping[str, str] | None:
        """What the link ties the shopper to, `{"cart_id"}`, `{"shopper_id"}` (who stayed) or `{"staff_id"}`,
        or what it is a yes to, `{"opt_in"}`; None when they came by no link, or by one that does nothing.
        Raises StoreBusy when it may pass later.

        A text without a token costs nothing: no store is asked.
        """
        link = self._proven(source, said)
        if link is None:
            return None
        if link.opt_in_text:
            self._consents.add(_yes(source, said, link, now), shopper_id)
            return {"opt_in": "marketing"}
        if link.shopper_id and self._is_one(link, link.shopper_id, shopper_id):
            return {"shopper_id": self._who(link, shopper_id)}  # their own link: it waits for another address
        used = self._links.use_link(link, shopper_id, thread_id)
        if used is None or not self._is_one(link, used.used_by, shopper_id):
            self._refused(source.channel, "used")
            return None
        if used.staff_id:
            return self._as_staff(source, said, used, thread_id, now)
        if used.cart_id:
            self._tie_cart(used, shopper_id)
            if self._cart_tied is not None:
                self._cart_tied(used.merchant_id, used.cart_id, shopper_id, now)
            return {"cart_id": used.cart_id}
        return self._tie_shopper(used, shopper_id, now)

    def _proven(self, source: Source, said: ShopperMessage | Referral) -> Link | None:
        """The link as it stands; None for no token, and for one that is not ours or has ended."""
        text = said.text if isinstance(said, ShopperMessage) else ""
        at = said.sent_at if isinstance(said, ShopperMessage) else said.at
        token = find_token(said.ref) or find_token(text)
        if token is None:
            return None
        key = self._links.link_key(source.merchant_id)
        ticket = read_token(key, token) if key else None
        if ticket is None:
            self._refused(source.channel, "forged")
            return None
        # When they came counts, not when we get to it: a second delivery finds the same.
        link = self._links.link(source.merchant_id, ticket.link_id) if at <= ticket.ends_at else None
        if link is None:
            self._refused(source.channel, "expired")
        elif link.staff_id and link.connection_id != source.connection_id:
            self._refused(source.channel, "elsewhere")  # notices go by the account that was chosen for them
            return None
        return link

    def _is_one(self, link: Link, one: str, other: str) -> bool:
        """Whether two ids mean one person, as whoever they were taken for before."""
        return one == other or self._who(link, one) == self._who(link, other)

    def _who(self, link: Link, shopper_id: str) -> str:
        try:
            return self._persons.person(link.merchant_id, shopper_id).shopper_id
        except NoSuchShopper:
            return shopper_id

    def _as_staff(
        self, source: Source, said: ShopperMessage | Referral, link: Link, thread_id: str, now: datetime
    ) -> Mapping[str, str] | None:
        at = said.sent_at if isinstance(said, ShopperMessage) else said.at
        if self._tie_staff is None or not self._tie_staff(link, thread_id, at, now):
            self._refused(source.channel, "used")
            return None
        return {"staff_id": link.staff_id}

    def _tie_cart(self, link: Link, shopper_id: str) -> None:
        for _ in range(_TRIES):
            try:
                self._people.add_cart(link.merchant_id, self._who(link, shopper_id), link.cart_id)
            except Conflict:
                if self._people.person(link.merchant_id, shopper_id) is None:
                    return  # they were erased
                continue
            return
        raise StoreBusy("this shopper is being merged")

    def _tie_shopper(self, link: Link, shopper_id: str, now: datetime) -> Mapping[str, str] | None:
        """Who came by another's link is them. The shopper whom the link names stays."""
        once = merge_id_for(link.merchant_id, "link", link.link_id)
        try:
            self._merge(link.merchant_id, link.shopper_id, shopper_id, Proof("link"), now, once=once)
        except NoSuchShopper:
            return None
        return {"shopper_id": self._who(link, link.shopper_id)}


def comes_by_link(said: ShopperMessage) -> bool:
    """Whether a message carries a token, ours or not."""
    return bool(find_token(said.ref) or find_token(said.text))


def _yes(source: Source, said: ShopperMessage | Referral, link: Link, now: datetime) -> list[Consent]:
    """For every address of theirs that is named, on this channel."""
    at = said.sent_at if isinstance(said, ShopperMessage) else said.at
    return [
        Consent(
            merchant_id=source.merchant_id,
            address=address_key(source.connection_id, address),
            purpose="marketing",
            state="given",
            at=at,
            how="link",
            noted_at=now,
            channels=(source.channel,),
            ref=link.link_id,
            text=link.opt_in_text,
        )
        for address in dict.fromkeys((*said.addresses, said.wire))
    ]


def qr_of(url: str) -> str:
    """The link as a QR image: SVG, black on white, so that it can be read on any page."""
    import segno

    out = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, nl=False, scale=8, border=4, light="white")
    return out.getvalue().decode()
