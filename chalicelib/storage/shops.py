"""Merchants, keys, settings, connections and shared apps in DynamoDB."""

from dataclasses import asdict, fields, replace
from typing import Any, Final, cast

from chalicelib.domain.connections import Connection, SharedApp
from chalicelib.domain.merchants import HolidaysOf, Key, Merchant, Role, Shop, no_holidays, tuple_of
from chalicelib.storage.connections import DynamoConnections, Vault
from chalicelib.storage.errors import answers
from chalicelib.storage.models import (
    ConnectionOrSettingsItem,
    KeyItem,
    LinkKeyItem,
    MerchantItem,
    SettingsItem,
    SharedAppItem,
)
from chalicelib.storage.reading import get
from chalicelib.storage.transaction import Transaction

# A setting, and not how the shop asks about the world.
_STORED: Final = tuple(one.name for one in fields(Shop) if one.name != "holidays_of")


class DynamoShops(DynamoConnections):
    """The ShopStore on DynamoDB, secrets sealed by the vault."""

    def __init__(self, vault: Vault, holidays_of: HolidaysOf = no_holidays) -> None:
        """holidays_of: whom the shops ask about public holidays."""
        super().__init__(vault)
        self._holidays_of = holidays_of

    def add_merchant(self, merchant: Merchant, owner: Key) -> None:
        """A new merchant with the owner's key: both or none."""
        with Transaction() as write:
            for pk, sk in ((merchant.merchant_id, "merchant"), ("merchants", merchant.merchant_id)):
                row = MerchantItem(pk, sk, name=merchant.name, created_at=merchant.created_at)
                write.put("merchant", row, MerchantItem.pk.does_not_exist())
            for key_row in _key_rows(owner):
                write.put("key", key_row)

    def merchants(self, after: str = "", limit: int = 50) -> list[Merchant]:
        """By id, after the given one."""
        span = MerchantItem.sk > after if after else None
        with answers():
            found = MerchantItem.query("merchants", span, limit=limit, consistent_read=True)
            return [Merchant(item.sk, item.name, item.created_at) for item in found]

    def merchant(self, merchant_id: str) -> Merchant | None:
        """One merchant."""
        item = get(MerchantItem, merchant_id, "merchant")
        return None if item is None else Merchant(merchant_id, item.name, item.created_at)

    def remove_merchant(self, merchant_id: str) -> None:
        """Keys first: nobody comes in while the rest goes."""
        for key in self.keys(merchant_id):
            self.remove_key(key)
        # Webhooks load this module, and not those.
        from chalicelib.storage.faq import DynamoFaq
        from chalicelib.storage.staff import DynamoStaff

        DynamoFaq().remove_articles(merchant_id)
        people = DynamoStaff()
        for one in people.staff(merchant_id):
            people.remove_staff(one)
        with Transaction() as write:
            write.delete("settings", SettingsItem(merchant_id, "settings"))
            write.delete("link_key", LinkKeyItem(merchant_id, "link_key"))
            write.delete("merchant", MerchantItem(merchant_id, "merchant"))
            write.delete("merchant", MerchantItem("merchants", merchant_id))

    def add_key(self, key: Key) -> None:
        """A further key."""
        with Transaction() as write:
            for row in _key_rows(key):
                write.put("key", row)

    def key(self, secret_hash: str) -> Key | None:
        """Who comes with this key."""
        item = get(KeyItem, f"key#{secret_hash}", "key")
        return None if item is None else _key(item)

    def keys(self, merchant_id: str) -> list[Key]:
        """A merchant's keys."""
        with answers():
            found = KeyItem.query(merchant_id, KeyItem.sk.startswith("key#"), consistent_read=True)
            return [_key(item) for item in found]

    def remove_key(self, key: Key) -> None:
        """It opens nothing any more."""
        with Transaction() as write:
            for row in _key_rows(key):
                write.delete("key", row)

    def shop(self, merchant_id: str) -> Shop:
        """The shop's settings; the defaults until some are set."""
        item = get(SettingsItem, merchant_id, "settings")
        return self._shop(item)

    def save_shop(self, merchant_id: str, shop: Shop) -> None:
        """Replace the settings. Raises Conflict when somebody has saved since they were read."""
        stored = {name: getattr(shop, name) for name in _STORED}
        item = SettingsItem(merchant_id, "settings", settings=stored, version=shop.version + 1)
        is_as_read = (
            SettingsItem.version == shop.version if shop.version else SettingsItem.pk.does_not_exist()
        )
        with answers():
            item.save(is_as_read)

    def connection_and_shop(self, connection_id: str, merchant_id: str) -> tuple[Connection | None, Shop]:
        """Both in one call, the shop as it is on the connection."""
        keys = [(f"connection#{connection_id}", "connection"), (merchant_id, "settings")]
        with answers():
            read = ConnectionOrSettingsItem.batch_get(keys, consistent_read=True)
            found = {item.sk: item for item in read}
        connection, settings = found.get("connection"), found.get("settings")
        return (
            None if connection is None else self._opened(connection),
            self._shop(settings).at(connection_id),
        )

    def _shop(self, item: SettingsItem | None) -> Shop:
        """The defaults where nothing is stored, or a setting is newer than what is stored."""
        stored = Shop() if item is None else _stored_shop(item)
        return replace(stored, holidays_of=self._holidays_of)

    def shared_apps(self) -> list[SharedApp]:
        """The deployment's Meta apps, secrets in the clear."""
        with answers():
            items = list(SharedAppItem.query("apps", consistent_read=True))
        apps = []
        for item in items:
            opened = self._vault.unseal(f"app#{item.sk}", item.sealed)
            apps.append(SharedApp(item.sk, tuple(opened["signing_secrets"]), opened["verify_token"]))
        return apps

    def save_shared_app(self, app: SharedApp) -> None:
        """Store or replace one."""
        secrets = {"signing_secrets": list(app.signing_secrets), "verify_token": app.verify_token}
        sealed = self._vault.seal(f"app#{app.app_id}", secrets)
        with answers():
            SharedAppItem("apps", app.app_id, sealed=sealed).save()


def _key_rows(key: Key) -> list[KeyItem]:
    places = ((f"key#{key.secret_hash}", "key"), (key.merchant_id, f"key#{key.key_id}"))
    return [KeyItem(pk, sk, **asdict(key)) for pk, sk in places]


def _key(item: KeyItem) -> Key:
    return Key(
        merchant_id=item.merchant_id,
        key_id=item.key_id,
        name=item.name,
        role=cast(Role, item.role),
        secret_hash=item.secret_hash,
        created_at=item.created_at,
    )


def _stored_shop(item: SettingsItem) -> Shop:
    """A setting that this version does not know was made by a newer one, which has been taken back."""
    settings = cast(dict[str, Any], item.settings).items()
    stored = {
        name: tuple_of(value) if name in ("languages", "holidays") else value
        for name, value in settings
        if name in _STORED
    }
    return Shop(**stored | {"version": int(item.version)})
