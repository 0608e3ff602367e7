"""The shop's own people on real tables: linked once, told once, and what they answer goes out once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, cast

import pytest
from access_patterns import Requests
from samples import NOW, a_thread
from test_link_rows import OpenVault

from chalicelib.domain.connections import Connection
from chalicelib.domain.events import Address, ShopperMessage
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.staff.people import token_lost
from chalicelib.domain.staff.texts import staff_texts
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Due, NotifyStaff, Work
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.threads import Change
from chalicelib.services.people.links import FollowLink, MakeLink
from chalicelib.services.people.people import MergePeople
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.sending.intend import Intend
from chalicelib.services.sending.reopen_wait import ReopenWait
from chalicelib.services.sending.reply import Reply
from chalicelib.services.staff.hear_staff import HearStaff
from chalicelib.services.staff.link_staff import Invited, NotForStaff, StaffLinks
from chalicelib.services.staff.notify import Notify
from chalicelib.services.threads.response_times import WaitMeter
from chalicelib.services.threads.write_thread import NotFound
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.links import DynamoLinks
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.staff import DynamoStaff
from chalicelib.storage.threads import DynamoThreads
from integrations.registry import CHANNELS, BaseUrls

TEXTS: Final = staff_texts("en")
CHATS: Final = {name: Address("chat", number) for name, number in (("mihai", "1"), ("rosa", "2"))}
SHOPPER: Final = Address("igsid", "17")
MINUTE: Final = timedelta(minutes=1)


class Shops:
    """The shop's settings and connections."""

    def __init__(self, merchant: str) -> None:
        self.status: Any = "active"
        self._merchant = merchant

    def shop(self, merchant_id: str) -> Shop:
        return Shop()

    def connection(self, connection_id: str) -> Connection:
        return Connection(
            merchant_id=self._merchant,
            connection_id=connection_id,
            channel={"cn_ig": "instagram", "cn_ig2": "instagram"}.get(connection_id, "telegram"),
            account="100",
            name="Mug",
            status=self.status,
            details={"username": "mug_bot"},
        )


class Outbox:
    """Remembers what is to be done."""

    def __init__(self) -> None:
        self.works: list[Work] = []

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        self.works.append(work)

    def dispatch_all(self, works: Sequence[Work], attempt: str) -> None:
        self.works += works


class Staffed:
    """A shop with one shopper who waits on Instagram, and a bot that its people write to."""

    def __init__(self, threads: DynamoThreads, people: DynamoPeople, dues: DynamoDue, merchant: str) -> None:
        self.threads, self.merchant, self.dues = threads, merchant, dues
        self.store, self.outbox = DynamoStaff(), Outbox()
        self.shops: Any = Shops(merchant)
        outbox: Any = self.outbox
        self.refused: list[str] = []
        self.intend = Intend(threads, outbox, channel)
        links = DynamoLinks(OpenVault())
        self.links = StaffLinks(self.store, threads, self.shops, MakeLink(links, people), self.intend)
        self.notify = Notify(self.store, threads, self.shops, dues, self.intend, channel)
        reply = Reply(threads, self.shops, outbox, WaitMeter(self.shops), channel)
        self.hear = HearStaff(self.store, threads, self.shops, lambda: reply, self.intend, channel)
        self.follow = FollowLink(
            links,
            people,
            MergePeople(people),
            DynamoConsents(),
            lambda _, why: self.refused.append(why),
            self.links.tie,
        )
        self.source = Source(merchant, "cn_bot", "telegram")
        for name, chat in CHATS.items():
            of = {"connection_id": "cn_bot", "channel": "telegram", "wire": chat, "shopper_id": f"sh_{name}"}
            thread = a_thread(merchant, thread_id=f"th_{name}", waiting_since=NOW, **of)
            threads.commit(Change(thread=thread, addresses=(chat,)))
        self.waits()

    def waits(self, thread_id: str = "th_ana", **changes: Any) -> None:
        """A shopper wrote a minute ago."""
        at = NOW - MINUTE
        of = {"connection_id": "cn_ig", "channel": "instagram", "wire": SHOPPER, "shopper_name": "Ana P"}
        words = Message(
            message_id=f"ms_{thread_id}",
            author="shopper",
            kind=changes.pop("kind", "text"),
            text="Is it blue?",
            sent_at=at,
            status="received",
            channel_message_id="mid.1",
        )
        thread = a_thread(
            self.merchant,
            thread_id=thread_id,
            waiting_since=at,
            opened_at=changes.pop("opened_at", at),
            last_at=at,
            **of,
            **changes,
        )
        self.threads.commit(Change(thread=thread, new=(words,)))

    def invites(self, name: str = "Mihai", connection_id: str = "cn_bot") -> Invited:
        connection = self.shops.connection(connection_id)
        return self.links.invite(connection, channel(connection.channel), name, NOW)

    def comes(self, name: str, invited: Invited, at: datetime = NOW) -> Any:
        said = words(name, text="/start", ref=invited.link.token, sent_at=at)
        return self.follow(self.source, said, f"sh_{name}", f"th_{name}", at)

    def linked(self, name: str = "mihai") -> Invited:
        invited = self.invites(name.title())
        assert self.comes(name, invited) == {"staff_id": invited.staff.staff_id}
        return invited

    def tells(self, kind: str = "new", about: str = "th_ana", spell: str = "1") -> None:
        self.notify(NotifyStaff(self.merchant, kind, about, spell), NOW)

    def thread(self, name: str) -> Thread:
        thread = self.threads.thread(self.merchant, f"th_{name}")
        assert thread is not None
        return thread

    def told(self, name: str) -> list[Message]:
        """Oldest first."""
        found = self.threads.messages(self.merchant, f"th_{name}")
        return [one for one in reversed(found) if one.author != "shopper"]

    def arrived(self, name: str, message: Message, channel_message_id: str = "77") -> None:
        """It has left, and the channel has named it."""
        ref, claim = MessageRef(self.merchant, f"th_{name}", message.sort), "c1"
        chat = CHATS[name].value
        self.threads.claim(ref, claim=claim, now=NOW, lease_until=NOW + MINUTE, told=None)
        pointer = Pointer("cn_bot", chat, channel_message_id, ref)
        self.threads.settle(ref, "sent", claim=claim, pointer=pointer)

    def replies(
        self, name: str, text: str, number: str = "5", to: str = "77", at: datetime = NOW, **more: Any
    ) -> None:
        said = words(name, text=text, channel_message_id=number, reply_to=to, sent_at=at, **more)
        self.hear(self.thread(name), said, at)


def channel(name: str) -> Any:
    return CHANNELS[name](BaseUrls())


def words(name: str, **changes: Any) -> ShopperMessage:
    chat = CHATS[name]
    plain = ShopperMessage(
        addresses=(chat,), wire=chat, chat=chat.value, channel_message_id="1", sent_at=NOW, kind="text"
    )
    return replace(plain, **changes)


@pytest.fixture
def shop(threads: DynamoThreads, people: DynamoPeople, dues: DynamoDue, merchant: str) -> Staffed:
    return Staffed(threads, people, dues, merchant)


def test_who_comes_by_the_link_is_staff_from_then_on(shop: Staffed) -> None:
    invited = shop.invites()
    assert [(one.name, one.state(NOW)) for one, _ in shop.links.listing(shop.merchant)] == [
        ("Mihai", "pending")
    ]
    for _ in range(2):  # a second delivery finds it done
        assert shop.comes("mihai", invited) == {"staff_id": invited.staff.staff_id}
    thread = shop.thread("mihai")
    assert (thread.staff, thread.waiting_since) == (invited.staff.staff_id, None)
    ((one, theirs),) = shop.links.listing(shop.merchant)
    assert (one.state(NOW), one.thread_id, one.linked_at) == ("linked", "th_mihai", NOW)
    assert theirs == thread
    (welcome,) = shop.told("mihai")
    assert (welcome.purpose, welcome.text) == ("notice", TEXTS.linked.format(name="Mihai"))
    found = shop.threads.inbox(shop.merchant, "telegram", "open")
    assert [thread.thread_id for thread in found] == ["th_rosa"]


def test_a_link_makes_one_person_staff_within_a_day(shop: Staffed) -> None:
    invited, late = shop.linked(), shop.invites("Late")
    assert shop.comes("rosa", invited) is None
    assert shop.comes("rosa", late, late.link.ends_at + timedelta(seconds=1)) is None
    assert late.link.ends_at == (NOW + timedelta(days=1)).replace(microsecond=0)
    assert (shop.refused, shop.thread("rosa").staff) == (["used", "expired"], "")


def test_who_is_removed_is_a_shopper_again_and_does_not_come_back(shop: Staffed) -> None:
    invited = shop.linked()
    for _ in range(2):
        shop.links.remove(shop.merchant, invited.staff.staff_id, NOW + MINUTE)
        with pytest.raises(NotFound):
            shop.links.remove(shop.merchant, invited.staff.staff_id, NOW + MINUTE)
        assert shop.comes("mihai", invited) is None  # delivered once more
        assert (shop.thread("mihai").staff, shop.links.listing(shop.merchant)) == ("", [])
        found = shop.threads.inbox(shop.merchant, "telegram", "open")
        assert {thread.thread_id for thread in found} == {"th_mihai", "th_rosa"}
        invited = shop.linked()


def test_a_person_who_was_invited_twice_stays_while_one_invitation_does(shop: Staffed) -> None:
    first, second = shop.linked(), shop.linked()
    shop.tells()
    assert [one.text[:1] for one in shop.told("mihai")[2:]] == ["🔔"]
    shop.links.remove(shop.merchant, first.staff.staff_id, NOW)
    assert shop.thread("mihai").staff == second.staff.staff_id


def test_staff_are_on_channels_where_a_notice_can_be_replied_to(shop: Staffed) -> None:
    with pytest.raises(NotForStaff):
        shop.invites(connection_id="cn_ig")
    assert shop.links.listing(shop.merchant) == []


def test_another_merchants_staff_is_not_found(shop: Staffed) -> None:
    invited = shop.linked()
    with pytest.raises(NotFound):
        shop.links.remove("mt_other", invited.staff.staff_id, NOW)
    assert shop.links.listing("mt_other") == []


def test_each_kind_of_notice_is_told_once_in_each_chat(shop: Staffed) -> None:
    shop.linked("mihai")
    shop.linked("rosa")
    work = NotifyStaff(shop.merchant, "new", "th_ana", "1")
    shop.dues.set(Due(work, NOW))
    for _ in range(2):
        shop.tells()
        shop.tells("at_risk")
        shop.notify.at_risk(shop.thread("ana"), NOW)  # by its own spell
    assert shop.dues.due(NOW, 9) == []
    for name in CHATS:
        _, *notices = shop.told(name)
        assert [one.text[:1] for one in notices] == ["🔔", "⏳", "⏳"]
        assert {one.details["about"] for one in notices} == {"th_ana"}
        assert notices[0].text.splitlines()[2] == "Is it blue?"


@pytest.mark.parametrize("changes", [{"waiting_since": None}, {"marks": {"staff": f"{1:013d} st_x"}}])
def test_nobody_is_told_of_who_waits_no_more(shop: Staffed, changes: dict[str, Any]) -> None:
    shop.linked()
    shop.threads.commit(Change(thread=replace(shop.thread("ana"), **changes)))
    shop.tells()
    assert len(shop.told("mihai")) == 1


def test_a_shop_without_staff_writes_nothing(shop: Staffed, requests: Requests) -> None:
    shop.invites()
    requests.clear()
    shop.tells()
    assert requests.names == ["Query", "DeleteItem"]
    assert shop.outbox.works == []


def test_who_was_erased_gets_no_more_notices(shop: Staffed) -> None:
    invited = shop.linked()
    assert shop.store.link_staff(shop.invites("Gone").staff, "th_gone", NOW)
    shop.tells()
    assert [one.staff_id for one, _ in shop.links.listing(shop.merchant)] == [invited.staff.staff_id]
    assert len(shop.told("mihai")) == 2


def test_erasing_a_person_takes_them_from_the_staff(shop: Staffed) -> None:
    shop.linked("mihai")
    rosa = shop.linked("rosa")
    for _ in range(2):
        shop.links.forget(shop.merchant, "th_mihai")
    assert [one.staff_id for one, _ in shop.links.listing(shop.merchant)] == [rosa.staff.staff_id]


def test_a_dead_token_is_told_by_another_way_once_a_day(shop: Staffed) -> None:
    shop.linked()
    dead = shop.shops.connection("cn_ig")
    shop.notify(token_lost(dead, NOW), NOW)  # it works again by then
    shop.shops.status = "needs_reauth"
    shop.notify(token_lost(shop.shops.connection("cn_bot"), NOW), NOW)
    for _ in range(2):
        shop.notify(token_lost(dead, NOW), NOW)
    assert [one.text[:1] for one in shop.told("mihai")[1:]] == ["🔌"]
    shop.notify(token_lost(dead, NOW + timedelta(days=1)), NOW)
    assert len(shop.told("mihai")) == 3


def told_of(shop: Staffed) -> Message:
    """A notice that has come to Mihai."""
    shop.linked()
    shop.tells()
    notice = shop.told("mihai")[-1]
    shop.arrived("mihai", notice)
    return notice


def test_a_reply_to_a_notice_goes_to_the_shopper_as_from_a_person(shop: Staffed) -> None:
    told_of(shop)
    for _ in range(2):
        shop.replies("mihai", "Yes, in three sizes.")
    (answer,) = shop.told("ana")
    assert (answer.author, answer.by, answer.text) == ("human", "Mihai", "Yes, in three sizes.")
    assert (answer.purpose, answer.status, shop.thread("ana").waiting_since) == ("reply", "queued", None)
    _, _, note = shop.told("mihai")
    assert (note.text, note.details) == ("On its way to: Ana, Instagram", {"about": "th_ana"})
    shop.arrived("mihai", note, "78")
    shop.replies("mihai", "And in red.", number="6", to="78")
    assert [one.text for one in shop.told("ana")] == ["Yes, in three sizes.", "And in red."]


def test_two_of_the_staff_may_answer_the_same(shop: Staffed) -> None:
    told_of(shop)
    shop.linked("rosa")
    shop.tells(spell="2")
    shop.arrived("rosa", shop.told("rosa")[-1])
    shop.replies("mihai", "Yes.")
    shop.replies("rosa", "Yes, and in red.")
    assert [(one.by, one.text) for one in shop.told("ana")] == [
        ("Mihai", "Yes."),
        ("Rosa", "Yes, and in red."),
    ]


def test_what_cannot_be_sent_is_told_to_who_wrote_it(shop: Staffed) -> None:
    told_of(shop)
    shop.replies("mihai", "", number="5", kind="image")
    thread = replace(shop.thread("ana"), opened_at=NOW - timedelta(days=8))
    shop.threads.commit(Change(thread=thread))
    shop.replies("mihai", "Yes.", number="6")
    assert [one.text.splitlines() for one in shop.told("mihai")[2:]] == [
        ["Not sent to: Ana, Instagram", TEXTS.text_only],
        ["Not sent to: Ana, Instagram", TEXTS.window_closed],
    ]
    assert shop.told("ana") == []


def test_what_did_not_reach_the_shopper_is_told(shop: Staffed) -> None:
    told_of(shop)
    shop.replies("mihai", "Yes, in three sizes.")
    (answer,) = shop.told("ana")
    for _ in range(2):
        ReopenWait(shop.threads)(MessageRef(shop.merchant, "th_ana", answer.sort))
    (due,) = shop.dues.due(NOW, 9)
    shop.notify(cast(NotifyStaff, due.work), NOW)
    notice = shop.told("mihai")[-1]
    assert notice.text.splitlines()[:3] == ["↩️ Not sent to: Ana, Instagram", "", "Yes, in three sizes."]
    assert notice.details["about"] == "th_ana"


def test_a_comment_is_answered_by_itself(shop: Staffed) -> None:
    shop.waits("th_comment", kind="comment", opened_at=None)
    shop.linked()
    shop.tells(about="th_comment")
    shop.arrived("mihai", shop.told("mihai")[-1])
    shop.replies("mihai", "Yes.")
    (answer,) = shop.told("comment")
    assert answer.content is not None and answer.content.comment_id == "mid.1"


@pytest.mark.parametrize(
    ("after", "hints"),
    [(timedelta(), 1), (timedelta(hours=1), 1), (timedelta(hours=1, seconds=1), 2)],
)
def test_who_replies_to_nothing_is_told_how_once_an_hour(shop: Staffed, after: timedelta, hints: int) -> None:
    told_of(shop)
    for _ in range(2):
        shop.replies("mihai", "Yes!", number="5", to="")
    shop.replies("mihai", "Hello?", number="6", to="unknown", at=NOW + after)
    assert [one.text for one in shop.told("mihai")[2:]] == [TEXTS.hint] * hints
    assert shop.told("ana") == []
