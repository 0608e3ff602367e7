"""A dry run looks at everybody before anything is booked; a test goes to the shop's own people alone."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from a_shop_with_campaigns import MERCHANT, NOW, TUESDAY, World, a_connection, a_recipient, channel_or_none

from chalicelib.domain.campaigns.lasting import lasts
from chalicelib.domain.content import Content
from chalicelib.domain.events import Address
from chalicelib.domain.gate import Verdict
from chalicelib.domain.staff.people import Staff
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.domain.templates.news import KnownTemplate, template_id_of
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import RunPage
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.services.campaigns.campaigns import NotNow
from chalicelib.services.campaigns.checks import BadCampaign
from chalicelib.services.campaigns.report import Ran
from chalicelib.services.campaigns.try_on_staff import NoStaff, TryOnStaff
from chalicelib.services.sending.judge import Judgement
from chalicelib.services.threads.write_thread import NotFound

MINUTE: Final = timedelta(minutes=1)


def the_dry_run(world: World) -> Ran:
    found = world.report.dry(world.campaign)
    assert found is not None
    return found


def test_everybody_is_looked_at_once_and_nothing_is_sent() -> None:
    world = World(members=5)
    world.draft()
    world.dry_runs(MERCHANT, "cp_1", NOW)
    ran = the_dry_run(world)
    assert (ran.is_finished, ran.run.is_dry, ran.run.shoppers) == (True, True, 5)
    assert (ran.counts["shoppers"], ran.counts["code:ok"]) == (5, 5)
    assert world.queued == []
    assert world.refreshed == [MERCHANT]
    assert world.campaign.state == "draft"


def test_a_large_one_goes_on_by_itself_and_is_the_same_when_asked_again() -> None:
    world = World(members=9)
    world.looks_take_s = 4.0
    world.draft()
    first = world.dry_runs(MERCHANT, "cp_1", NOW)
    assert not the_dry_run(world).is_finished
    world.looks_take_s = 0.1
    again = world.dry_runs(MERCHANT, "cp_1", NOW + 9 * MINUTE)
    assert again.dry_run_id == first.dry_run_id
    assert the_dry_run(world).counts["shoppers"] == 9
    anew = world.dry_runs(MERCHANT, "cp_1", NOW + 9 * MINUTE)
    assert anew.dry_run_id != first.dry_run_id


def test_one_that_nobody_goes_on_with_is_begun_anew() -> None:
    world = World(members=9)
    world.looks_take_s = 99.0
    world.draft()
    first = world.dry_runs(MERCHANT, "cp_1", NOW)
    assert world.dry_runs(MERCHANT, "cp_1", NOW + 11 * MINUTE).dry_run_id != first.dry_run_id


class BusyPages(World):
    def look(self, work: RunPage, now: Any) -> None:
        raise StoreBusy("away")


def test_what_fails_for_a_moment_is_left_to_the_queue() -> None:
    world = BusyPages()
    world.draft()
    world.dry_runs(MERCHANT, "cp_1", NOW)
    assert not the_dry_run(world).is_finished
    assert [work for work, _ in world.due()] == []
    assert len(world.store.waiting) == 2


def test_what_is_written_anew_in_that_moment_needs_a_dry_run_of_its_own() -> None:
    world = World()
    world.draft()
    saves = iter([None, Conflict("somebody was first")])

    def first() -> None:
        error = next(saves, None)
        if error:
            raise error

    world.store.before_save = first
    campaign = world.dry_runs(MERCHANT, "cp_1", NOW)
    assert campaign.dry_run_id == world.campaign.dry_run_id
    assert len(world.store.runs) == 1


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_nobody_tries_what_is_over(state: str) -> None:
    world = World()
    world.draft()
    world.store.kept[MERCHANT, "cp_1"] = replace(world.campaign, state=state)
    with pytest.raises(NotNow):
        world.dry_runs(MERCHANT, "cp_1", NOW)


def test_a_segment_that_is_built_has_to_be_waited_for() -> None:
    world = World()
    world.draft()
    world.segments.save(replace(world.segment, built_at=None))
    with pytest.raises(NotNow) as told:
        world.dry_runs(MERCHANT, "cp_1", NOW)
    assert (told.value.code, told.value.field) == ("segment_is_built", "segment_id")
    assert world.campaign.dry_run_id == ""
    world.segments.remove(MERCHANT, "sg_1")
    with pytest.raises(BadCampaign):
        world.dry_runs(MERCHANT, "cp_1", NOW)


@pytest.mark.parametrize(
    ("messages", "templates", "a_day", "seconds"),
    [
        (0, 0, None, 0),
        (1, 1, None, 0),
        (101, 0, None, 50),
        (101, 100, 100, 50),
        (101, 101, 100, 86400),
        (1000, 250, 100, 2 * 86400 + 24.5),
    ],
)
def test_the_last_message_goes_out_when_speed_and_daily_limit_let_it(
    messages: int, templates: int, a_day: int | None, seconds: float
) -> None:
    assert lasts(messages, templates, 2.0, a_day).total_seconds() == seconds


def test_what_is_expected_goes_by_the_schedule_and_the_accounts() -> None:
    templates = {one: {"en": {"name": "a", "language": "en"}} for one in ("cn_1", "cn_2", "cn_3")}
    world = World(members=5)
    tiers = {"portfolio": "b1", "tier": "TIER_250"}
    world.owns = (
        a_connection("cn_1", "whatsapp", details=tiers),
        a_connection("cn_2", "whatsapp", details=tiers),
        a_connection("cn_3", "whatsapp", details={"portfolio": "b2", "tier": "TIER_250"}),
        a_connection("cn_4", "whatsapp", details={"portfolio": "b3", "tier": "TIER_UNLIMITED"}),
    )
    world.draft()
    world.dry_runs(MERCHANT, "cp_1", NOW)
    expected = world.report.expected(world.campaign, the_dry_run(world), NOW)
    assert (expected.begins_at, expected.ends_at) == (TUESDAY, TUESDAY + timedelta(seconds=2))
    assert expected.a_day is None
    uses = replace(world.campaign, content={**world.campaign.content, "templates": templates})
    assert world.report.expected(uses, the_dry_run(world), NOW).a_day == 500
    templates["cn_4"] = templates["cn_1"]
    assert world.report.expected(uses, the_dry_run(world), NOW).a_day is None
    over = replace(world.campaign, schedule={"once": "2026-11-01T10:00"})
    assert world.report.expected(over, the_dry_run(world), NOW).begins_at is None


def test_what_it_brings_is_told_against_those_who_were_left_alone() -> None:
    world = World(members=80)
    spent = {"EUR": Decimal(10)}
    for number in range(80):
        name = f"sh_{number:05d}"
        is_bought = number % 4 == 0
        changes = {"is_bought": is_bought, "revenue": spent if is_bought else {}}
        if number < 40:
            changes = {"is_bought": number % 2 == 0, "revenue": spent if number % 2 == 0 else {}}
            world.outcomes[name] = a_recipient("", state="intended", status="read", sent_at=NOW, **changes)
        else:
            world.outcomes[name] = a_recipient("", state="held_out", code="held_out", **changes)
    world.draft()
    world.dry_runs(MERCHANT, "cp_1", NOW)
    brought = world.report.brought(the_dry_run(world))
    assert brought is not None
    assert (brought.uplift.difference, brought.revenue) == (0.25, {"EUR": Decimal(100)})
    few = replace(the_dry_run(world), counts={"sent": 29, "held_out": 500})
    assert world.report.brought(few) is None


def test_samples_are_as_different_as_there_are() -> None:
    world = World(members=8)
    world.draft()
    run = replace(the_run_of(world), state="going")
    told = [{"how": how, "channel": "whatsapp", "text": str(n)} for n, how in enumerate("aaabca")]
    for number in range(2):
        page = world.store.page(run, number)
        assert page is not None
        samples = tuple(told[number * 3 : number * 3 + 3])
        world.store.save_page(run, replace(page, samples=samples, look_at=None), None)
    assert [one["how"] for one in the_dry_run(world).samples] == ["a", "b", "c"]


def the_run_of(world: World) -> Any:
    world.dry_runs(MERCHANT, "cp_1", NOW)
    return the_dry_run(world).run


@dataclass
class Chats:
    """The shop's own people and their chats. verdicts: the gate's, by thread."""

    world: World
    people: list[Staff] = field(default_factory=list)
    threads: dict[str, Thread] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    sent: dict[str, tuple[str, Content]] = field(default_factory=dict)
    erased: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.try_out = TryOnStaff(
            self, self, self, self.world, self.judge, self.intend, lambda name: channel_or_none(name)
        )

    def add(self, name: str, channel: str = "telegram", **changes: Any) -> None:
        self.people.append(
            Staff(
                merchant_id=MERCHANT,
                staff_id=f"st_{name}",
                name=name,
                connection_id="cn_1",
                created_at=NOW,
                ends_at=NOW,
                thread_id=changes.pop("thread_id", f"th_{name}"),
            )
        )
        self.threads[f"th_{name}"] = Thread(
            merchant_id=MERCHANT,
            thread_id=f"th_{name}",
            connection_id="cn_1",
            channel=channel,
            shopper_id=f"sh_{name}",
            wire=Address("chat", "1"),
        )

    def staff(self, merchant_id: str) -> list[Staff]:
        return self.people

    def thread(self, merchant_id: str, thread_id: str) -> Thread | None:
        return self.threads.get(thread_id)

    def shop(self, merchant_id: str) -> Any:
        return self.world.shop(merchant_id)

    def connection_and_shop(self, connection_id: str, merchant_id: str) -> Any:
        return None, self.world.shop(merchant_id)

    def judge(self, letter: Any, text: str, shop: Any, now: Any) -> Judgement:
        assert letter.message.purpose == "notice"
        return Judgement(self.verdicts.get(letter.thread.thread_id, Verdict("send")))

    def intend(self, merchant: str, thread: str, purpose: str, content: Content, once: str, now: Any) -> None:
        if thread in self.erased:
            raise NotFound(thread)
        assert purpose == "notice"
        self.sent.setdefault(once, (thread, content))

    def tried(self, *staff_ids: str, language: str = "", once: str = "1") -> dict[str, str]:
        found = self.try_out(self.world.campaign, staff_ids, language, once, NOW)
        return {one.staff.name: one.verdict.code for one in found}


@pytest.fixture
def chats() -> Chats:
    world = World()
    texts = {"en": {"text": "Hi {first_name}"}, "ro": {"text": "Salut {first_name}"}}
    names = {"en": "there", "ro": ""}
    world.draft(content={"messages": texts, "fallbacks": {"first_name": names}})
    made = Chats(world)
    made.add("Kim")
    return made


def test_it_goes_to_the_shops_own_people_once(chats: Chats) -> None:
    chats.add("Lee")
    for _ in range(2):
        assert chats.tried() == {"Kim": "ok", "Lee": "ok"}
    told = {thread: content.text for thread, content in chats.sent.values()}
    assert told["th_Kim"].startswith("Hi Kim")
    assert len(chats.sent) == 2
    assert chats.tried("st_Lee", once="2") == {"Lee": "ok"}
    assert len(chats.sent) == 3


def test_it_comes_in_the_language_that_is_asked_for(chats: Chats) -> None:
    assert chats.tried(language="ro") == {"Kim": "ok"}
    ((_, content),) = chats.sent.values()
    assert content.text.startswith("Salut Kim")


def test_to_whom_it_does_not_go_is_told_with_the_reason(chats: Chats) -> None:
    chats.add("Ann", thread_id="")
    chats.add("Ben", thread_id="th_9")
    chats.add("Cat", channel="whatsapp")
    chats.add("Dan")
    chats.erased = ("th_Dan",)
    chats.verdicts["th_Cat"] = Verdict("skip", "window_closed", "The time is over.")
    found = chats.try_out(chats.world.campaign, (), "", "1", NOW)
    assert {one.staff.name: one.verdict.code for one in found} == {
        "Kim": "ok",
        "Ann": "not_linked",
        "Ben": "no_thread",
        "Cat": "window_closed",
        "Dan": "no_thread",
    }
    closed = next(one for one in found if one.staff.name == "Cat")
    assert closed.verdict.reason.startswith("The channel takes it only after")
    with pytest.raises(NoStaff):
        chats.tried("st_Zoe")


def test_where_only_a_template_is_written_its_words_are_shown(chats: Chats) -> None:
    body = "Hello {{1}}, look at this"
    definition = TemplateDefinition(name="news", language="en", category="marketing", body=body)
    use = {
        "name": "news",
        "language": "en",
        "variables": {"body.1": {"field": "shopper.name", "fallback": "you"}},
    }
    content = {"templates": {"cn_1": {"en": use}}}
    chats.world.store.kept[MERCHANT, "cp_1"] = replace(chats.world.campaign, content=content)
    assert chats.tried() == {"Kim": "no_words"}
    template_id = template_id_of("cn_1", "news", "en")
    chats.world.definitions[template_id] = KnownTemplate(
        connection_id="cn_1", template_id=template_id, definition=definition
    )
    assert chats.tried() == {"Kim": "ok"}
    ((_, told),) = chats.sent.values()
    assert "look at this" in told.text
    assert "Kim" in told.text
