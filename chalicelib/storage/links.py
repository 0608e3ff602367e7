"""Deep links in DynamoDB, and what signs them, sealed by the vault."""

from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Final

from pynamodb.expressions.update import Action

from chalicelib.domain.links import Link
from chalicelib.ports.errors import Conflict
from chalicelib.storage import rows
from chalicelib.storage.connections import Vault
from chalicelib.storage.errors import answers, undisturbed
from chalicelib.storage.models import LinkItem, LinkKeyItem
from chalicelib.storage.reading import get

# Words that were written before a link ended may come days later.
_KEPT_LONGER: Final = timedelta(days=30)


class DynamoLinks:
    """The LinkStore on DynamoDB."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def link_key(self, merchant_id: str) -> bytes | None:
        """What the merchant's links are signed with; None while they have none."""
        item = get(LinkKeyItem, merchant_id, "link_key")
        if item is None:
            return None
        return b64decode(self._vault.unseal(merchant_id, item.sealed)["link_key"])

    def make_link_key(self, merchant_id: str, key: bytes) -> bytes:
        """The same; `key` becomes it if there is none, even when two come at once."""
        known = self.link_key(merchant_id)
        if known is not None:
            return known
        sealed = self._vault.seal(merchant_id, {"link_key": b64encode(key).decode()})
        try:
            with answers():
                LinkKeyItem(merchant_id, "link_key", sealed=sealed).save(LinkKeyItem.pk.does_not_exist())
        except Conflict:
            return self.link_key(merchant_id) or key
        return key

    def add_link(self, link: Link) -> None:
        """A new link."""
        item = _item(link.merchant_id, link.link_id)
        item.connection_id, item.ends_at = link.connection_id, link.ends_at
        item.cart_id, item.shopper_id = link.cart_id or None, link.shopper_id or None
        item.opt_in_text, item.staff_id = link.opt_in_text or None, link.staff_id or None
        item.expires_at = rows.seconds(link.ends_at + _KEPT_LONGER)
        with answers():
            item.save()

    def link(self, merchant_id: str, link_id: str) -> Link | None:
        """What a token stands for."""
        item = get(LinkItem, f"{merchant_id}#link#{link_id}", "link")
        return None if item is None else _link(merchant_id, link_id, item)

    def use_link(self, link: Link, shopper_id: str, thread_id: str) -> Link | None:
        """Note who came by it, unless somebody has before. The link as it is then; None when it is gone."""
        item = _item(link.merchant_id, link.link_id)
        is_new = LinkItem.pk.exists() & LinkItem.used_by.does_not_exist()
        used: list[Action] = [LinkItem.used_by.set(shopper_id), LinkItem.used_in.set(thread_id)]
        try:
            with answers():
                undisturbed(lambda: item.update(used, is_new))
        except Conflict:
            return self.link(link.merchant_id, link.link_id)
        return _link(link.merchant_id, link.link_id, item)


def _item(merchant_id: str, link_id: str) -> LinkItem:
    return LinkItem(f"{merchant_id}#link#{link_id}", "link")


def _link(merchant_id: str, link_id: str, item: LinkItem) -> Link:
    return Link(
        merchant_id=merchant_id,
        link_id=link_id,
        connection_id=item.connection_id,
        cart_id=item.cart_id or "",
        shopper_id=item.shopper_id or "",
        opt_in_text=item.opt_in_text or "",
        staff_id=item.staff_id or "",
        ends_at=item.ends_at,
        used_by=item.used_by or "",
        used_in=item.used_in or "",
    )
