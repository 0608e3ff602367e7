"""The shop's own people on their phones: what they are told, in which words, and what never comes to them."""

import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, get_args

import pytest

from chalicelib.domain.answering.spells import Spell
from chalicelib.domain.capabilities import Capabilities, TextLimit
from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address, ShopperMessage
from chalicelib.domain.gate import Question, may_send
from chalicelib.domain.ids import to_ms
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Author, Message, Purpose
from chalicelib.domain.staff.people import MOST_QUOTED, Staff, as_staff, quote
from chalicelib.domain.staff.texts import StaffTexts, staff_texts
from chalicelib.domain.threads import Thread, hear, mark
from chalicelib.domain.work import NotifyStaff, work_to_json
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.threads import Change
from chalicelib.services.staff.known_staff import REMEMBERED_S, KnownStaff
from chalicelib.services.staff.notice_waits import NoticeWaits
from chalicelib.services.staff.wording import thread_notice, token_notice, who
from integrations.registry import CHANNELS, BaseUrls
from schemas import check

NOW: Final = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
VARIABLES: Final = {
    "new": {"who"},
    "at_risk": {"who"},
    "complaint": {"who"},
    "token": {"account"},
    "left": {"duration"},
    "linked": {"name"},
    "sent_to": {"who"},
    "not_sent": {"who"},
}


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def a_thread(**changes: Any) -> Thread:
    plain = Thread(
        merchant_id="mt_1",
        thread_id="th_1",
        connection_id="cn_1",
        channel="instagram",
        shopper_id="sh_1",
        wire=Address("igsid", "17"),
        shopper_name="Ana Popescu",
        waiting_since=NOW,
    )
    return replace(plain, **changes)


def said(text: str = "", kind: str = "text", **changes: Any) -> Message:
    plain = Message(
        message_id=f"ms_{text[:9]}{kind}",
        author="shopper",
        kind=kind,
        text=text,
        sent_at=NOW,
        status="received",
    )
    return replace(plain, **changes)


def test_everything_is_said_in_every_language_with_the_same_variables() -> None:
    for language in LANGUAGES:
        texts = staff_texts(language)
        for one in fields(StaffTexts):
            found = set(re.findall(r"\{(\w+)\}", getattr(texts, one.name)))
            assert found == VARIABLES.get(one.name, set()), (language, one.name)
    assert len({staff_texts(one).answer for one in LANGUAGES}) == len(LANGUAGES)
    assert staff_texts("xx") is staff_texts("") is staff_texts("en")


@pytest.mark.parametrize(
    ("messages", "quoted"),
    [
        ([], ""),
        ([said("Hi"), said("Is it blue?")], "Hi\nIs it blue?"),
        ([said("Look", "image"), said(kind="audio")], "📷 Look\n🎤"),
        ([said(kind="form")], "📎"),
        ([said("Hi", deleted_at=NOW), said("Hello")], "Hello"),
        ([said("a" * MOST_QUOTED)], "a" * MOST_QUOTED),
        ([said("a" * MOST_QUOTED), said("b")], "a" * (MOST_QUOTED - 1) + "…"),
    ],
)
def test_a_notice_quotes_the_first_that_a_shopper_wrote(messages: list[Message], quoted: str) -> None:
    assert quote(messages) == quoted


def a_notice(kind: Any = "new", left: timedelta | None = None, languages: Any = (), **more: Any) -> str:
    thread = a_thread(promised_at=None if left is None else NOW + left)
    shop = Shop(languages=languages)
    messages, has_window = more.get("messages", [said("Is it blue?")]), more.get("has_window", False)
    return thread_notice(kind, thread, "Instagram", messages, shop, NOW, has_window=has_window)


def test_a_notice_says_who_what_until_when_and_what_to_do() -> None:
    assert a_notice(left=minutes(12)) == (
        "🔔 New message: Ana, Instagram\n\nIs it blue?\n\nTime left to answer: 12 minutes\n"
        "Reply to this message to answer."
    )
    assert a_notice("at_risk", languages=("xx", "ro-RO", "en"), left=timedelta(hours=3)).splitlines() == [
        "⏳ Încă așteaptă: Ana, Instagram",
        "",
        "Is it blue?",
        "",
        "Timp rămas pentru răspuns: 3 ore",
        "Răspunde la acest mesaj ca să trimiți un răspuns.",
    ]
    assert a_notice("complaint", messages=[]).splitlines() == [
        "❗ Complaint: Ana, Instagram",
        "Reply to this message to answer.",
    ]


@pytest.mark.parametrize(
    ("left", "line"),
    [
        (timedelta(seconds=1), "Time left to answer: 1 minute"),
        (minutes(119), "Time left to answer: 119 minutes"),
        (minutes(120), "Time left to answer: 2 hours"),
        (timedelta(hours=47), "Time left to answer: 47 hours"),
        (timedelta(days=2), "Time left to answer: 2 days"),
        (timedelta(), "The promised time is over."),
        (minutes(-5), "The promised time is over."),
    ],
)
def test_the_time_left_is_told_in_the_unit_that_fits(left: timedelta, line: str) -> None:
    assert line in a_notice(left=left).splitlines()


def test_where_a_window_closes_the_notice_says_how_to_keep_it_open() -> None:
    assert a_notice(has_window=True).splitlines()[-1] == staff_texts("en").daily
    assert staff_texts("en").daily not in a_notice(has_window=False)


def test_whose_name_is_none_is_their_channel_alone() -> None:
    assert who(a_thread(shopper_name="💐"), "Instagram") == "Instagram"
    assert who(a_thread(shopper_name="سارة"), "Instagram") == "\u2068سارة\u2069, Instagram"


def test_an_account_that_cannot_send_is_named() -> None:
    account = Connection(
        merchant_id="mt_1",
        connection_id="cn_1",
        channel="messenger",
        account="1",
        name="Mug shop",
        status="needs_reauth",
    )
    assert "Mug shop, Messenger" in token_notice(account, "Messenger", Shop())
    assert ": Messenger." in token_notice(replace(account, name=""), "Messenger", Shop())


def test_words_of_staff_open_the_window_and_let_nobody_wait() -> None:
    before = a_thread(waiting_since=None, state="closed", marks={"staff": mark("st_1", NOW)})
    words = ShopperMessage(
        addresses=(before.wire,),
        wire=before.wire,
        chat="17",
        channel_message_id="m1",
        sent_at=NOW,
        kind="text",
        text="Yes, in three sizes.",
        name="Mihai",
    )
    after = as_staff(before, hear(before, words, "1#ms_1", NOW)[0])
    assert (before.staff, after.staff) == ("st_1", "st_1")
    assert (after.opened_at, after.shopper_at, after.last_text) == (NOW, NOW, words.text)
    assert (after.waiting_since, after.state, after.spell) == (None, "closed", before.spell)
    assert a_thread(marks={"staff": mark("", NOW)}).staff == ""


def a_question(purpose: Purpose, author: Author = "auto", **changes: Any) -> Question:
    plain = Question(
        takes=CHANNELS["whatsapp"](BaseUrls()).capabilities,
        connection_status="active",
        author=author,
        purpose=purpose,
        text="Hi!",
        now=NOW,
        intended_at=NOW,
        shopper_at=NOW,
        is_staff=True,
    )
    return replace(plain, **changes)


def test_nothing_but_notices_and_people_comes_to_staff() -> None:
    for purpose in set(get_args(Purpose)) - {"notice", "reply"}:
        assert may_send(a_question(purpose)).code == "staff"
        assert may_send(a_question(purpose, "campaign")).code == "staff"
    assert may_send(a_question("notice")).decision == "send"
    assert may_send(a_question("reply", "human")).decision == "send"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"paused": "automatic"}, "ok"),
        ({"shopper_at": NOW - timedelta(hours=24)}, "window_closed"),
        ({"shopper_at": NOW - timedelta(hours=24) + timedelta(seconds=1)}, "ok"),
        ({"shopper_at": None, "takes": Capabilities(text=TextLimit(4096))}, "ok"),
        ({"intended_at": NOW - timedelta(hours=1)}, "ok"),
        ({"intended_at": NOW - timedelta(hours=1, seconds=1)}, "too_late"),
        ({"unreachable": "blocked"}, "unreachable"),
        ({"connection_status": "disconnected"}, "disconnected"),
    ],
)
def test_a_notice_keeps_to_the_channel_and_to_its_time(changes: dict[str, Any], code: str) -> None:
    assert may_send(a_question("notice", **changes)).code == code


class OneMerchant:
    """Its staff, and how often somebody asked for it."""

    def __init__(self) -> None:
        self.found: list[Staff] = []
        self.asked, self.is_busy = 0, False

    def staff(self, merchant_id: str) -> list[Staff]:
        self.asked += 1
        if self.is_busy:
            raise StoreBusy("now")
        return self.found


def test_who_has_staff_is_asked_once_a_minute() -> None:
    store: Any = OneMerchant()
    seconds = [0.0]
    has_staff = KnownStaff(store, lambda: seconds[0])
    assert [has_staff("mt_1") for _ in range(3)] == [False] * 3
    invited = Staff(
        merchant_id="mt_1", staff_id="st_1", name="M", connection_id="cn_1", created_at=NOW, ends_at=NOW
    )
    store.found = [invited]
    seconds[0] = REMEMBERED_S - 1
    assert (has_staff("mt_1"), store.asked) == (False, 1)
    seconds[0] = REMEMBERED_S
    assert (has_staff("mt_1"), store.asked) == (True, 2)
    seconds[0], store.is_busy = 3 * REMEMBERED_S, True
    assert (has_staff("mt_1"), has_staff("mt_1"), store.asked) == (True, True, 4)


@pytest.mark.parametrize(
    ("thread_id", "after", "state"),
    [("", minutes(0), "pending"), ("", minutes(1), "expired"), ("th_1", minutes(1), "linked")],
)
def test_an_invitation_is_pending_until_its_end(thread_id: str, after: timedelta, state: str) -> None:
    one = Staff(
        merchant_id="mt_1",
        staff_id="st_1",
        name="Mihai",
        connection_id="cn_1",
        created_at=NOW - timedelta(days=1),
        ends_at=NOW,
        thread_id=thread_id,
    )
    assert one.state(NOW + after) == state


def a_change(**changes: Any) -> Change:
    return Change(thread=a_thread(**changes))


COMPLAINS: Final = Spell(flagged_ms={"complaint": to_ms(NOW)})
BY_LINK: Final = f"pl_{'a' * 40}"


@pytest.mark.parametrize(
    ("before", "after", "text", "has_staff", "notice"),
    [
        ({"waiting_since": None}, {}, "Hi", True, "new"),
        ({"waiting_since": None}, {"spell": COMPLAINS}, "It is broken", True, "complaint"),
        ({}, {"spell": COMPLAINS}, "It is broken", True, "complaint"),
        ({"spell": COMPLAINS}, {"spell": COMPLAINS}, "Still broken", True, ""),
        ({}, {}, "Hello?", True, ""),
        ({"waiting_since": None}, {}, "Hi", False, ""),
        ({"waiting_since": None}, {}, f"Hi {BY_LINK}", False, "new"),
        ({"waiting_since": None}, {"waiting_since": None}, "Thanks!", True, ""),
        ({"waiting_since": None}, {"marks": {"staff": mark("st_1", NOW)}}, "Hi", True, ""),
    ],
)
def test_staff_are_to_hear_of_each_wait_and_complaint_once(
    before: dict[str, Any], after: dict[str, Any], text: str, has_staff: bool, notice: str
) -> None:
    wire = Address("igsid", "17")
    words = ShopperMessage(
        addresses=(wire,), wire=wire, chat="17", channel_message_id="m", sent_at=NOW, kind="text", text=text
    )
    change = a_change(**after)
    written = NoticeWaits(lambda merchant_id: has_staff)(change, a_thread(**before), words, NOW)
    works = [one.work for one in written.due]
    assert works == ([NotifyStaff("mt_1", notice, "th_1", NOW.isoformat())] if notice else [])
    for work in works:
        check("work", work_to_json(work))
    assert replace(written, due=()) == change
