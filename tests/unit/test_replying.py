"""What people of the shop send: from the body of a call to rows of the thread, and what a shopper sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import schemas
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Content, Option, text_content
from chalicelib.domain.events import Address
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.rendering import CantRender
from chalicelib.domain.threads import Thread
from chalicelib.ports.errors import AlreadyThere, RetryLater, SendRejected, StoreBusy
from chalicelib.ports.threads import Change
from chalicelib.services.sending.reply import KeyReused, NotAllowed, Reply
from chalicelib.services.sending.reply_to import AlreadyReplied, Asked
from chalicelib.services.sending.signals import NothingToSignal, NotSupported, Signals
from chalicelib.services.threads.work_threads import WorkThreads
from chalicelib.services.threads.write_thread import NotFound
from functions import views
from functions.api import ApiError
from functions.replies import FORMS, MOST_ROWS, asked_of
from integrations.registry import CHANNELS, BaseUrls

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TAKES = {name: make(BaseUrls()).capabilities for name, make in CHANNELS.items()}
ANN = Address("psid", "900")
BUTTONS = {"text": "Which one?", "buttons": [{"title": "Blue"}, {"title": "Green", "id": "green"}]}


class Threads:
    """One thread in memory. busy: how often a commit is written, and its answer lost."""

    def __init__(self, thread: Thread, *messages: Message) -> None:
        self.kept = thread
        self.rows = {one.sort: one for one in messages}
        self.keys: dict[str, str] = {}
        self.claims: dict[str, str] = {}
        self.changes: list[Change] = []
        self.busy = 0

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        return self.kept if (merchant_id, thread_id) == ("mt_1", "th_1") else None

    def message(self, ref: MessageRef) -> Message | None:
        return self.rows.get(ref.sort)

    def messages(
        self, merchant_id: str, thread_id: str, *, before: str = "", limit: int = 50
    ) -> list[Message]:
        newest = sorted(self.rows, reverse=True)
        return [self.rows[sort] for sort in newest if not before or sort < before][:limit]

    def keyed(self, merchant_id: str, key: str) -> MessageRef | None:
        return MessageRef(merchant_id, "th_1", self.keys[key]) if key in self.keys else None

    def claimed(self, merchant_id: str, name: str) -> MessageRef | None:
        return MessageRef(merchant_id, "th_1", self.claims[name]) if name in self.claims else None

    def commit(self, change: Change) -> None:
        for claim in change.claims:
            if self.claims.get(claim.name) != (claim.was.sort if claim.was else None):
                raise AlreadyThere
        if change.key in self.keys:
            raise AlreadyThere
        self.changes.append(change)
        self.kept = change.thread
        self.rows |= {one.sort: one for one in change.new}
        self.keys |= {change.key: change.new[0].sort} if change.key else {}
        self.claims |= {claim.name: change.new[0].sort for claim in change.claims}
        if self.busy:
            self.busy -= 1
            raise StoreBusy


@dataclass
class Platform:
    """A channel that does nothing but show signals."""

    capabilities: Capabilities
    shown: list[tuple[str, str, str]] = field(default_factory=list)
    fault: Exception | None = None

    def signal(self, signal: str, to: Address, message_id: str, connection: Connection) -> None:
        if self.fault is not None:
            raise self.fault
        self.shown.append((signal, to.value, message_id))


@dataclass
class Shops:
    """One connection."""

    status: Any = "active"
    is_dead: bool = False

    def connection(self, connection_id: str) -> Connection:
        return Connection(
            merchant_id="mt_1",
            connection_id=connection_id,
            channel="messenger",
            account="7",
            name="Little Shop",
            status=self.status,
        )

    def needs_reauth(self, connection: Connection) -> None:
        self.is_dead = True


@dataclass
class Queue:
    """What was dispatched, in its order."""

    works: list[Any] = field(default_factory=list)
    is_busy: bool = False

    def dispatch(self, work: Any) -> None:
        if self.is_busy:
            raise StoreBusy
        self.works.append(work)


class Meter:
    """Measures nothing."""

    def measure(self, thread: Thread, waited_s: float | None, at: datetime) -> None:
        return None


class Desk:
    """A person of the shop at one thread of a channel. opened: how long ago the shopper last wrote."""

    def __init__(self, channel: str = "messenger", *rows: Message, opened: timedelta | None = HOUR) -> None:
        thread = Thread(
            merchant_id="mt_1",
            thread_id="th_1",
            connection_id="cn_1",
            channel=channel,
            shopper_id="sh_1",
            wire=ANN,
            opened_at=None if opened is None else NOW - opened,
            waiting_since=None if opened is None else NOW - opened,
        )
        self.threads, self.shops, self.queue = Threads(thread, *rows), Shops(), Queue()
        self.platform = Platform(TAKES[channel])
        ports: Any = (self.threads, self.shops, self.queue, Meter(), lambda name: self.platform)
        self._reply, self._signals = Reply(*ports), Signals(*ports[:2], ports[4])

    def sends(self, body: Mapping[str, Any] | str, key: str = "", now: datetime = NOW) -> list[Message]:
        body = {"text": body} if isinstance(body, str) else body
        return self._reply("mt_1", "th_1", asked_of(schemas.check("reply", body)), "Ben", key, now)

    def signals(self, signal: Any) -> None:
        self._signals("mt_1", "th_1", signal)


def a_row(name: str, age: timedelta = HOUR, **changes: Any) -> Message:
    plain = Message(
        message_id=f"ms_{name}",
        author="shopper",
        kind="text",
        text="Do you have it?",
        sent_at=NOW - age,
        status="received",
        channel_message_id=f"m.{name}",
    )
    return replace(plain, **changes)


def kinds(desk: Desk, body: Mapping[str, Any]) -> list[str]:
    return [one.kind for one in desk.sends(body)]


SENT: dict[str, tuple[dict[str, Any], list[str]]] = {
    "text": ({"text": "We do."}, ["text"]),
    "media": ({"media": {"kind": "image", "url": "https://a.b/c.png"}}, ["image"]),
    "caption": ({"media": {"kind": "image", "url": "https://a.b/c.png"}, "text": "Blue"}, ["image", "text"]),
    "location": ({"location": {"latitude": 44.4, "longitude": 26}}, ["text"]),
    "buttons": (BUTTONS, ["buttons"]),
    "list": (
        {"text": "Which?", "list": {"label": "Mugs", "sections": [{"rows": [{"title": "Blue"}]}]}},
        ["quick_replies"],
    ),
    "quick_replies": ({"text": "Which?", "quick_replies": [{"title": "Blue"}]}, ["quick_replies"]),
    "reaction": ({"reaction": {"message_id": "ms_asked", "emoji": "👍"}}, ["reaction"]),
}


@pytest.mark.parametrize("name", SENT)
def test_every_form_of_a_reply_is_sent(name: str) -> None:
    body, wanted = SENT[name]
    assert kinds(Desk("messenger", a_row("asked")), body) == wanted


def test_a_template_is_filled_by_place_and_by_name() -> None:
    body = {
        "template": {
            "name": "order_sent",
            "language": "en_US",
            "variables": {"who": "Ana"},
            "header": {"kind": "document", "url": "https://a.b/c.pdf", "filename": "bill.pdf"},
            "buttons": [{"index": 0, "kind": "url", "value": "17"}],
        }
    }
    (message,) = Desk("whatsapp", opened=None).sends(body)
    assert message.content is not None
    template = message.content.template
    assert template is not None
    assert [(one.name, one.value) for one in template.variables] == [("who", "Ana")]
    assert (template.header_file_kind, template.buttons[0].value) == ("document", "17")
    body["template"] |= {"variables": ["Ana", "17"], "header": {"variables": ["Hi"]}}
    (message,) = Desk("whatsapp", opened=None).sends(body)
    assert message.content is not None
    assert message.content.template is not None
    assert [one.value for one in message.content.template.variables] == ["Ana", "17"]
    assert [one.value for one in message.content.template.header_variables] == ["Hi"]


WRONG: dict[str, tuple[dict[str, Any], str]] = {  # what is asked for -> the field that is wrong
    "two forms": (
        {"text": "a", "buttons": [{"title": "a"}], "quick_replies": [{"title": "a"}]},
        "quick_replies",
    ),
    "buttons without words": ({"buttons": [{"title": "a"}]}, "text"),
    "a header alone": ({"header": "a"}, "text"),
    "a place with words": ({"location": {"latitude": 1, "longitude": 2}, "text": "a"}, "text"),
    "a reaction as a reply": (
        {"reaction": {"message_id": "ms_asked", "emoji": "a"}, "reply_to": "ms_asked"},
        "reply_to",
    ),
    "public to nobody": ({"text": "a", "public": True}, "public"),
    "public with buttons": (BUTTONS | {"public": True, "reply_to": "ms_comment"}, "public"),
    "the same id twice": ({"text": "a", "buttons": [{"title": "a"}, {"title": "b", "id": "1"}]}, "buttons"),
    "a header without a file": (
        {"template": {"name": "a", "language": "en", "header": {"kind": "image"}}},
        "template.header",
    ),
    "too long a list": (
        {"text": "a", "list": {"label": "a", "sections": [{"rows": [{"title": "a"}] * 30}] * 3}},
        "list.sections",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_body_that_makes_no_sense_is_refused_by_its_field(name: str) -> None:
    body, wrong = WRONG[name]
    with pytest.raises(ApiError) as refused:
        asked_of(schemas.check("reply", body))
    assert (refused.value.status, refused.value.code, refused.value.field) == (400, "invalid", wrong)


def test_every_form_stands_in_the_schema() -> None:
    assert set(FORMS) < set(schemas.schema("reply")["properties"])
    assert MOST_ROWS == 60


def test_plain_words_are_a_row_without_more() -> None:
    desk = Desk()
    (message,) = desk.sends("We do.")
    assert (message.kind, message.text, message.content, message.status) == ("text", "We do.", None, "queued")
    assert (desk.threads.kept.last_text, desk.threads.kept.waiting_since) == ("We do.", None)


def test_what_is_too_long_becomes_rows_in_order_each_queued() -> None:
    desk = Desk("instagram")
    messages = desk.sends("We have it in blue and in green. " * 70)
    assert len(messages) > 2
    assert [one.sort for one in messages] == sorted(one.sort for one in messages)
    assert len({one.message_id for one in messages}) == len(messages)
    assert [work.ref.sort for work in desk.queue.works] == [one.sort for one in messages]
    (change,) = desk.threads.changes
    assert [due.work for due in change.due] == desk.queue.works


def test_the_parts_end_one_wait() -> None:
    desk = Desk("instagram")
    *_, last = desk.sends("We have it in blue and in green. " * 70)
    assert (desk.threads.kept.human_at, desk.threads.kept.last_at) == (last.sent_at, last.sent_at)


def test_the_same_key_answers_with_the_same_messages() -> None:
    desk = Desk("instagram")
    words = "We have it in blue and in green. " * 70
    first = desk.sends(words, "key-1")
    again = desk.sends(words, "key-1", NOW + HOUR)
    assert [one.message_id for one in again] == [one.message_id for one in first]
    assert len(desk.threads.changes) == 1
    assert desk.queue.works == 2 * desk.queue.works[: len(first)]


CHANGED: dict[str, dict[str, Any]] = {
    "the text": BUTTONS | {"text": "Which?"},
    "a title": BUTTONS | {"buttons": [{"title": "Blue"}, {"title": "Red", "id": "green"}]},
    "an id": BUTTONS | {"buttons": [{"title": "Blue"}, {"title": "Green"}]},
    "what it answers": BUTTONS | {"reply_to": "ms_asked"},
    "the form": {"text": "Which one?"},
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_key_belongs_to_the_whole_content(name: str) -> None:
    desk = Desk("messenger", a_row("asked"))
    desk.sends(BUTTONS, "key-1")
    with pytest.raises(KeyReused):
        desk.sends(CHANGED[name], "key-1")


def test_a_lost_answer_of_the_store_is_no_reason_to_write_again() -> None:
    desk = Desk()
    desk.threads.busy = 1
    assert len(desk.sends("We do.")) == len(desk.queue.works) == len(desk.threads.changes) == 1


def test_a_busy_queue_loses_nothing() -> None:
    desk = Desk()
    desk.queue.is_busy = True
    (message,) = desk.sends("We do.")
    assert message.sort in desk.threads.rows


def test_numbered_answers_are_remembered_until_something_else_is_asked() -> None:
    desk = Desk("instagram")
    many = {"text": "Which?", "buttons": [{"title": f"Mug {number}"} for number in range(14)]}
    (message,) = desk.sends(many)
    assert message.content is not None
    assert desk.threads.kept.choices == message.content.options
    assert desk.threads.kept.choices[1] == Option(number=2, id="2", title="Mug 1")
    desk.sends("Take your time.")
    assert len(desk.threads.kept.choices) == 14
    desk.sends(BUTTONS)
    assert desk.threads.kept.choices == ()


def test_a_reply_names_the_message_that_it_answers_by_the_channels_id() -> None:
    desk = Desk("messenger", a_row("asked"))
    first, *others = desk.sends({"text": "We do. " * 400, "reply_to": "ms_asked"})
    assert first.reply_to == "m.asked"
    assert [one.reply_to for one in others] == [""] * len(others)


NOT_THERE = {
    "never was": (),
    "not sent yet": (a_row("asked", author="human", status="queued", channel_message_id=""),),
    "taken back": (a_row("asked", deleted_at=NOW),),
}


@pytest.mark.parametrize("name", NOT_THERE)
def test_what_the_channel_does_not_know_can_not_be_answered(name: str) -> None:
    desk = Desk("messenger", *NOT_THERE[name])
    with pytest.raises(CantRender) as refused:
        desk.sends({"text": "We do.", "reply_to": "ms_asked"})
    assert (refused.value.code, refused.value.field) == ("unknown_message", "reply_to")


def test_a_message_far_back_is_found() -> None:
    rows = [a_row(f"{number:04d}", number * timedelta(minutes=1)) for number in range(350)]
    (message,) = Desk("messenger", *rows).sends({"text": "We do.", "reply_to": "ms_0349"})
    assert message.reply_to == "m.0349"


def test_a_reaction_names_its_message_and_ends_no_wait() -> None:
    desk = Desk("whatsapp", a_row("asked"))
    (message,) = desk.sends({"reaction": {"message_id": "ms_asked", "emoji": ""}})
    assert message.content == Content(kind="reaction", target="m.asked")
    assert desk.threads.kept.waiting_since is not None
    assert desk.threads.kept.last_at == message.sent_at


CLOSED = 8 * DAY


@pytest.mark.parametrize("opened", [HOUR, CLOSED, None])
@pytest.mark.parametrize("channel", ["whatsapp", "messenger", "instagram"])
def test_outside_the_window_people_can_not_write(channel: str, opened: timedelta | None) -> None:
    desk = Desk(channel, opened=opened)
    if opened == HOUR:
        assert len(desk.sends("We do.")) == 1
        return
    with pytest.raises(NotAllowed) as refused:
        desk.sends("We do.")
    assert refused.value.code == "window_closed"
    assert desk.threads.changes == []


@pytest.mark.parametrize("opened", [HOUR, CLOSED, None])
def test_a_public_answer_goes_under_its_comment_at_any_time(opened: timedelta | None) -> None:
    desk = Desk("instagram", a_row("comment", kind="comment"), opened=opened)
    (message,) = desk.sends({"text": "We do!", "reply_to": "ms_comment", "public": True})
    assert message.content == Content(kind="comment", text="We do!", target="m.comment")
    assert desk.threads.kept.waiting_since == (None if opened is None else NOW - opened)


def test_only_a_comment_is_answered_in_public() -> None:
    with pytest.raises(CantRender) as refused:
        Desk("instagram", a_row("asked")).sends({"text": "We do!", "reply_to": "ms_asked", "public": True})
    assert (refused.value.code, refused.value.field) == ("invalid", "public")


PRIVATE = {"text": "We do: here is how.", "reply_to": "ms_comment"}


@pytest.mark.parametrize("key", ["", "key-1"])
def test_a_comment_is_answered_in_private_once(key: str) -> None:
    desk = Desk("instagram", a_row("comment", kind="comment"), opened=None)
    (message,) = desk.sends(PRIVATE, key)
    assert message.content == Content(kind="text", text=PRIVATE["text"], comment_id="m.comment")
    assert message.reply_to == ""
    with pytest.raises(AlreadyReplied):
        desk.sends(PRIVATE, key and "key-2")
    if key:
        assert [one.message_id for one in desk.sends(PRIVATE, key)] == [message.message_id]
    assert len(desk.threads.changes) == 1


@pytest.mark.parametrize("ended", ["failed", "skipped"])
def test_a_private_answer_that_never_left_may_be_given_again(ended: Any) -> None:
    desk = Desk("instagram", a_row("comment", kind="comment"), opened=None)
    (first,) = desk.sends(PRIVATE)
    desk.threads.rows[first.sort] = replace(first, status=ended, reason="not_permitted")
    (second,) = desk.sends(PRIVATE)
    assert second.message_id != first.message_id
    with pytest.raises(AlreadyReplied):
        desk.sends(PRIVATE)


def test_a_key_that_is_spelled_like_a_claim_takes_nobodys_answer() -> None:
    desk = Desk("instagram", a_row("comment", kind="comment"), opened=None)
    desk.sends({"text": "We do!", "reply_to": "ms_comment", "public": True}, "private:cn_1:m.comment")
    assert len(desk.sends(PRIVATE)) == 1


def test_an_answer_tells_which_message_it_answers_by_both_ids() -> None:
    desk = Desk("messenger", a_row("asked"))
    (message,) = desk.sends({"text": "We do.", "reply_to": "ms_asked"})
    ids = {"reply_to": "m.asked", "reply_to_message_id": "ms_asked"}
    assert shown(message, *ids) == ids
    sent = replace(message, channel_message_id="m.ours")
    assert shown(sent, "channel_message_id") == {"channel_message_id": "m.ours"}
    theirs = a_row("more", reply_to="m.ours", details={"answers": "not ours to tell"})
    assert shown(theirs, *ids) == {"reply_to": "m.ours", "reply_to_message_id": None}
    told = views.message(theirs, ids={"m.ours": sent.message_id})
    assert told["reply_to_message_id"] == sent.message_id


def test_in_the_window_an_answer_to_a_comment_is_a_message_of_the_thread() -> None:
    desk = Desk("instagram", a_row("comment", kind="comment"), opened=HOUR)
    (message,) = desk.sends(PRIVATE)
    assert (message.content, message.reply_to) == (None, "")
    assert desk.sends(PRIVATE) != []


@pytest.mark.parametrize(("age", "is_taken"), [(7 * DAY - HOUR, True), (7 * DAY, False)])
def test_a_comment_is_answered_in_private_for_seven_days(age: timedelta, is_taken: bool) -> None:
    desk = Desk("messenger", a_row("comment", age, kind="comment"), opened=CLOSED)
    if is_taken:
        assert len(desk.sends(PRIVATE)) == 1
        return
    with pytest.raises(NotAllowed):
        desk.sends(PRIVATE)


def test_a_private_answer_is_one_text() -> None:
    for body, code in ((PRIVATE | {"text": "We do. " * 400}, "too_long"), (PRIVATE | BUTTONS, "unsupported")):
        with pytest.raises(CantRender) as refused:
            Desk("messenger", a_row("comment", kind="comment"), opened=None).sends(body)
        assert refused.value.code == code


def test_an_answer_waits_for_a_token_but_not_for_a_disconnected_account() -> None:
    desk = Desk()
    desk.shops.status = "needs_reauth"
    assert len(desk.sends("We do.")) == 1
    desk.shops.status = "disconnected"
    with pytest.raises(NotAllowed) as refused:
        desk.sends("We do.")
    assert refused.value.code == "disconnected"


def test_another_merchants_thread_is_not_found() -> None:
    desk = Desk()
    ports: Any = (desk.threads, desk.shops, desk.queue, Meter(), lambda name: desk.platform)
    with pytest.raises(NotFound):
        Reply(*ports)("mt_2", "th_1", Asked(content=text_content("Hi")), "Ben", "", NOW)
    with pytest.raises(NotFound):
        WorkThreads(ports[0]).thread("mt_2", "th_1")


def test_a_signal_names_the_shoppers_latest_words() -> None:
    rows = (a_row("older", DAY), a_row("latest"), a_row("comment", timedelta(0), kind="comment"))
    desk = Desk("messenger", *rows, a_row("ours", timedelta(0), author="human"))
    desk.signals("typing")
    desk.signals("read")
    assert desk.platform.shown == [("typing", "900", "m.latest"), ("read", "900", "m.latest")]


def test_a_signal_that_a_channel_does_not_have_is_refused() -> None:
    desk = Desk("telegram", a_row("asked"))
    desk.signals("typing")
    with pytest.raises(NotSupported):
        desk.signals("read")


def in_a_persons_own_chat(*rows: Message, opened: timedelta = HOUR) -> Desk:
    desk = Desk("telegram", *rows, opened=opened)
    desk.threads.kept = replace(desk.threads.kept, wire=Address("business_chat", "bc/900"))
    return desk


def test_a_persons_own_chat_has_read_marks_though_bots_have_none() -> None:
    desk = in_a_persons_own_chat(a_row("asked"))
    desk.signals("read")
    assert desk.platform.shown == [("read", "bc/900", "m.asked")]


def test_a_persons_own_chat_closes_after_a_day() -> None:
    assert len(in_a_persons_own_chat(opened=DAY - HOUR).sends("We do.")) == 1
    with pytest.raises(NotAllowed) as refused:
        in_a_persons_own_chat(opened=DAY).sends("We do.")
    assert refused.value.code == "window_closed"
    assert len(Desk("telegram", opened=DAY).sends("We do.")) == 1


def test_there_is_nothing_to_signal_to_somebody_who_never_wrote() -> None:
    with pytest.raises(NothingToSignal):
        Desk().signals("typing")
    desk = Desk("messenger", a_row("asked"))
    desk.shops.status = "disconnected"
    with pytest.raises(NothingToSignal):
        desk.signals("typing")


@pytest.mark.parametrize("reason", ["token_rejected", "window_closed"])
def test_a_dead_token_shows_when_a_signal_finds_it(reason: str) -> None:
    desk = Desk("messenger", a_row("asked"))
    desk.platform.fault = SendRejected("190", reason)
    with pytest.raises(SendRejected):
        desk.signals("typing")
    assert desk.shops.is_dead is (reason == "token_rejected")
    desk.platform.fault = RetryLater(5, "429")
    with pytest.raises(RetryLater):
        desk.signals("typing")


def shown(message: Message, *names: str) -> dict[str, Any]:
    whole = views.message(message)
    return {name: whole.get(name) for name in names}


def test_what_was_sent_is_shown_as_it_was_asked_for() -> None:
    (message,) = Desk("whatsapp").sends(BUTTONS | {"header": "Mugs"})
    buttons = [{"id": "1", "title": "Blue"}, {"id": "green", "title": "Green"}]
    assert shown(message, "kind", "content") == {
        "kind": "buttons",
        "content": {"header": "Mugs", "buttons": buttons},
    }


def test_what_a_shopper_chose_is_shown() -> None:
    choice = {"id": "green", "title": "Green"}
    message = a_row("chose", payload="green", details={"choice": choice, "from": "list"})
    wanted = {"payload": "green", "choice": choice, "details": {"from": "list"}}
    assert shown(message, "payload", "choice", "details") == wanted


def test_an_edited_and_a_deleted_message_say_so() -> None:
    edited = a_row("a", edited="1793620800000#000001")
    assert shown(edited, "edited_at", "deleted") == {"edited_at": "2026-11-02T12:00:00.000Z", "deleted": None}
    assert shown(a_row("a", deleted_at=NOW), "deleted") == {"deleted": True}


WINDOWS: Sequence[tuple[str, timedelta | None, str | None, str | None]] = [
    ("whatsapp", HOUR, "2026-11-03T11:00:00.000Z", "2026-11-03T11:00:00.000Z"),
    ("instagram", HOUR, "2026-11-03T11:00:00.000Z", "2026-11-09T11:00:00.000Z"),
    ("messenger", None, None, None),
]


@pytest.mark.parametrize(("channel", "opened", "open_until", "human_until"), WINDOWS)
def test_a_thread_says_until_when_it_can_be_answered(
    channel: str, opened: timedelta | None, open_until: str | None, human_until: str | None
) -> None:
    told = views.window(Desk(channel, opened=opened).threads.kept, TAKES[channel])
    assert told is not None
    assert (told["open_until"], told["human_until"]) == (open_until, human_until)
    assert told["why"].endswith(".")


def test_a_channel_may_have_a_window_for_some_addresses_alone() -> None:
    takes = TAKES["telegram"].for_kind("business_chat")
    told = views.window(in_a_persons_own_chat().threads.kept, takes)
    assert told is not None
    assert told["open_until"] == told["human_until"] == "2026-11-03T11:00:00.000Z"
    assert takes == replace(TAKES["telegram"], window=takes.window, mark_read=True)
    assert TAKES["telegram"].for_kind("chat") is TAKES["telegram"]


def test_a_channel_without_a_window_has_none() -> None:
    assert views.window(Desk("telegram").threads.kept, TAKES["telegram"]) is None
