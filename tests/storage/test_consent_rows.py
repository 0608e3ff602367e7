"""Consent is only added to, found by address and by month; and nobody sends on an older read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from samples import ANN, NOW, a_message, a_thread, an_intent, due_of, pointer_to, ref_of, stored

from chalicelib.domain.consent.records import Consent, address_key
from chalicelib.domain.events import Address
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import MessageRef
from chalicelib.domain.people import Proof
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.work import Due, Send
from chalicelib.ports.consents import Counted, Marketed, Reached, Unclear, row_of
from chalicelib.ports.errors import AlreadyThere, Conflict
from chalicelib.ports.threads import Change
from chalicelib.services.people.people import MergePeople
from chalicelib.services.sending.know_prospect import KnowProspect
from chalicelib.storage.consents import DynamoConsents
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.threads import DynamoThreads

LATER = NOW + timedelta(minutes=5)
PHONE = address_key("cn_one", ANN)


@pytest.fixture
def consents() -> DynamoConsents:
    return DynamoConsents()


def a_yes(merchant: str, **changes: Any) -> Consent:
    plain = Consent(
        merchant_id=merchant,
        address=PHONE,
        purpose="marketing",
        state="given",
        at=NOW,
        how="box",
        noted_at=NOW,
        channels=("whatsapp",),
        ref="order 7",
        text="Offers now and then",
        by="till",
    )
    return replace(plain, **changes)


def test_what_was_said_is_found_by_address_and_by_month_as_it_was(
    consents: DynamoConsents, merchant: str
) -> None:
    yes, other = a_yes(merchant), a_yes(merchant, address="cn_one#psid#900", channels=(), text="")
    consents.add([yes, other])
    assert consents.of_addresses(merchant, [PHONE, "phone#1"]) == [yes]
    assert set(consents.journal(merchant, "2026-11")) == {yes, other}
    assert consents.journal(merchant, "2026-12") == consents.of_addresses("mt_other", [PHONE]) == []


def test_the_same_said_again_stays_as_it_was_first_noted(consents: DynamoConsents, merchant: str) -> None:
    yes = a_yes(merchant)
    consents.add([yes])
    new = a_yes(merchant, at=NOW - timedelta(days=1))
    consents.add([replace(yes, noted_at=LATER), replace(new, noted_at=LATER)])
    assert [one.noted_at for one in consents.of_addresses(merchant, [PHONE])] == [LATER, NOW]
    assert len(consents.journal(merchant, "2026-11")) == 2


def test_a_long_list_is_read_page_by_page(consents: DynamoConsents, merchant: str) -> None:
    records = [a_yes(merchant, address=f"phone#4477009{number:05d}") for number in range(120)]
    consents.add(records)
    found: list[Consent] = []
    while page := consents.journal(merchant, "2026-11", after=row_of(found[-1]) if found else "", limit=50):
        found += page
    assert {one.address for one in found} == {one.address for one in records}


def offers(threads: DynamoThreads, merchant: str, count: int) -> list[MessageRef]:
    intents = [an_intent(n, author="campaign", purpose="campaign") for n in range(1, count + 1)]
    stored(threads, merchant, *intents, due=tuple(due_of(merchant, one) for one in intents))
    return [ref_of(merchant, one) for one in intents]


def an_offer(threads: DynamoThreads, merchant: str) -> MessageRef:
    (ref,) = offers(threads, merchant, 1)
    return ref


def test_a_word_of_theirs_stops_what_was_decided_before_it(
    threads: DynamoThreads, consents: DynamoConsents, merchant: str
) -> None:
    ref = an_offer(threads, merchant)
    (was,) = consents.marketed(merchant, ["sh_ann"])
    consents.add([a_yes(merchant, state="withdrawn", how="word")], "sh_ann")
    counted = Counted(merchant, "sh_ann", was, ((NOW, ref.reference),))
    with pytest.raises(Conflict):
        threads.claim(ref, claim="c", now=NOW, lease_until=LATER, told=None, counted=counted)
    message = threads.message(ref)
    assert message is not None and (message.status, message.claim) == ("queued", "")


def test_a_word_within_a_message_stops_it_too(
    threads: DynamoThreads, consents: DynamoConsents, merchant: str
) -> None:
    ref = an_offer(threads, merchant)
    (was,) = consents.marketed(merchant, ["sh_ann"])
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    stop = a_message(7, text="STOP")
    said = Change(
        thread=thread,
        new=(stop,),
        pointers=(pointer_to(merchant, stop),),
        consents=(a_yes(merchant, state="withdrawn", how="word"),),
        unclear=Unclear(merchant, "th_ann", "sh_ann", "ms_7", "STOP", NOW),
    )
    threads.commit(said)
    with pytest.raises(Conflict):
        counted = Counted(merchant, "sh_ann", was)
        threads.claim(ref, claim="c", now=NOW, lease_until=LATER, told=None, counted=counted)
    assert [one.state for one in consents.of_addresses(merchant, [PHONE])] == ["withdrawn"]
    (unclear,) = consents.unclear(merchant)
    assert (unclear.message_id, unclear.text) == ("ms_7", "STOP")
    consents.forget_unclear(merchant, unclear.row)
    assert consents.unclear(merchant) == []


def test_of_two_offers_decided_on_the_same_read_one_goes(
    threads: DynamoThreads, consents: DynamoConsents, merchant: str
) -> None:
    first, second = offers(threads, merchant, 2)
    (was,) = consents.marketed(merchant, ["sh_ann"])
    for place, ref in enumerate((first, second)):
        counted = Counted(merchant, "sh_ann", was, ((NOW, ref.reference),))
        if place:
            with pytest.raises(Conflict):
                threads.claim(ref, claim="c", now=NOW, lease_until=LATER, told=None, counted=counted)
        else:
            threads.claim(ref, claim="c", now=NOW, lease_until=LATER, told=None, counted=counted)
    assert consents.marketed(merchant, ["sh_ann", "sh_bo"]) == [
        Marketed(((NOW.replace(microsecond=250_000), first.reference),), 1),
        Marketed(),
    ]


def test_what_waits_for_the_morning_shows_why_and_is_due_then(threads: DynamoThreads, merchant: str) -> None:
    ref = an_offer(threads, merchant)
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    threads.postpone(ref, Due(Send(ref, thread.group), LATER), "quiet_hours")
    message = threads.message(ref)
    assert message is not None and (message.status, message.reason) == ("queued", "quiet_hours")
    threads.claim(ref, claim="c", now=LATER, lease_until=LATER, told=None)
    with pytest.raises(Conflict):
        threads.postpone(ref, Due(Send(ref, thread.group), LATER), "quiet_hours")


def test_shoppers_outside_their_window_are_counted_for_a_day(
    threads: DynamoThreads, consents: DynamoConsents, merchant: str
) -> None:
    ref = an_offer(threads, merchant)
    reached = Reached(merchant, "waba_1", "sh_ann", NOW)
    threads.claim(ref, claim="c", now=NOW, lease_until=LATER, told=None, reached=reached)
    ann, bo = (consents.tier_used(merchant, "waba_1", shopper, LATER) for shopper in ("sh_ann", "sh_bo"))
    assert (ann.count, ann.has_them, bo.count, bo.has_them) == (1, True, 1, False)
    tomorrow = consents.tier_used(merchant, "waba_1", "sh_ann", NOW + timedelta(hours=25))
    assert (tomorrow.count, tomorrow.has_them) == (0, False)
    assert consents.tier_used(merchant, "waba_2", "sh_ann", LATER).count == 0


def test_whom_a_message_is_made_for_can_be_counted_with_it_and_only_if_it_is_made(
    threads: DynamoThreads, consents: DynamoConsents, merchant: str
) -> None:
    reached = Reached(merchant, "waba_1", "sh_ann", NOW)
    change = Change(thread=a_thread(merchant), new=(a_message(),), key="once", reached=reached)
    threads.commit(change)
    with pytest.raises(AlreadyThere):
        threads.commit(replace(change, thread=replace(change.thread, version=1), new=(a_message(2),)))
    used = consents.tier_used(merchant, "waba_1", "sh_ann", LATER)
    assert (used.count, used.has_them) == (1, True)


def test_a_person_is_known_by_all_their_addresses_and_by_all_that_went_to_them(
    threads: DynamoThreads, consents: DynamoConsents, merchant: str
) -> None:
    """Two shoppers who are one person: each was written to, one has said no."""
    bo = Address("chat", "900")
    people = DynamoPeople()
    for shopper, address, name in (("sh_ann", ANN, "th_ann"), ("sh_bo", bo, "th_bo")):
        thread = a_thread(merchant, shopper_id=shopper, thread_id=name, wire=address)
        threads.commit(
            Change(
                thread=thread,
                shopper=Shopper(merchant_id=merchant, shopper_id=shopper),
                addresses=(address,),
            )
        )
    no = a_yes(merchant, address="cn_one#chat#900", state="withdrawn", how="word", channels=())
    consents.add([no], "sh_bo")
    consents.add([a_yes(merchant)], "sh_ann")
    know = KnowProspect(people, consents)
    ann = threads.thread(merchant, "th_ann")
    assert ann is not None
    shop = Shop(zone="Europe/Bucharest", country="RO")
    now = datetime(2026, 11, 2, 13, 0, tzinfo=UTC)
    assert know(ann, shop, "marketing", now).prospect.stands.state == "given"
    MergePeople(people)(merchant, "sh_ann", "sh_bo", Proof("said"), now)
    known = know(ann, shop, "marketing", now)
    assert known.prospect.stands.state == "withdrawn"
    assert known.prospect.country == "GB"
    assert "Europe/London" in [zone.key for zone in known.prospect.zones]
