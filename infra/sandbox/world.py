"""The sandbox as a whole: state, clock, faults, courier and the log of calls, shared by the platforms."""

import threading
import time
from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from . import ids, targets
from .courier import Courier
from .delivery import Delivery
from .faults import Faults
from .rates import Rates
from .state import Account, Json, Phone, Shopper, State, Store

Value = TypeVar("Value")
LOG_LENGTH: Final = 5000
SECRET_PARAMETERS: Final = ("token", "secret", "password")


class Sandbox:
    """`lock` guards the state; nobody holds it while talking to the network."""

    def __init__(self, state_file: Path | None, stack_file: Path | None, base_url: str) -> None:
        self.lock = threading.RLock()
        self.store = Store(state_file, self.lock)
        self.stack_file = stack_file
        self.base_url = base_url
        self.faults = Faults()
        self.rates = Rates()
        self.calls: deque[Json] = deque(maxlen=LOG_LENGTH)
        self.deliveries: dict[str, Delivery] = {}
        self.platforms: dict[str, Any] = {}
        self.courier = Courier(
            faults=self.faults,
            target_of=self._target_of,
            account_of=lambda delivery: self.state.account(delivery.channel, delivery.account),
            merge=lambda channel, bodies: self.platforms[channel].merge(bodies),
            changed=self._delivery_changed,
            answered=lambda delivery, answer: self.platforms[delivery.channel].callback_answered(
                delivery, answer
            ),
        )

    @property
    def state(self) -> State:
        return self.store.state

    def now(self) -> float:
        return time.time() + self.state.clock_offset_s

    def deliver(self, account: Account, lane: str, subject: str, body: Json) -> None:
        """Have a webhook delivered in the background. `subject` is Meta's field or Telegram's update kind."""
        lane = f"{account.channel}/{account.id}/{lane}"
        delivery = Delivery(ids.hex_id(16), account.channel, account.id, lane, subject, body, at=self.now())
        self.courier.send(delivery)

    def resume(self) -> None:
        """Take up the deliveries that the last run left waiting."""
        for kept in list(self.state.pending.values()):
            self.courier.send(Delivery(**kept))

    def reset(self) -> None:
        with self.lock:
            self.courier.forget()
            self.faults.clear()
            self.rates.clear()
            self.calls.clear()
            self.deliveries.clear()
            self.store.state = State()
        self.store.flush()

    def close(self) -> None:
        self.courier.close()
        self.store.close()

    def log(self, call: Json) -> None:
        self.calls.append(call | {"at": iso(self.now())})

    def shopper(self, name: str, language: str | None = None, phone: str | None = None) -> Shopper:
        """The shopper of that name, created when new; a language or telephone given now replaces the old."""
        shopper = self.state.shoppers.get(name)
        if shopper is None:
            number = len(self.state.shoppers) + 1
            shopper = Shopper(
                name, language or "en", phone or f"+4477009{number:05d}", 5_000_000_000 + number * 7
            )
            self.state.shoppers[name] = shopper
        shopper.language = language or shopper.language
        shopper.phone = phone or shopper.phone
        return shopper

    def phone_of(self, account: Account, shopper: Shopper) -> Phone:
        """The shopper's conversation with this account, begun when new."""
        phone = self.state.phone(account, shopper.name)
        if phone is None:
            address = self.platforms[account.channel].address_for(shopper)
            phone = Phone(account.channel, account.id, shopper.name, address)
            self.state.phones[f"{account.channel}/{account.id}/{shopper.name}"] = phone
        return phone

    def _target_of(self, delivery: Delivery) -> targets.Target:
        account = self.state.account(delivery.channel, delivery.account)
        if account is None:
            raise targets.Nowhere("the account is gone")
        with self.lock:
            found: targets.Target = self.platforms[account.channel].target(
                account, delivery.subject, delivery.body
            )
            return found

    def _delivery_changed(self, delivery: Delivery) -> None:
        with self.lock:
            if self.state.account(delivery.channel, delivery.account) is None:
                return
            self.deliveries[delivery.id] = delivery
            while len(self.deliveries) > LOG_LENGTH:
                del self.deliveries[next(iter(self.deliveries))]
            if delivery.state == "waiting":
                self.state.pending[delivery.id] = vars(delivery)
            else:
                self.state.pending.pop(delivery.id, None)
        if delivery.state == "given up":
            self.platforms[delivery.channel].callback_failed(delivery)
        self.store.changed()


def iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def redacted(parameters: Json) -> Json:
    """Parameters of a call without what opens doors."""
    return {
        name: "…" if any(word in name for word in SECRET_PARAMETERS) else value
        for name, value in parameters.items()
    }


def show(
    sandbox: Sandbox, phone: Phone, sender: str, kind: str, text: str, message_id: str, at: float, **more: Any
) -> Json:
    """Put a message on a phone. `more` holds buttons, reply_to, url, mark (the shop's own reference), …"""
    row: Json = {
        "id": message_id,
        "from": sender,
        "kind": kind,
        "text": text,
        "at": at,
        "status": "received" if sender == "shopper" else "sent",
    }
    row |= {name: value for name, value in more.items() if value not in (None, "", [], {})}
    with sandbox.lock:
        phone.rows.append(row)
        if sender == "shop":
            phone.typing_until = 0.0
    sandbox.store.changed()
    return row


def first_of(values: Iterable[Value]) -> Value | None:
    return next(iter(values), None)
