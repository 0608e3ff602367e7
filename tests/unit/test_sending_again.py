"""A person sends once more what may not have arrived: once, as it was, and only where nobody knows better."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from test_replying import ANN, BUTTONS, NOW, TAKES, Meter, Platform, Queue, Shops, Threads, a_row

import schemas
from chalicelib.domain.again import content_again, why_again
from chalicelib.domain.content import Content, Option, Template
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.threads import Thread
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.ports.threads import Change
from chalicelib.services.sending.reply import KeyReused, NotAllowed, Reply
from chalicelib.services.sending.reply_to import AlreadyReplied, Asked
from chalicelib.services.sending.send_again import Again, AlreadySentAgain, NoSuchMessage, NotUncertain
from chalicelib.services.threads.write_thread import NotFound
from functions import again, views
from functions.api import ApiError
from functions.replies import asked_of, refusal_of

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WORDS = "Yes, in three sizes."


def ours(name: str = "ours", status: Any = "uncertain", **changes: Any) -> Message:
    """Sent a minute ago, and the channel did not answer."""
    plain = a_row(name, MINUTE, author="human", purpose="reply", status=status, channel_message_id="")
    return replace(plain, **({"text": WORDS} | changes))


class Rows(Threads):
    """One thread in memory, whose messages are sent again by one. meanwhile: what happens before a commit."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def commit(self, change: Change) -> None:
        act, self.meanwhile = self.meanwhile, lambda: None
        act()
        if change.again is not None:
            was = self.rows[change.again.sort]
            if was.again != change.again.was or content_again(was) is None:
                raise Conflict
            self.rows[was.sort] = replace(was, again=change.new[0].sort)
        super().commit(change)


class Bench:
    """People of the shop at one thread, in which the shopper wrote `opened` ago."""

    def __init__(self, *rows: Message, channel: str = "messenger", opened: timedelta = HOUR) -> None:
        thread = Thread(
            merchant_id="mt_1",
            thread_id="th_1",
            connection_id="cn_1",
            channel=channel,
            shopper_id="sh_1",
            wire=ANN,
            opened_at=NOW - opened,
            waiting_since=NOW - opened,
        )
        self.threads, self.shops, self.queue = Rows(thread, *rows), Shops(), Queue()
        ports: Any = (self.threads, self.shops, self.queue, Meter(), lambda name: Platform(TAKES[channel]))
        self.reply = Reply(*ports)

    def again(self, message_id: str = "ms_ours", key: str = "", by: str = "Ben") -> Message:
        (made,) = self.reply("mt_1", "th_1", Again(message_id), by, key, NOW)
        return made

    def row(self, message_id: str) -> Message:
        (found,) = [one for one in self.threads.rows.values() if one.message_id == message_id]
        return found

    def ends(self, message: Message, status: Any) -> None:
        self.threads.rows[message.sort] = replace(self.row(message.message_id), status=status)

    def shown(self) -> dict[str, dict[str, Any]]:
        return again.marks(self.threads.rows.values())


@pytest.mark.parametrize("author", ["human", "auto", "campaign"])
@pytest.mark.parametrize("status", ["uncertain", "failed"])
def test_what_may_not_have_arrived_goes_again_as_a_persons_words(author: Any, status: Any) -> None:
    bench = Bench(ours(author=author, status=status, purpose="answer" if author == "auto" else "reply"))
    made = bench.again()
    assert (made.author, made.by, made.purpose, made.status) == ("human", "Ben", "reply", "queued")
    assert (made.text, made.kind, made.content) == (WORDS, "text", None)
    assert [work.ref.sort for work in bench.queue.works] == [made.sort]
    (change,) = bench.threads.changes
    assert [due.work for due in change.due] == bench.queue.works
    assert bench.threads.kept.waiting_since is None
    assert (bench.row("ms_ours").status, bench.row("ms_ours").text) == (status, WORDS)


PURPOSES: Mapping[str, str] = {
    "reply": "reply",
    "answer": "reply",
    "confirm": "reply",
    "campaign": "campaign",
    "cart": "cart",
    "survey": "survey",
    "update": "update",
    "ask": "ask",
}


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_addressed_the_shopper_stays_bound_to_their_consent(purpose: Any) -> None:
    bench = Bench(ours(author="campaign", purpose=purpose))
    made = bench.again()
    assert (made.author, made.purpose) == ("human", PURPOSES[purpose])
    is_an_answer = made.purpose == "reply"
    assert (bench.threads.kept.human_at is not None, bench.threads.kept.waiting_since is None) == (
        is_an_answer,
        is_an_answer,
    )


CONTENTS: Mapping[str, Content] = {
    "buttons": Content(kind="quick_replies", text=WORDS),
    "numbered": Content(kind="text", text=WORDS, options=(Option(number=1, id="a", title="Blue"),)),
    "template": Content(kind="template", template=Template(name="sizes", language="en")),
    "reaction": Content(kind="reaction", text="👍", target="m.asked"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_it_goes_as_it_was_and_answers_what_it_answered(name: str) -> None:
    content = CONTENTS[name]
    details = {"answers": "ms_asked", "asked": "a digest", "parts": 3}
    was = ours(kind=content.kind, content=content, reply_to="m.asked", details=details)
    bench = Bench(replace(was, text=content.text), channel="whatsapp")
    made = bench.again()
    assert (made.content, made.kind, made.reply_to) == (content, content.kind, "m.asked")
    assert made.details.pop("counts_as").endswith("#ms_ours")
    assert made.details == {"answers": "ms_asked", "again": "ms_ours"}
    assert bench.threads.kept.choices == content.options


def test_the_second_of_two_clicks_is_told_as_what_it_went_out() -> None:
    bench = Bench(ours())
    made = bench.again()
    with pytest.raises(AlreadySentAgain) as refused:
        bench.again(by="Mihai")
    assert refused.value.message_id == made.message_id
    assert len(bench.threads.changes) == len(bench.queue.works) == 1


def test_of_two_people_at_once_one_sends() -> None:
    bench = Bench(ours())
    bench.threads.meanwhile = lambda: bench.again(by="Mihai")
    with pytest.raises(AlreadySentAgain):
        bench.again()
    assert [change.new[0].by for change in bench.threads.changes] == ["Mihai"]


def test_what_arrives_in_this_very_moment_is_not_sent_again() -> None:
    bench = Bench(ours())
    bench.threads.meanwhile = lambda: bench.ends(bench.row("ms_ours"), "delivered")
    with pytest.raises(NotUncertain):
        bench.again()
    assert bench.threads.changes == []


def test_the_same_key_is_answered_with_the_same_message() -> None:
    bench = Bench(ours(), ours("other"))
    made = bench.again(key="key-1")
    assert bench.again(key="key-1").message_id == made.message_id
    for other in (Again("ms_other"), Asked(content=CONTENTS["buttons"])):
        with pytest.raises(KeyReused):
            bench.reply("mt_1", "th_1", other, "Ben", "key-1", NOW)
    assert len(bench.threads.changes) == 1


def test_the_same_key_twice_at_once_is_one_message() -> None:
    bench = Bench(ours())
    bench.threads.meanwhile = lambda: bench.again(key="key-1")
    made = bench.again(key="key-1")
    assert bench.threads.changes[0].new == (made,)


def test_an_answer_of_the_store_that_was_lost_is_no_second_click() -> None:
    bench = Bench(ours())
    bench.threads.busy = 1
    assert bench.again() in bench.threads.rows.values()
    assert len(bench.threads.changes) == len(bench.queue.works) == 1


def test_a_store_that_wrote_nothing_leaves_it_to_be_tried() -> None:
    bench = Bench(ours())

    def busy() -> None:
        raise StoreBusy

    bench.threads.meanwhile = busy
    with pytest.raises(StoreBusy):
        bench.again()
    assert bench.again().status == "queued"


@pytest.mark.parametrize(
    "row",
    [
        *(ours(status=status) for status in ("queued", "sent", "delivered", "read", "skipped")),
        ours(status="note", purpose="note"),
        ours(deleted_at=NOW),
        ours(kind="image", text=""),
        a_row("ours"),
    ],
    ids=lambda row: f"{row.author} {row.kind} {row.status} {row.deleted_at is not None}",
)
def test_nothing_else_can_be_sent_again(row: Message) -> None:
    bench = Bench(row)
    with pytest.raises(NotUncertain):
        bench.again()
    assert (bench.threads.changes, why_again(row)) == ([], "")
    assert "can_send_again" not in bench.shown().get("ms_ours", {})


def test_unknown_messages_and_other_merchants_threads_are_not_there() -> None:
    bench = Bench(ours())
    with pytest.raises(NoSuchMessage):
        bench.again("ms_nobodys")
    with pytest.raises(NotFound):
        bench.reply("mt_2", "th_1", Again("ms_ours"), "Ben", "", NOW)


def test_a_copy_that_failed_is_itself_sent_again() -> None:
    bench = Bench(ours())
    copy = bench.again()
    bench.ends(copy, "failed")
    with pytest.raises(AlreadySentAgain):
        bench.again()
    third = bench.again(copy.message_id)
    assert third.details["again"] == copy.message_id


def test_a_copy_that_the_gate_kept_in_was_no_copy() -> None:
    bench = Bench(ours())
    copy = bench.again()
    bench.ends(copy, "skipped")
    assert bench.shown()["ms_ours"]["can_send_again"]
    assert bench.again().message_id != copy.message_id
    with pytest.raises(AlreadySentAgain):
        bench.again()


def test_the_gate_is_asked_first() -> None:
    bench = Bench(ours(), opened=timedelta(days=8))
    with pytest.raises(NotAllowed) as refused:
        bench.again()
    assert refused.value.code == "window_closed"
    assert "sent_again_as" not in bench.shown()["ms_ours"]


def test_the_one_private_answer_of_a_comment_may_go_again_as_itself_alone() -> None:
    private = Content(kind="text", text=WORDS, comment_id="m.comment")
    bench = Bench(ours(content=private), ours("other", content=private))
    bench.threads.claims["private:cn_1:m.comment"] = bench.row("ms_ours").sort
    with pytest.raises(AlreadyReplied):
        bench.again("ms_other")
    made = bench.again()
    assert bench.threads.claims == {"private:cn_1:m.comment": made.sort}


def test_a_thread_shows_what_can_be_sent_again_and_what_has_been() -> None:
    bench = Bench(a_row("asked"), ours(), ours("refused", "failed", reason="unreachable"))
    before = bench.shown()
    assert before["ms_ours"]["can_send_again"] is before["ms_refused"]["can_send_again"] is True
    assert "twice" in before["ms_ours"]["why_send_again"]
    assert "can't be reached" in before["ms_refused"]["why_send_again"]
    assert "ms_asked" not in before
    copy = bench.again()
    after = bench.shown()
    assert after["ms_ours"] == {"sent_again_as": copy.message_id}
    assert after[copy.message_id] == {"sends_again": "ms_ours"}
    bench.ends(bench.row("ms_ours"), "read")
    assert bench.shown()["ms_ours"] == {"sent_again_as": copy.message_id}


def test_what_is_shown_besides_covers_nothing_of_a_message() -> None:
    bench = Bench(ours())
    bench.again()
    for one in bench.threads.rows.values():
        assert not views.message(one).keys() & bench.shown()[one.message_id].keys()


def test_send_again_stands_alone_in_the_body() -> None:
    assert asked_of(schemas.check("reply", {"send_again": "ms_ours"})) == Again("ms_ours")
    for more in ({"text": "Hello"}, {"reply_to": "ms_asked"}, {"public": True}, BUTTONS):
        with pytest.raises(ApiError) as refused:
            asked_of(schemas.check("reply", {"send_again": "ms_ours", **more}))
        assert (refused.value.status, refused.value.field) == (400, next(iter(more)))
    with pytest.raises(schemas.Invalid):
        schemas.check("reply", {"send_again": " "})


def test_each_refusal_has_a_code_of_its_own() -> None:
    refusals = [
        AlreadySentAgain("ms_2"),
        NotUncertain(),
        NoSuchMessage(),
        AlreadyReplied(),
        KeyReused(),
        NotAllowed("window_closed", "It is over."),
    ]
    assert [(one.status, one.code) for one in map(refusal_of, refusals)] == [
        (409, "already_sent_again"),
        (409, "not_uncertain"),
        (404, "not_found"),
        (409, "already_replied"),
        (409, "key_reused"),
        (409, "window_closed"),
    ]


def test_a_message_far_back_is_found_and_its_copy_too() -> None:
    newer = [a_row(f"{number:04d}", -number * timedelta(seconds=1)) for number in range(250)]
    bench = Bench(ours(), *newer)
    copy = bench.again()
    assert bench.threads.message(MessageRef("mt_1", "th_1", bench.row("ms_ours").again)) == copy
