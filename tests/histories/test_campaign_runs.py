"""A campaign's run: who gets it, who does not and why, whatever dies or is said meanwhile."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from campaign_shop import CAMPAIGN, DAY, HOUR, MINUTE, MORNING, CampaignShop, people
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_people import MERCHANT
from remembered import Line

from chalicelib.domain.campaigns.results import counted, money
from chalicelib.domain.content import text_content
from chalicelib.domain.events import Address, StatusChange
from chalicelib.domain.facts import status_fact
from chalicelib.domain.messages import ref_from
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.domain.templates.news import KnownTemplate, template_id_of
from chalicelib.domain.work import RunPage, Send
from chalicelib.ports.consents import Reached
from chalicelib.ports.errors import RetryLater, SendRejected
from chalicelib.services.sending.follow_refusal import FollowRefusal
from chalicelib.services.sending.record_failure import RecordFailure

WHATSAPP = Line("whatsapp", Address("phone", "447400123456"))
OTHER = Line("whatsapp", Address("phone", "447400123457"))


def a_shop(*others: Line, number: int = 5) -> CampaignShop:
    """So many people on Telegram who want offers, and others."""
    lines = people(number)
    shop = CampaignShop((*lines, *others))
    for line in (*lines, *others):
        shop.knows(line)
    shop.passes(HOUR)
    return shop


def with_template(shop: CampaignShop, **definition: object) -> dict[str, object]:
    """The channel has approved one; a campaign's content that uses it."""
    told = {"name": "sale", "language": "en_GB", "id": "1", "category": "marketing", "state": "approved"}
    defined = TemplateDefinition(**{**told, "body": "Half price!", **definition})
    named = template_id_of("cn_whatsapp", "sale", "en_GB")
    shop.templates.known[named] = KnownTemplate(
        template_id=named, connection_id="cn_whatsapp", definition=defined, fetched_at=MORNING
    )
    use = {"name": "sale", "language": "en_GB", "category": "marketing", "variables": {}}
    templates = {"cn_whatsapp": {"en": use}}
    return {"messages": {"en": {"text": "Half price!"}}, "templates": templates}


def test_everybody_who_wants_it_gets_it_once_and_the_pages_are_the_segment():
    shop = a_shop()
    shop.books()
    run = shop.begins()
    shop.passes(10 * MINUTE)
    assert sorted(phone for phone, _, _ in shop.sent) == ["70", "71", "72", "73", "74"]
    assert shop.wrong_with(run) == []
    counts = shop.counts(run)
    assert (counts["shoppers"], counts["intended"], counts["sent"]) == (5, 5, 5)
    assert shop.now_of(run).pages == 3 and shop.now_of(run).state == "going"
    shop.passes(9 * DAY)
    assert shop.now_of(run).state == "done"
    assert all(page.look_at is None for page in shop.pages(run))


def test_each_who_does_not_get_it_has_the_gates_own_reason():
    wants, not_asked, stopped, left, full = people(5)
    shop = CampaignShop((wants, not_asked, stopped, left, full, WHATSAPP, OTHER))
    for line in shop.lines:
        shop.knows(line, wants=line != not_asked)
    shop.writes(stopped, "STOP")
    shop.blocks(left, is_reachable=False)
    shop.passes(2 * DAY)
    shop.writes(OTHER, "Hello again")
    shop.intends(full, "campaign", text_content("Yesterday's sale!"))
    shop.passes(MINUTE)
    shop.books()
    run = shop.begins()
    shop.passes(10 * MINUTE)
    assert shop.told(run) == {
        wants.shopper_id: "ok",
        not_asked.shopper_id: "no_opt_in",
        stopped.shopper_id: "opted_out",
        left.shopper_id: "unreachable",
        full.shopper_id: "frequency_cap",
        WHATSAPP.shopper_id: "no_template",
        OTHER.shopper_id: "ok",
    }
    assert shop.wrong_with(run) == []


def test_a_dry_run_says_what_then_happens_and_writes_to_nobody():
    shop = a_shop(WHATSAPP)
    shop.writes(people(1)[0], "STOP")
    shop.passes(12 * HOUR)  # it is night: whoever is written to now hears from the shop in the morning
    shop.books(schedule={"once": "2026-12-02T23:30"})
    dry = shop.begins(is_dry=True, holdout=30)
    shop.passes(20 * MINUTE)
    assert shop.sent == [] and {one.state for one in shop.recipients(dry)} <= {
        "planned",
        "skipped",
        "held_out",
    }
    planned = {one.shopper_id: (one.code, one.held, one.at) for one in shop.recipients(dry)}
    shop.passes(shop.now.replace(hour=23, minute=30) - shop.now)
    run = shop.begins(holdout=30)
    shop.passes(15 * HOUR)
    came = {one.shopper_id: (one.code, one.held) for one in shop.recipients(run)}
    assert came == {who: told[:2] for who, told in planned.items()}
    assert {code for code, _ in came.values()} == {"ok", "held_out", "opted_out"}
    nine = MORNING.replace(hour=9) + DAY
    assert {at for code, held, at in planned.values() if held} == {nine}
    assert {at for _, at, _ in shop.sent} == {nine} and shop.wrong_with(run) == []
    [shown] = [page.samples[0] for page in shop.pages(dry) if page.samples][:1]
    assert (shown["channel"], shown["how"], shown["language"]) == ("telegram", "text", "en")
    assert shown["text"].startswith("Hi, all mugs for half!")


def test_a_page_of_a_dry_run_that_comes_twice_is_looked_at_once():
    shop = a_shop(WHATSAPP, number=2)
    shop.passes(2 * DAY)
    limits = {"limit": Decimal("0.1"), "limit_currency": "USD"}
    shop.books(content=with_template(shop), **limits)
    dry = shop.begins(is_dry=True)
    shop.passes(MINUTE)
    pages, spent = shop.pages(dry), shop.campaigns.spent(dry)
    assert any(page.samples for page in pages) and spent["USD"]
    shop.passes(HOUR)
    for page in pages:
        shop.run_page(RunPage(MERCHANT, CAMPAIGN, dry.run_id, str(page.number)), shop.now)
    assert (shop.pages(dry), shop.campaigns.spent(dry)) == (pages, spent)


def test_while_it_is_paused_nobody_gets_it_and_everybody_once_somebody_goes_on():
    shop = a_shop()
    shop.books()
    run = shop.begins()
    shop.becomes("paused")
    shop.passes(HOUR)
    assert shop.sent == [] and shop.counts(run)["planned"] == 5
    shop.becomes("booked")
    shop.gather(shop.gathering(run), shop.now)
    shop.passes(MINUTE)
    assert len(shop.sent) == 5 and shop.wrong_with(run) == []


def test_what_is_on_its_way_is_held_by_a_pause_too():
    shop = a_shop()
    shop.books()
    run = shop.begins()
    shop.before_send = lambda: shop.becomes("paused")
    shop.passes(MINUTE)
    assert shop.sent == [] and shop.counts(run)["intended"] == 2  # of the first page; the others wait there
    shop.becomes("booked")
    shop.gather(shop.gathering(run), shop.now)
    shop.passes(10 * MINUTE)
    assert len(shop.sent) == 5 and shop.counts(run)["sent"] == 5


def test_nobody_gets_what_was_cancelled():
    shop = a_shop(number=9)
    shop.books()
    run = shop.begins()
    shop.before_send = lambda: shop.becomes("cancelled")
    shop.passes(MINUTE)
    shop.passes(9 * DAY)
    counts = shop.counts(run)
    assert shop.sent == [] and counts["code:campaign_cancelled"] == counts["skipped"] == 9
    assert shop.now_of(run).state == "done" and shop.wrong_with(run) == []


def test_whoever_is_held_out_is_never_written_to():
    shop = a_shop()
    shop.books()
    run = shop.begins(holdout=100)
    shop.passes(9 * DAY)
    assert shop.sent == [] and shop.counts(run)["held_out"] == 5


def test_who_may_get_it_later_gets_it_shortly_before_their_window_closes():
    shop = a_shop(WHATSAPP, number=1)
    shop.passes(8 * HOUR)  # 19:00: their window closes at 10:00, an hour before that is 9:00
    shop.books(flexible=16 * HOUR)
    run = shop.begins()
    shop.passes(16 * HOUR)
    at = {phone: at for phone, at, _ in shop.sent}
    assert at["70"] == MORNING + 9 * HOUR, "a channel without a window has no better moment"
    assert at["447400123456"] == MORNING + DAY - HOUR
    assert shop.wrong_with(run) == [] and shop.counts(run)["held:window_open"] == 1


def test_what_would_cost_more_than_the_limit_goes_to_nobody_and_what_is_free_to_all():
    shop = a_shop(WHATSAPP, OTHER, number=2)
    shop.passes(2 * DAY)
    shop.books(content=with_template(shop), limit=Decimal("0.08"), limit_currency="USD")
    run = shop.begins()
    shop.passes(MINUTE)
    counts = shop.counts(run)
    assert (counts["code:ok"], counts["code:spending_limit"]) == (3, 1)
    spent = sum(shop.campaigns.spent(run).values())
    assert Decimal(0) < spent <= Decimal("0.08") and shop.wrong_with(run) == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RetryLater(3600, "131048", limits="marketing"), "spam_limited"),
        (SendRejected("132015", "template_broken"), "template_broken"),
        (SendRejected("131031", "account_blocked"), "account_blocked"),
    ],
)
def test_where_the_channel_refuses_it_to_one_it_stops_for_all(error, reason):
    shop = a_shop(number=9)
    shop.books()
    run = shop.begins()
    shop.refusals.append(error)
    shop.passes(5 * HOUR)
    assert shop.sent == [] and (shop.campaign.state, shop.campaign.state_reason) == ("stopped", reason)
    assert shop.campaign.state_words.endswith(".") and shop.wrong_with(run) == []


@pytest.mark.parametrize(
    ("of_what", "reason"), [("number", "number_quality"), ("template", "template_paused")]
)
def test_it_stops_before_it_does_harm(of_what, reason):
    shop = a_shop(WHATSAPP, OTHER)
    shop.passes(2 * DAY)
    shop.books(content=with_template(shop, **({"state": "paused"} if of_what == "template" else {})))
    if of_what == "number":
        shop.shops.details["quality"] = "RED"
    run = shop.begins()
    shop.passes(HOUR)
    assert (shop.campaign.state, shop.campaign.state_reason) == ("stopped", reason)
    assert not {"447400123456", "447400123457"} & {phone for phone, _, _ in shop.sent}
    assert shop.wrong_with(run) == [] and shop.counts(run)["planned"] >= 2


def test_it_stops_when_too_many_leave():
    lines = people(60)
    shop = CampaignShop(lines, page_size=50)
    for line in lines:
        shop.knows(line)
    shop.passes(HOUR)
    shop.books(block_limit=0.03)
    run = shop.begins()
    shop.passes(MINUTE)
    shop.writes(lines[0], "STOP")
    shop.blocks(lines[1], is_reachable=False)
    shop.passes(3 * MINUTE)
    counts = shop.counts(run)
    assert (shop.campaign.state, shop.campaign.state_reason) == ("stopped", "block_limit")
    assert "2 of 60 shoppers" in shop.campaign.state_words
    assert (counts["sent"], counts["opted_out"], counts["blocked"]) == (60, 1, 1)
    shop.becomes("booked")
    shop.passes(HOUR)
    assert shop.campaign.state == "booked", "whoever goes on has seen how many have left"
    shop.writes(lines[2], "STOP")
    shop.passes(8 * HOUR)
    assert shop.campaign.state == "stopped" and "3 of 60 shoppers" in shop.campaign.state_words


def test_an_answer_is_counted_and_whoever_reads_it_sees_which_campaign_it_is_to():
    shop = a_shop(number=2)
    shop.books()
    run = shop.begins()
    shop.passes(MINUTE)
    line = people(1)[0]
    shop.writes(line, "How much is one?")
    shop.passes(HOUR)
    counts = shop.counts(run)
    assert (counts["answered"], counts["sent"], counts.get("opted_out", 0)) == (1, 2, 0)
    thread = shop.threads.thread(MERCHANT, line.thread_id)
    assert (thread.campaign.campaign_id, thread.campaign.name) == (CAMPAIGN, "Winter sale")
    assert thread.campaign.run_id == run.run_id


def test_two_who_turn_out_to_be_one_get_it_once():
    shop = a_shop(number=2)
    shop.shops.settings = replace(shop.shops.settings, marketing={"per_day": 5, "per_week": 5})
    one, other = people(2)
    shop.books()
    run = shop.begins()
    shop.gather(shop.gathering(run), shop.now)
    shop.merges(one, other)
    shop.passes(10 * MINUTE)
    assert len(shop.sent) == 1 and sorted(shop.told(run).values()) == ["merged", "ok"]


def test_whoever_turns_out_to_be_the_third_of_three_gets_it_once():
    shop = CampaignShop(people(3), page_size=1)
    for line in shop.lines:
        shop.knows(line)
    shop.passes(HOUR)
    shop.shops.settings = replace(shop.shops.settings, marketing={"per_day": 5, "per_week": 5})
    one, other, third = sorted(shop.lines, key=lambda line: line.shopper_id)
    shop.books()
    run = shop.begins()
    shop.gather(shop.gathering(run), shop.now)
    shop.run_page(RunPage(MERCHANT, CAMPAIGN, run.run_id, "0"), shop.now)
    shop.merges(other, one)
    shop.merges(third, other)
    shop.passes(10 * MINUTE)
    assert len(shop.sent) == 1
    assert shop.told(run) == {one.shopper_id: "ok", other.shopper_id: "merged", third.shopper_id: "merged"}


def test_a_segment_of_nobody_is_done_at_once():
    shop = CampaignShop(people(1))
    shop.books()
    run = shop.begins()
    shop.passes(MINUTE)
    assert (shop.now_of(run).state, shop.now_of(run).pages) == ("done", 0)


EVENTS = ("pause", "go on", "cancel", "stop word", "writes", "tick")


@settings(max_examples=40, deadline=None)
@given(
    deaths=st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=4),
    events=st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 4), st.integers(0, 600)), max_size=6),
    copies=st.integers(0, 25),
)
def test_whatever_dies_and_comes_twice_nobody_gets_it_twice_and_nobody_is_lost(deaths, events, copies):
    shop = a_shop()
    shop.books()
    run = shop.begins()
    shop.copies = copies
    total = 0
    for after, is_before in deaths:
        total += after
        shop.dies_at.append((total, is_before))
    stopped, cancelled_at = set(), None
    for event, who, seconds in events:
        line = shop.lines[who]
        if event == "pause" and shop.campaign.state == "booked":
            shop.becomes("paused")
        elif event == "go on" and shop.campaign.state == "paused":
            shop.becomes("booked")
        elif event == "cancel" and cancelled_at is None:
            shop.becomes("cancelled")
            cancelled_at = shop.now
        elif event == "stop word":
            shop.writes(line, "STOP")
            stopped.add((line.address.value, shop.now))
        elif event == "writes":
            shop.writes(line, "Hello?")
        shop.passes(timedelta(seconds=seconds))
    if shop.campaign.state == "paused":
        shop.becomes("booked")
    shop.passes(DAY)
    assert shop.wrong_with(run) == []
    assert not [at for _, at, _ in shop.sent if cancelled_at is not None and at > cancelled_at]
    there = shop.recipients(run)
    assert len(there) == shop.now_of(run).shoppers == (5 if shop.now_of(run).pages else 0)
    assert {one.state for one in there} <= {"intended", "skipped"}
    assert shop.counts(run) == counted(there) and sum(len(page.money) for page in shop.pages(run)) == 0
    assert len(shop.sent) == sum(one.status == "sent" for one in there)
    assert money(there) == {}
    for phone, at in stopped:
        assert not [sent_at for to, sent_at, _ in shop.sent if to == phone and sent_at > at]


def works_through(shop: CampaignShop, page: RunPage) -> None:
    """Another has the page too, and whatever they make of it leaves at once."""
    shop.run_page(page, shop.now)
    for _, work in list(shop.queues.works):
        if isinstance(work, Send):
            shop.send(work)


def test_two_workers_who_have_one_page_send_nothing_twice_and_count_it_once():
    for call in range(1, 50):
        shop = a_shop(number=2)
        shop.books()
        run = shop.begins()
        shop.meanwhile = (call, partial(works_through, shop, RunPage(MERCHANT, CAMPAIGN, run.run_id, "0")))
        shop.passes(HOUR)
        assert shop.wrong_with(run) == [] and len(shop.sent) == 2, call
        assert set(shop.told(run).values()) == {"ok"}, call


def test_each_gets_it_when_their_own_clock_shows_the_time():
    dubai = Line("whatsapp", Address("phone", "971501234567"))
    shop = CampaignShop((WHATSAPP, dubai))
    for line in shop.lines:
        shop.knows(line)
    shop.passes(HOUR)
    shop.books(schedule={"once": "2026-12-03T09:30", "zone": "shopper"})
    dry = shop.begins(is_dry=True)
    shop.passes(HOUR)
    at_home = MORNING + DAY - 30 * MINUTE
    shop.passes(at_home - 14 * HOUR - shop.now)  # as the first clock in the world shows it
    run = shop.begins()
    shop.passes(DAY)
    at = {phone: at for phone, at, _ in shop.sent}
    assert at == {"447400123456": at_home, "971501234567": at_home - 4 * HOUR}
    assert {one.at for one in shop.recipients(dry)} == set(at.values())
    assert shop.wrong_with(run) == [] and shop.told(dry) == shop.told(run)


def test_whoever_is_erased_stays_in_the_counts_and_in_no_row():
    shop = a_shop(number=3)
    shop.books()
    run = shop.begins()
    shop.passes(MINUTE)
    shop.campaigns.forget_recipient(MERCHANT, people(1)[0].shopper_id)
    shop.passes(HOUR)
    counts = shop.counts(run)
    assert (counts["shoppers"], counts["intended"], counts["code:erased"]) == (3, 2, 1)
    assert len(shop.recipients(run)) == 2 and shop.wrong_with(run) == []


def test_no_more_are_made_in_a_day_than_the_account_may_write_to():
    lines = tuple(Line("whatsapp", Address("phone", f"4474001234{number:02}")) for number in range(56, 62))
    shop = CampaignShop(lines)
    shop.shops.details["tier"] = "TIER_250"
    for line in lines:
        shop.knows(line)
    shop.passes(2 * DAY)
    for number in range(247):  # others have been written to today
        shop.consents.reach(Reached(MERCHANT, "1", f"sh_other_{number}", shop.now))
    shop.books(content=with_template(shop))
    run = shop.begins()
    shop.passes(HOUR)
    counts = shop.counts(run)
    assert (len(shop.sent), counts["intended"], counts["planned"], counts["held:tier_limit"]) == (3, 3, 3, 3)
    shop.passes(2 * DAY)
    assert len(shop.sent) == 6 and shop.counts(run)["code:ok"] == 6 and shop.wrong_with(run) == []


def test_whoever_waits_for_the_accounts_day_uses_up_no_money_meanwhile():
    lines = tuple(Line("whatsapp", Address("phone", f"4474001234{number:02}")) for number in range(50, 62))
    shop = CampaignShop(lines, page_size=6)
    shop.shops.details["tier"] = "TIER_250"
    for line in lines:
        shop.knows(line)
    shop.passes(2 * DAY)
    for number in range(249):  # others have been written to today
        shop.consents.reach(Reached(MERCHANT, "1", f"sh_other_{number}", shop.now))
    shop.books(content=with_template(shop), limit=Decimal("0.8"), limit_currency="USD")
    run = shop.begins()
    shop.passes(HOUR)
    one = shop.campaigns.spent(run)["USD"]
    assert len(shop.sent) == 1 and shop.counts(run)["how:template"] == 1
    assert sum(page.money["high:USD"] for page in shop.pages(run) if page.money) == one
    shop.passes(3 * DAY)
    assert len(shop.sent) == 12 and shop.campaigns.spent(run) == {"USD": 12 * one}
    assert shop.wrong_with(run) == []


def test_wherever_it_died_the_same_is_known_of_each_message():
    def came(*dies_at: tuple[int, bool]) -> dict[str, tuple[str, ...]]:
        shop = a_shop(WHATSAPP, number=2)
        shop.books()
        run = shop.begins()
        shop.dies_at += dies_at
        shop.passes(HOUR)
        assert shop.deaths == len(dies_at) and shop.wrong_with(run) == []
        found = shop.recipients(run)
        return {one.shopper_id: (one.code, one.how, one.channel, one.country, one.currency) for one in found}

    usual = came()
    assert {country for _, _, _, country, _ in usual.values()} == {"GB"}
    assert all(came((call, is_before)) == usual for call in range(1, 40) for is_before in (True, False))


def test_where_the_channel_tells_later_that_it_takes_no_more_it_stops_too():
    shop = a_shop(number=3)
    shop.books()
    run = shop.begins()
    shop.passes(MINUTE)
    ref = ref_from(MERCHANT, shop.recipients(run)[0].message)
    told = StatusChange(status="failed", at=shop.now, code="131048", limits="marketing")
    follow = FollowRefusal(shop.threads, shop.consents, shop.stop.refused)
    failure = RecordFailure(shop.threads, shop.shops, follow, shop.queues)
    assert failure(ref, "sent 1", status_fact(told), shop.now) is False
    assert (shop.campaign.state, shop.campaign.state_reason) == ("stopped", "spam_limited")
