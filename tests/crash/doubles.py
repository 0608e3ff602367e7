"""The world around the shop, at its ports: clock, queues, body store, vault and a platform that remembers."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any, BinaryIO, Final

from chalicelib.domain.connections import Account, Connection
from chalicelib.domain.events import Address, Media, ShopperMessage
from chalicelib.domain.ids import digest
from chalicelib.domain.work import Send, Work, is_bulk, work_to_json
from chalicelib.ports.account import Examination, Renewal
from chalicelib.ports.channel import Channel, Download, OutboundMessage, Profile
from chalicelib.ports.files import Fetched

VISIBILITY: Final = timedelta(seconds=180)
DEDUPLICATED_FOR: Final = timedelta(minutes=5)
MOST_RECEIVES: Final = 5
# Meta tries again at once and then ever more rarely, Telegram within a minute.
TRIED_AGAIN_AFTER: Final = timedelta(seconds=30)


class MovableClock:
    """Stands still unless it is moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def move_to(self, at: datetime) -> None:
        self._at = max(self._at, at)

    def seconds(self) -> float:
        return self._at.timestamp()


@dataclass(eq=False)
class Queued:
    """One message of a queue."""

    queue: str
    body: str
    group: str
    visible_at: datetime
    receives: int = 0
    is_copy: bool = False


class Queues:
    """The Outbox: FIFO queues with groups and deduplication, a standard one with delays. What is not deleted
    comes again."""

    def __init__(self, clock: MovableClock, *, is_careless: bool = False) -> None:
        """is_careless: order is not kept, nothing is deduplicated, and what was deleted comes once more."""
        self._clock, self._is_careless = clock, is_careless
        self.waiting: list[Queued] = []
        self._seen: dict[tuple[str, str, str], datetime] = {}

    def inbound(self, envelopes: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        for group, envelope in envelopes:
            said = {key: value for key, value in envelope.items() if key != "received_at"}
            self._put("inbound", json.dumps(envelope), group, json.dumps(said, sort_keys=True))

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        if delay_s <= 0:
            self.dispatch_all([work], attempt)
            return
        assert delay_s <= 900, "SQS delays by 900 s at most"
        queue = "bulk" if is_bulk(work) else "later"
        self._put(queue, json.dumps(work_to_json(work)), "", "", delay_s)

    def dispatch_all(self, works: Sequence[Work], attempt: str) -> None:
        for work in works:
            body = json.dumps(work_to_json(work))
            if is_bulk(work):
                self._put("bulk", body, "", "")
            elif isinstance(work, Send):
                self._put("outbound", body, work.group, f"{work.ref.reference} {attempt}")
            else:
                self._put("later", body, "", "")

    def depths(self) -> Mapping[str, int]:
        return {"all": len(self.waiting)}

    def _put(self, queue: str, body: str, group: str, once: str, delay_s: int = 0) -> None:
        now, key = self._clock.now(), (queue, group, once)
        is_known = bool(once) and key in self._seen and now - self._seen[key] < DEDUPLICATED_FOR
        if is_known and not self._is_careless:
            return
        self._seen[key] = now
        self.waiting.append(Queued(queue, body, group, now + timedelta(seconds=delay_s)))

    def ready(self) -> list[Queued]:
        """What a consumer may get now: of a group only the first that is left."""
        found, groups = [], set()
        for one in self.waiting:
            is_held_up = bool(one.group) and not self._is_careless and (one.queue, one.group) in groups
            groups.add((one.queue, one.group))
            if one.visible_at <= self._clock.now() and not is_held_up:
                found.append(one)
        return found

    def take(self, one: Queued) -> None:
        """A consumer has it: nobody else sees it until its time is over."""
        one.receives += 1
        assert one.receives <= MOST_RECEIVES, f"{one.queue}: {one.body} would be a dead letter"
        one.visible_at = self._clock.now() + VISIBILITY

    def delete(self, one: Queued) -> None:
        self.waiting.remove(one)
        if self._is_careless and not one.is_copy:
            self.waiting.append(replace(one, visible_at=self._clock.now(), receives=0, is_copy=True))


class Bodies:
    """The BodyStore."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def keep(self, connection_id: str, body: bytes, at: datetime) -> str:
        key = f"bodies/{connection_id}/{sha256(body).hexdigest()}"
        self._kept[key] = body
        return key

    def body(self, key: str) -> bytes:
        return self._kept[key]

    def kept(self, connection_id: str, *, after: str = "", limit: int = 100) -> list[str]:
        keys = sorted(key for key in self._kept if key.startswith(f"bodies/{connection_id}/") and key > after)
        return keys[:limit]

    def replace(self, key: str, body: bytes) -> None:
        self._kept[key] = body

    def forget(self, key: str) -> None:
        self._kept.pop(key, None)


class PlainVault:
    """Seals nothing, but keeps owners apart."""

    def seal(self, owner: str, secrets: Mapping[str, Any]) -> str:
        return b64encode(json.dumps([owner, secrets]).encode()).decode()

    def unseal(self, owner: str, sealed: str) -> dict[str, Any]:
        whose, secrets = json.loads(b64decode(sealed))
        assert whose == owner
        return dict(secrets)


class Files:
    """The FileStore, and the Fetcher: every file holds the name of its link."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    @contextmanager
    def fetch(self, download: Download, most_bytes: int, within_s: float) -> Iterator[Fetched]:
        content = b"\xff\xd8\xff" + download.url.encode()
        yield Fetched(BytesIO(content), "image/jpeg", len(content))

    def put(self, key: str, content: BinaryIO, mime_type: str) -> None:
        self.kept[key] = content.read()

    def link(self, media: Media) -> str:
        return f"https://files.example/{media.key}"

    def forget(self, folder: str, keep: Sequence[str] = ()) -> int:
        gone = [key for key in self.kept if key.startswith(folder) and key not in keep]
        self.kept = {key: value for key, value in self.kept.items() if key not in gone}
        return len(gone)


@dataclass(eq=False)
class Call:
    """One webhook call that the platform makes until it is answered 200. connection_id: '' for the
    channel's."""

    body: bytes
    at: datetime
    connection_id: str = ""


@dataclass
class Platform:
    """The Channel: reads webhooks as the real one does, and remembers what it was given to deliver."""

    speaks: Channel
    phone: Any
    clock: MovableClock
    received: list[tuple[str, str]] = field(default_factory=list)
    sent_ids: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    # What happens while a send call is under way: it sees the webhooks that the call has caused.
    meanwhile: Callable[[], None] = lambda: None
    refusals: list[Exception] = field(default_factory=list)
    # How often it says the same.
    times: int = 1

    def __getattr__(self, name: str) -> Any:
        if name not in ("handshake", "verify", "split", "parse", "capabilities"):
            raise AttributeError(name)
        return getattr(self.speaks, name)

    def says(self, *bodies: bytes) -> None:
        """The platform has something to tell, in this order."""
        self.calls += [Call(body, self.clock.now()) for body in bodies for _ in range(self.times)]

    def send(self, message: OutboundMessage, connection: Connection) -> str:
        if self.refusals:
            raise self.refusals.pop(0)
        sent = (message.to.value, message.content.text)
        self.received.append(sent)
        sent_id = f"{digest(*sent)[:16]}.{self.received.count(sent)}"
        self.sent_ids.append(sent_id)
        told = self.phone.after_sending(sent_id, message.reference, message.content.text, self.clock.now())
        self.says(*told)
        self.meanwhile()
        return sent_id

    def download(self, media: Media, connection: Connection) -> Download:
        return Download(url=f"https://platform.example/{media.channel_media_id or media.url}")

    def profile(self, shopper: Address, connection: Connection) -> Profile:
        return Profile("Ann Example", "en")

    def acknowledge(self, said: ShopperMessage, connection: Connection) -> None:
        return

    def check(self, credentials: Mapping[str, str]) -> Account:
        return Account(self.phone.account, "Little Shop", credentials["token"], ("a secret",))

    def register(self, connection: Connection, callback_url: str) -> list[str]:
        return ["Nothing is left to do."]

    def unregister(self, connection: Connection, last_of_group: bool) -> None:
        return

    def examine(self, connection: Connection, callback_url: str) -> Examination:
        return Examination(details={"tier": "TIER_2K"})

    def renew(self, connection: Connection) -> Renewal | None:
        return None


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
