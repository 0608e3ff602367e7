"""Fetching the files of a message: once, again, too late, and not at all when it was taken back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, BinaryIO, Final, cast

import pytest

from chalicelib.domain.capabilities import Capabilities, TextLimit
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address, Media
from chalicelib.domain.files import KEPT_FOR_US, TRIED_FOR, folder_of, key_of, settled
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import FetchFiles
from chalicelib.ports.channel import Channel, Download
from chalicelib.ports.errors import NotSent, OutcomeUnknown, RetryLater, SendRejected, StoreBusy
from chalicelib.ports.files import Fetched, FetchLater, FileGone, FileNotTaken
from chalicelib.ports.queues import DueStore
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.receiving.fetch_files import BEGINS_WITHIN_S, FetchMessageFiles, forget_files

NOW: Final = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
REF: Final = MessageRef("mt_1", "th_ann", "1793620800000#ms_7")
WORK: Final = FetchFiles(REF, "cn_1")
PHOTO: Final = Media(mime_type="image/jpeg", channel_media_id="871102", state="waiting")
JPEG: Final = b"\xff\xd8\xff photo"
MINUTE: Final = timedelta(minutes=1)
TAKES: Final = Capabilities(text=TextLimit(4096), most_incoming_bytes=1000)


def link_to(file: Media) -> str:
    return file.channel_media_id or file.url


@dataclass
class Shop:
    """Everything around the use case: rows, connection, channel, the net, the store."""

    message: Message | None
    connection: Connection | None
    answers: dict[str, Any] = field(default_factory=dict)
    refuses: dict[str, Exception] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    objects: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    again_at: datetime | None = NOW
    asked: list[str] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)
    was_refused: bool = False
    takes_s: float = 0.0
    at_s: float = 0.0
    meanwhile: Callable[[], None] = lambda: None
    capabilities: Capabilities = TAKES

    def message_and_thread(self, ref: MessageRef) -> tuple[Message | None, Thread | None]:
        assert ref == REF
        wire = Address("phone", "447700900123")
        return self.message, Thread(
            merchant_id="mt_1",
            thread_id="th_ann",
            connection_id="cn_1",
            channel="whatsapp",
            shopper_id="sh_ann",
            wire=wire,
        )

    def note_files(self, work: FetchFiles, become: Sequence[Media], again_at: datetime | None) -> Any:
        if self.message is None or self.message.deleted_at is not None:
            return None
        self.message = replace(self.message, media=settled(self.message.media, become))
        self.again_at = again_at
        return self.message

    def forget(self, what: Any, keep: Sequence[str] = ()) -> None:
        """Of waiting work and of stored files alike."""
        if what == WORK:
            self.again_at = None
            return
        gone = [key for key in self.objects if key.startswith(what) and key not in keep]
        self.objects = {key: one for key, one in self.objects.items() if key not in gone}

    # The store's and the channel's side; `connection` is a field here.
    def download(self, media: Media, connection: Connection) -> Download:
        assert connection.token == "token"
        self.asked.append(link_to(media))
        if error := self.refuses.get(link_to(media)):
            raise error
        return Download(url=link_to(media), mime_type="image/jpeg", size=self.sizes.get(link_to(media), 0))

    @contextmanager
    def fetch(self, download: Download, most_bytes: int, within_s: float) -> Iterator[Fetched]:
        self.limits.append(most_bytes)
        self.at_s += self.takes_s
        answer = self.answers.get(download.url, JPEG)
        if isinstance(answer, Exception):
            raise answer
        self.meanwhile()
        yield Fetched(BytesIO(answer), "image/jpeg", len(answer))

    def put(self, key: str, content: BinaryIO, mime_type: str) -> None:
        self.objects[key] = (content.read(), mime_type)

    def needs_reauth(self, connection: Connection) -> None:
        self.was_refused = True

    def run(self, now: datetime = NOW + MINUTE, most_bytes: int = 5000) -> None:
        everything: Any = self
        shops = cast(ShopStore, _Shops(self))
        FetchMessageFiles(
            cast(ThreadStore, everything),
            shops,
            cast(DueStore, everything),
            lambda name: cast(Channel, everything),
            everything,
            everything,
            most_bytes,
            lambda: self.at_s,
        )(WORK, now)

    @property
    def files(self) -> tuple[Media, ...]:
        assert self.message is not None
        return self.message.media

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(one.state, one.reason) for one in self.files]


@dataclass
class _Shops:
    shop: Shop

    def connection(self, connection_id: str) -> Connection | None:
        assert connection_id == "cn_1"
        return self.shop.connection

    def needs_reauth(self, connection: Connection) -> None:
        self.shop.needs_reauth(connection)


def a_shop(*files: Media) -> Shop:
    message = Message(
        message_id="ms_7",
        author="shopper",
        kind="image",
        text="",
        sent_at=NOW,
        received_at=NOW,
        status="received",
        media=files or (PHOTO,),
    )
    connection = Connection(
        merchant_id="mt_1",
        connection_id="cn_1",
        channel="whatsapp",
        account="1",
        name="Shop",
        status="active",
        token="token",
    )
    return Shop(message, connection)


KEY: Final = key_of(REF, PHOTO)


def test_a_file_is_stored_and_its_message_says_where() -> None:
    shop = a_shop()
    shop.run()
    assert shop.objects == {KEY: (JPEG, "image/jpeg")}
    kept_until = NOW + MINUTE + timedelta(days=90)
    stored = replace(PHOTO, state="ready", key=KEY, size=len(JPEG), expires_at=kept_until)
    assert shop.files == (stored,)
    assert shop.again_at is None


def test_a_second_run_finds_nothing_to_do() -> None:
    shop = a_shop()
    shop.run()
    once = (shop.objects, shop.files)
    shop.run()
    assert (shop.objects, shop.files, shop.asked) == (*once, [PHOTO.channel_media_id])


def test_two_runs_at_once_store_one_object() -> None:
    shop = a_shop()
    before = shop.message
    shop.run()
    after, shop.message = shop.message, before
    shop.run()
    assert shop.message == after
    assert list(shop.objects) == [KEY]


def test_only_files_that_wait_are_fetched() -> None:
    files = (PHOTO, replace(PHOTO, channel_media_id="2", state="ready"), Media(url="https://cdn.example/3"))
    shop = a_shop(*files)
    shop.run()
    assert shop.asked == [PHOTO.channel_media_id]
    assert shop.files[1:] == files[1:]


TAKEN_BACK: Final[dict[str, Callable[[Shop], None]]] = {
    "taken back": lambda shop: setattr(shop, "message", replace(shop.message, deleted_at=NOW, media=())),
    "erased": lambda shop: setattr(shop, "message", None),
}


@pytest.mark.parametrize("how", TAKEN_BACK)
def test_a_file_of_a_message_that_was_taken_back_is_not_fetched_and_none_stays(how: str) -> None:
    shop = a_shop()
    shop.objects = {KEY: (JPEG, "image/jpeg"), "media/mt_1/th_ann/ms_70/other": (b"", "")}
    TAKEN_BACK[how](shop)
    shop.run()
    assert (shop.asked, list(shop.objects)) == ([], ["media/mt_1/th_ann/ms_70/other"])
    assert shop.again_at is None


@pytest.mark.parametrize("how", TAKEN_BACK)
def test_a_file_of_a_message_that_is_taken_back_while_it_comes_does_not_stay(how: str) -> None:
    shop = a_shop()
    shop.meanwhile = lambda: TAKEN_BACK[how](shop)
    shop.run()
    assert (shop.objects, shop.again_at) == ({}, None)


def test_forgetting_a_messages_files_again_is_harmless() -> None:
    shop = a_shop()
    shop.run()
    for _ in range(2):
        forget_files(cast(Any, shop), REF)
        assert shop.objects == {}
    assert folder_of(REF) in KEY


LINK: Final = Media(url="https://cdn.example/1", state="waiting")
TROUBLE: Final = {
    "nothing sent": (PHOTO, NotSent(), None),
    "no answer": (PHOTO, OutcomeUnknown(), None),
    "throttled": (PHOTO, RetryLater(20), None),
    "the file's server is down": (PHOTO, None, FetchLater()),
    "the link has run out, a new one may be had": (PHOTO, None, FileGone()),
}


@pytest.mark.parametrize("case", TROUBLE)
def test_a_file_that_does_not_come_is_tried_again_for_a_day_and_then_given_up(case: str) -> None:
    media, refused, failed = TROUBLE[case]
    shop = a_shop(media)
    shop.refuses = {link_to(media): refused} if refused else {}
    shop.answers = {link_to(media): failed} if failed else {}
    shop.run(NOW + MINUTE)
    assert (shop.told, shop.again_at) == ([("waiting", "")], NOW + 2 * MINUTE)
    shop.run(NOW + TRIED_FOR - MINUTE)
    assert (shop.told, shop.again_at) == ([("waiting", "")], NOW + TRIED_FOR)
    shop.run(NOW + TRIED_FOR)
    assert shop.told == [("gone", "expired" if isinstance(failed, FileGone) else "failed")]
    assert shop.again_at is None


def test_a_file_is_asked_for_again_when_the_channel_says() -> None:
    shop = a_shop()
    shop.refuses = {PHOTO.channel_media_id: RetryLater(7200)}
    shop.run(NOW)
    assert shop.again_at == NOW + timedelta(hours=2)


def test_a_file_that_came_after_all_is_stored() -> None:
    shop = a_shop()
    shop.answers = {PHOTO.channel_media_id: FetchLater()}
    shop.run()
    shop.answers = {}
    shop.run(NOW + 2 * MINUTE)
    assert (shop.told, list(shop.objects), shop.again_at) == ([("ready", "")], [KEY], None)


FOR_GOOD: Final = {
    "gone at the channel": (PHOTO, SendRejected("100", "invalid"), JPEG, ("gone", "expired")),
    "a link that has run out": (LINK, None, FileGone(), ("gone", "expired")),
    "too large at the channel": (PHOTO, SendRejected("131052", "too_long"), JPEG, ("refused", "too_large")),
    "too large": (PHOTO, None, FileNotTaken("too_large"), ("refused", "too_large")),
    "inside": (LINK, None, FileNotTaken("private_address"), ("refused", "private_address")),
    "a page": (PHOTO, None, b"<!doctype html><title>Log in", ("refused", "wrong_type")),
}


@pytest.mark.parametrize("case", FOR_GOOD)
def test_a_file_that_we_can_never_have_says_why(case: str) -> None:
    media, refused, answer, told = FOR_GOOD[case]
    shop = a_shop(media)
    shop.refuses = {link_to(media): refused} if refused else {}
    shop.answers = {link_to(media): answer}
    shop.run()
    assert (shop.told, shop.objects, shop.again_at) == ([told], {}, None)


@pytest.mark.parametrize("says", ["the message", "the channel"])
def test_a_file_that_is_said_to_be_too_large_is_not_even_begun(says: str) -> None:
    shop = a_shop(replace(PHOTO, size=1001 if says == "the message" else 0))
    shop.sizes = {PHOTO.channel_media_id: 1001 if says == "the channel" else 0}
    shop.run()
    assert (shop.told, shop.limits) == ([("refused", "too_large")], [])


@pytest.mark.parametrize(
    ("channel", "deployment", "limit"), [(1000, 5000, 1000), (1000, 500, 500), (0, 7, 7)]
)
def test_the_smaller_limit_counts(channel: int, deployment: int, limit: int) -> None:
    shop = a_shop()
    shop.capabilities = Capabilities(text=TextLimit(1), most_incoming_bytes=channel)
    shop.run(most_bytes=deployment)
    assert shop.limits == [limit]


def test_a_refused_token_is_told_and_the_file_waits_for_the_merchant() -> None:
    shop = a_shop()
    shop.refuses = {PHOTO.channel_media_id: SendRejected("190", "token_rejected")}
    shop.run(NOW + TRIED_FOR)
    assert (shop.told, shop.was_refused) == ([("waiting", "")], True)
    assert shop.again_at == NOW + TRIED_FOR + timedelta(hours=1)
    shop.refuses = {}
    shop.run(NOW + timedelta(days=5))
    assert shop.told == [("ready", "")]


@pytest.mark.parametrize("status", ["needs_reauth", "disconnected", "connecting", None])
def test_a_connection_that_can_not_be_used_is_waited_for_while_the_channel_keeps_the_file(
    status: Any,
) -> None:
    shop = a_shop()
    assert shop.connection is not None
    shop.connection = replace(shop.connection, status=status) if status else None
    shop.run(NOW + TRIED_FOR)
    assert (shop.told, shop.asked) == ([("waiting", "")], [])
    shop.run(NOW + KEPT_FOR_US)
    assert (shop.told, shop.again_at) == ([("gone", "expired")], None)


def _album() -> Shop:
    return a_shop(*(replace(PHOTO, channel_media_id=str(n)) for n in range(3)))


def test_each_file_of_an_album_goes_its_own_way() -> None:
    shop = _album()
    shop.answers = {"0": FetchLater(), "1": FileNotTaken("too_large")}
    shop.run()
    assert shop.told == [("waiting", ""), ("refused", "too_large"), ("ready", "")]
    assert shop.again_at == NOW + 2 * MINUTE


def test_slow_files_are_left_for_the_next_run_which_begins_with_another() -> None:
    shop = _album()
    shop.takes_s = BEGINS_WITHIN_S + 1
    shop.answers = {"0": FetchLater()}
    runs = 0
    while shop.again_at is not None and runs < 10:
        shop.run(NOW + runs * MINUTE)
        runs += 1
        if runs == 4:
            shop.answers = {}
    assert {state for state, _ in shop.told} == {"ready"}
    assert len(shop.asked) == runs < 10


def test_a_busy_store_is_told_to_whoever_asked() -> None:
    shop = a_shop()

    def busy() -> None:
        raise StoreBusy

    shop.meanwhile = busy
    with pytest.raises(StoreBusy):
        shop.run()
    assert shop.told == [("waiting", "")]
