"""What the sandbox remembers: apps, accounts, shoppers, what phones show, and how far ahead its clock is."""

import json
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]


@dataclass
class App:
    """A Meta app. `subscriptions`: object (page, instagram, …) to callback, verify token and fields."""

    id: str
    secret: str
    name: str
    subscriptions: dict[str, Json] = field(default_factory=dict)


@dataclass
class Account:
    """A business's presence on one channel: a WhatsApp number, a page, an Instagram account or a bot.

    `subscription` is what `subscribed_apps` (Meta) or `setWebhook` (Telegram) left behind, None when nothing
    is set; numbers of one WABA share it. `business`: the person whose own Telegram chats the bot helps with.
    `token_expires_at`: 0 for never; `token_scopes`: None for all that the channel needs. `templates`: what
    became of its templates since, by `<name>/<language>`, and those that were added. `shop`: what a shop
    system keeps: orders, carts, webhooks.
    """

    channel: str
    id: str
    name: str
    token: str
    token_state: str = "valid"
    token_expires_at: float = 0.0
    token_scopes: list[str] | None = None
    app_id: str = ""
    waba_id: str = ""
    page_id: str = ""
    number: str = ""
    username: str = ""
    login: str = ""
    instagram_app_secret: str = ""
    on_business_app: bool = False
    subscription: Json | None = None
    number_override: Json | None = None
    business: Json | None = None
    templates: dict[str, Json] = field(default_factory=dict)
    shop: Json = field(default_factory=dict)
    last_update_id: int = 0
    created_at: float = 0.0


@dataclass
class Shopper:
    """A person with one telephone; `telegram_id` is theirs with every bot, other ids differ per account.

    moves: how often WhatsApp has given them other business-scoped ids.
    """

    name: str
    language: str
    phone: str
    telegram_id: int
    username: str = ""
    hides_phone: bool = False
    reads: bool = True
    moves: int = 0


@dataclass
class Phone:
    """One shopper's conversation with one account. `address` is the shopper's id on the wire."""

    channel: str
    account: str
    shopper: str
    address: str
    user_id: str = ""
    last_wrote_at: float = 0.0
    has_written: bool = False
    is_blocked: bool = False
    stops_marketing: bool = False
    typing_until: float = 0.0
    last_message_id: int = 0
    rows: list[Json] = field(default_factory=list)

    def row(self, message_id: str) -> Json | None:
        return next((row for row in reversed(self.rows) if row["id"] == message_id), None)

    def last(self, sender: str) -> Json | None:
        return next((row for row in reversed(self.rows) if row["from"] == sender), None)


@dataclass
class Media:
    """A file. `size`: what is said of it, 0 for its real size."""

    id: str
    channel: str
    account: str
    mime_type: str
    content: str
    filename: str = ""
    size: int = 0


@dataclass
class State:
    clock_offset_s: float = 0.0
    apps: dict[str, App] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    shoppers: dict[str, Shopper] = field(default_factory=dict)
    phones: dict[str, Phone] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    pending: dict[str, Json] = field(default_factory=dict)

    def account(self, channel: str, account_id: str) -> Account | None:
        return self.accounts.get(f"{channel}/{account_id}")

    def accounts_on(self, channel: str) -> list[Account]:
        return [account for account in self.accounts.values() if account.channel == channel]

    def phone(self, account: Account, shopper: str) -> Phone | None:
        return self.phones.get(f"{account.channel}/{account.id}/{shopper}")

    def phones_of(self, account: Account) -> list[Phone]:
        start = f"{account.channel}/{account.id}/"
        return [phone for key, phone in self.phones.items() if key.startswith(start)]


class Store:
    """Keeps a state in a file, written whole and renamed into place: a kill leaves the old or the new one."""

    def __init__(self, path: Path | None, lock: threading.RLock) -> None:
        self._path = path
        self._lock = lock
        self._writing = threading.Lock()
        self._changed = threading.Event()
        self._stopped = threading.Event()
        self.state = self._read()
        self._pause_s = 0.2
        self._thread = threading.Thread(target=self._write_changes, daemon=True)
        self._thread.start()

    def changed(self) -> None:
        """Have the state written soon, the less often the longer it takes."""
        self._changed.set()

    def flush(self) -> None:
        """Write the state now."""
        if self._path is None:
            return
        with self._writing:
            with self._lock:
                text = json.dumps(self.state, default=vars)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new = self._path.with_suffix(".new")
            new.write_text(text)
            new.replace(self._path)

    def close(self) -> None:
        self._stopped.set()
        self._changed.set()
        self._thread.join()
        self.flush()

    def _write_changes(self) -> None:
        while not self._stopped.is_set():
            self._changed.wait()
            self._stopped.wait(self._pause_s)
            self._changed.clear()
            if not self._stopped.is_set():
                began = time.monotonic()
                self.flush()
                self._pause_s = max(0.2, 5 * (time.monotonic() - began))

    def _read(self) -> State:
        if self._path is None or not self._path.exists():
            return State()
        kept = json.loads(self._path.read_text())
        return State(
            clock_offset_s=kept["clock_offset_s"],
            apps={key: App(**value) for key, value in kept["apps"].items()},
            accounts={key: Account(**value) for key, value in kept["accounts"].items()},
            shoppers={key: Shopper(**value) for key, value in kept["shoppers"].items()},
            phones={key: Phone(**value) for key, value in kept["phones"].items()},
            media={key: Media(**value) for key, value in kept["media"].items()},
            pending=kept["pending"],
        )
