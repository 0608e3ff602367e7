"""Erasing one person in the tables: nothing of them stays, nothing of others goes, nothing of before comes
back."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from persons import BEN, SAID, picture, wrote
from samples import ANN, NOW, a_message, a_thread, an_intent, due_of, park, pointer_to, unknown_pointer

from chalicelib.domain.consent.records import Consent, address_key
from chalicelib.domain.erasing import Erasure
from chalicelib.domain.events import Address, Media, Notice
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.work import Due, EraseShopper, FetchFiles
from chalicelib.ports.consents import Unclear
from chalicelib.ports.errors import AddressErased, AlreadyThere
from chalicelib.ports.threads import Change, Claim
from chalicelib.services.people.erase import BeginErasing, ErasePerson
from chalicelib.services.people.people import MergePeople, NoSuchShopper, People
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads
from tests.crash.doubles import Bodies, Files, MovableClock, Queues
from tests.dynamo import rows_of

PHONE: Final = ANN.value
NAME: Final = "Philippa Featherstonehaugh"
WORDS: Final = "Quetzalcoatl in lavender"
FURTHER: Final = Address("bsuid", "GB.13491208655302741918")
ERASED_AT: Final = NOW + timedelta(hours=1)
PLANTED: Final = (PHONE, NAME, WORDS, FURTHER.value)
# What of the erasing's store writes; it dies at each of them below.
WRITES: Final = frozenset(
    {
        *("begin", "detach", "empty", "forget_parked", "forget_notices", "forget_person"),
        *("move_on", "end"),
    }
)
MOST_WRITES: Final = 60


class Deadly:
    """Dies before or after its nth write; the next process knows nothing of it. at: 0 for never."""

    def __init__(self, at: int = 0, *, is_after: bool = False) -> None:
        self._store, self.at, self._is_after, self.writes = DynamoErasing(), at, is_after, 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._store, name)
        return real if name not in WRITES else lambda *given: self._fatal(real, *given)

    def _fatal(self, real: Callable[..., Any], *given: Any) -> Any:
        self.writes += 1
        if self.writes == self.at and not self._is_after:
            raise ConnectionResetError
        answer = real(*given)
        if self.writes == self.at:
            raise ConnectionResetError
        return answer


class Desk:
    """Who is asked to erase, with what is needed around the tables."""

    def __init__(self, threads: DynamoThreads, people: DynamoPeople, merchant: str) -> None:
        self.threads, self.people, self.merchant = threads, people, merchant
        self.files, self.bodies = Files(), Bodies()
        self.queues = Queues(MovableClock(NOW))

    def begin(self, store: Any, shopper_id: str = "sh_ann") -> Erasure:
        return BeginErasing(self.people, store, self.queues)(self.merchant, shopper_id, "Ben", ERASED_AT)

    def finish(self, store: Any, erasure: Erasure) -> None:
        dues = DynamoDue()
        ports = (store, self.threads, self.files, self.bodies, dues, self.queues, lambda: 0.0)
        erase = ErasePerson(*ports, shops_of=lambda merchant_id: ("cn_shop",))
        erase(EraseShopper(self.merchant, erasure.shopper_id, erasure.erasure_id), ERASED_AT)

    def erase(self, shopper_id: str = "sh_ann", store: Any = None) -> None:
        store = store or DynamoErasing()
        self.finish(store, self.begin(store, shopper_id))


@pytest.fixture
def desk(threads: DynamoThreads, people: DynamoPeople, merchant: str) -> Desk:
    return Desk(threads, people, merchant)


def talk(desk: Desk) -> None:
    """Everything that rows can hold of a person, in one thread and beside it."""
    threads, merchant = desk.threads, desk.merchant
    said = a_message(1, text=WORDS, media=(Media("image/jpeg", "m1", state="waiting"),))
    answer = replace(an_intent(2), text=f"Hi {NAME}")
    ref = MessageRef(merchant, "th_ann", said.sort)
    change = Change(
        thread=a_thread(merchant, shopper_name=NAME, last_text=WORDS, spoken_at=NOW),
        shopper=Shopper(merchant_id=merchant, shopper_id="sh_ann", name=NAME),
        addresses=(ANN, FURTHER),
        new=(answer, said),
        pointers=(pointer_to(merchant, said),),
        due=(due_of(merchant, answer), Due(FetchFiles(ref, "cn_one"), NOW)),
        key="a caller's own",
        claims=(Claim("private:17"),),
    )
    threads.commit(change)
    desk.files.kept[f"media/{merchant}/th_ann/ms_1/f"] = WORDS.encode()
    desk.files.kept[f"media/{merchant}/th_ben/ms_1/f"] = b"another's"


def around(desk: Desk) -> None:
    """And what lies elsewhere: raw events, notices, parked facts, bodies, consents, near misses."""
    threads, merchant = desk.threads, desk.merchant
    fact = {"fact": "edit", "text": WORDS, "edited": "1#0"}
    threads.park(merchant, unknown_pointer("wamid.NEVER"), [fact], NOW + timedelta(days=90), of=PHONE)
    for number, phone in enumerate((PHONE, BEN.value)):
        body = {"messages": [{"from": phone, "id": f"{number}", "timestamp": "1793620800"}]}
        envelope = {"channel": "whatsapp", "body": body, "received_at": NOW.isoformat()}
        threads.keep_unreadable(merchant, "cn_one", "unknown_kind:poll", envelope, NOW)
        notice = Notice(kind="mention", subject=phone, details={"by": phone})
        threads.keep_notice(merchant, "cn_one", notice, NOW)
    both = {"entry": [{"from": PHONE, "text": WORDS}, {"from": BEN.value, "text": "Ben's"}]}
    key = desk.bodies.keep("cn_one", json.dumps(both).encode(), NOW)
    large = {"channel": "whatsapp", "body_at": key, "received_at": NOW.isoformat()}
    threads.keep_unreadable(merchant, "cn_one", "too_large", large, NOW)
    desk.bodies.keep("shared", json.dumps({"from": PHONE}).encode(), NOW)
    consents = DynamoConsents()
    for address in (ANN, BEN):
        consents.add([a_consent(merchant, address)])
    unclear = Unclear(merchant, "th_ann", "sh_ann", "ms_1", WORDS, NOW)
    threads.commit(
        Change(thread=a_thread(merchant, thread_id="th_other", shopper_id="sh_x", wire=BEN), unclear=unclear)
    )


def a_consent(merchant: str, address: Address) -> Consent:
    return Consent(
        merchant_id=merchant,
        address=address_key("cn_one", address),
        purpose="marketing",
        state="given",
        at=NOW,
        how="box",
        noted_at=NOW,
        text="the box",
    )


def everything(raw: Any, desk: Desk) -> str:
    """All rows of the merchant, all waiting work, all files and bodies, as one text."""
    rows = [row for row in rows_of(raw, "ThreadsTable") if row["pk"]["S"].startswith(desk.merchant)]
    rows += [row for row in rows_of(raw, "DueTable") if desk.merchant in row["work"]["S"]]
    stored = [*desk.files.kept.items(), *desk.bodies._kept.items()]
    return json.dumps([rows, [(key, value.decode()) for key, value in stored]], default=sorted)


def test_nothing_stays_of_who_is_erased_and_nothing_of_others_goes(desk: Desk, raw: Any) -> None:
    wrote(desk.threads, desk.merchant, "ben")
    talk(desk)
    around(desk)
    assert all(word in everything(raw, desk) for word in PLANTED)
    desk.erase()
    left = everything(raw, desk)
    assert [
        word for word in (*PLANTED, 'sh_ann"', "a caller's own") if word in left and word != 'sh_ann"'
    ] == []
    assert "th_ann" not in left and "wamid" not in left
    kept = picture(raw, desk.merchant)
    kinds = {key.removeprefix(f"{desk.merchant}#").partition("#")[0] for key, _ in kept}
    assert {"address", "unreadable", "news", "consent", "consents", "th_ben", "sh_ben"} <= kinds
    assert BEN.value in left and "Ben's" in left and "another's" in left
    assert not {"merge", "key", "claim", "held", "parked", "unclear", "sh_ann"} & kinds


def test_the_account_of_it_names_nobody(desk: Desk, raw: Any) -> None:
    talk(desk)
    desk.erase()
    done = DynamoErasing().erasure(desk.merchant, "sh_ann")
    assert done is not None
    assert (done.state, done.by, done.at, done.done_at) == ("done", "Ben", ERASED_AT, ERASED_AT)
    assert (done.places, done.gone, done.rooms, done.cursor) == ((), (), (), "")
    assert done.rows > 5 and done.files == 1
    with pytest.raises(NoSuchShopper):
        People(desk.people).person(desk.merchant, "sh_ann")
    again = desk.begin(DynamoErasing())
    assert again == done


def test_marks_outlive_queues_and_retries(desk: Desk, raw: Any) -> None:
    talk(desk)
    desk.erase()
    marks = [
        row for row in rows_of(raw, "ThreadsTable") if row["pk"]["S"].startswith(f"{desk.merchant}#erased#")
    ]
    assert len(marks) == 2
    for mark in marks:
        assert int(mark["expires_at"]["N"]) >= (ERASED_AT + timedelta(days=30)).timestamp()
        assert PHONE not in json.dumps(mark)
    assert desk.threads.erased_at(desk.merchant, "cn_one", [PHONE]) == ERASED_AT
    assert desk.threads.erased_at(desk.merchant, "cn_two", [PHONE]) is None
    assert desk.threads.erased_at(f"{desk.merchant}x", "cn_one", [PHONE]) is None


def test_an_address_that_was_erased_becomes_somebodys_only_knowingly(desk: Desk) -> None:
    talk(desk)
    desk.erase()
    thread = a_thread(desk.merchant, thread_id="th_new", shopper_id="sh_new")
    change = Change(thread=thread, addresses=(ANN,))
    with pytest.raises(AddressErased):
        desk.threads.commit(change)
    desk.threads.commit(replace(change, erased_at=ERASED_AT))
    found = desk.threads.find(desk.merchant, "cn_one", [ANN, FURTHER])
    assert found is not None and found.erased_at == ERASED_AT


def test_what_is_told_of_an_erased_message_finds_that_it_was(desk: Desk) -> None:
    talk(desk)
    desk.erase()
    pointer = desk.threads.pointer(desk.merchant, "cn_one", "", "wamid.1")
    assert pointer is not None and pointer.erased and pointer.ref is None and pointer.parked == ()
    with pytest.raises(AlreadyThere):
        park(desk.threads, desk.merchant, replace(pointer, erased=False), {"fact": "status"})
    new = Change(
        thread=a_thread(desk.merchant, thread_id="th_new"),
        new=(a_message(1),),
        pointers=(pointer_to(desk.merchant, a_message(1)),),
    )
    with pytest.raises(AlreadyThere):
        desk.threads.commit(new)


def test_all_whom_they_were_taken_for_go_with_them(desk: Desk, raw: Any) -> None:
    for name in ("ann", "ben", "eve"):
        wrote(desk.threads, desk.merchant, name)
    merge = MergePeople(desk.people)
    merge(desk.merchant, "sh_ben", "sh_eve", SAID, NOW)
    merge(desk.merchant, "sh_ann", "sh_ben", SAID, NOW + timedelta(seconds=1))
    desk.erase("sh_eve")
    left = everything(raw, desk)
    assert "on the phone" not in left and "th_" not in left and '"shopper"' not in left
    for name in ("sh_ann", "sh_ben", "sh_eve"):
        done = DynamoErasing().erasure(desk.merchant, name)
        assert done is not None and (done.shopper_id, done.state) == ("sh_ann", "done")


def test_nobody_is_merged_with_who_is_being_erased(desk: Desk) -> None:
    for name in ("ann", "ben"):
        wrote(desk.threads, desk.merchant, name)
    erasure = desk.begin(DynamoErasing())
    with pytest.raises(NoSuchShopper):
        MergePeople(desk.people)(desk.merchant, "sh_ben", "sh_ann", SAID, NOW)
    assert desk.begin(DynamoErasing()) == erasure
    desk.finish(DynamoErasing(), erasure)
    assert desk.threads.thread(desk.merchant, "th_ben") is not None


def test_a_long_thread_with_many_addresses_goes_in_bounded_steps(desk: Desk, raw: Any) -> None:
    many = tuple(Address("phone", f"4477009{number:05d}") for number in range(50))
    desk.threads.commit(Change(thread=a_thread(desk.merchant), addresses=many[:30]))
    thread = desk.threads.thread(desk.merchant, "th_ann")
    assert thread is not None
    messages = tuple(a_message(number) for number in range(40))
    desk.threads.commit(Change(thread=thread, new=messages, addresses=many[30:]))
    desk.erase()
    left = picture(raw, desk.merchant)
    assert {key.split("#")[1] for key, _ in left} == {"erasure", "erased", "pointer"}
    assert sum("#erased#" in key for key, _ in left) == 50


def test_words_that_were_read_before_can_not_be_written_after(desk: Desk) -> None:
    talk(desk)
    thread = desk.threads.thread(desk.merchant, "th_ann")
    assert thread is not None
    desk.erase()
    with pytest.raises(Exception, match="refused"):
        desk.threads.commit(Change(thread=thread, new=(a_message(9),)))
    assert desk.threads.thread(desk.merchant, "th_ann") is None


@pytest.mark.parametrize("is_after", [False, True])
def test_an_erasing_that_dies_anywhere_is_finished_by_the_next(desk: Desk, raw: Any, is_after: bool) -> None:
    whole = Deadly()
    talk(desk)
    around(desk)
    desk.erase(store=whole)
    assert 10 < whole.writes < MOST_WRITES
    for at in range(1, whole.writes + 1):
        fresh = Desk(desk.threads, desk.people, f"{desk.merchant}{at}")
        talk(fresh)
        around(fresh)
        with pytest.raises(ConnectionResetError):
            fresh.erase(store=Deadly(at, is_after=is_after))
        fresh.erase()
        left = everything(raw, fresh)
        assert [word for word in PLANTED if word in left] == [], at
        assert "erase_shopper" not in left, at


def test_a_number_that_was_an_erased_persons_takes_nothing_from_who_has_it_now(desk: Desk) -> None:
    """They are known by an id of their own, and have been for longer."""
    talk(desk)
    desk.erase()
    own = Address("bsuid", "GB.99")
    thread = a_thread(desk.merchant, thread_id="th_eve", shopper_id="sh_eve", wire=own)
    desk.threads.commit(Change(thread=thread, addresses=(own,)))
    stored = desk.threads.thread(desk.merchant, "th_eve")
    assert stored is not None
    desk.threads.commit(Change(thread=stored, addresses=(ANN,), erased_at=ERASED_AT))
    by_both = desk.threads.find(desk.merchant, "cn_one", [own, ANN])
    by_number = desk.threads.find(desk.merchant, "cn_one", [ANN, own])
    assert by_both is not None and by_number is not None
    assert (by_both.erased_at, by_number.erased_at) == (None, ERASED_AT)


def test_what_was_said_of_a_number_goes_however_it_is_spelled(desk: Desk, raw: Any) -> None:
    wrote(desk.threads, desk.merchant, "ann", Address("phone", "551187654321"))
    DynamoConsents().add([a_consent(desk.merchant, Address("phone", "5511987654321"))])
    desk.erase()
    left = everything(raw, desk)
    assert "87654321" not in left and "the box" not in left


def test_what_nobody_understood_of_a_shop_goes_where_it_names_their_number(desk: Desk, raw: Any) -> None:
    talk(desk)
    for name, phone in (("Annabel", f"+{PHONE}"), ("Benedict", "+447700900222")):
        body = {"order": {"name": name, "phone": phone}}
        envelope = {"channel": "shopify", "body": body, "received_at": NOW.isoformat()}
        desk.threads.keep_unreadable(desk.merchant, "cn_shop", "malformed", envelope, NOW)
        desk.bodies.keep("cn_shop", json.dumps({"line_items": [], **body}).encode(), NOW)
    desk.erase()
    left = everything(raw, desk)
    assert ("Annabel" in left, left.count("Benedict"), PHONE in left) == (False, 2, False)
