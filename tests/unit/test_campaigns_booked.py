"""Nothing goes out of a draft; nothing is booked without a dry run of it as it is; whatever is done with a
campaign is done once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from a_shop_with_campaigns import MERCHANT, NOW, TUESDAY, WANTED, WEEK, World

from chalicelib.domain.campaigns.campaigns import MOVES, STATES, holdout_share
from chalicelib.domain.work import MindCampaign
from chalicelib.ports.errors import Conflict, StoreBusy
from chalicelib.services.campaigns.campaigns import NoCampaign, NotNow
from chalicelib.services.campaigns.checks import BadCampaign

HOUR: Final = timedelta(hours=1)
WORK: Final = MindCampaign(MERCHANT, "cp_1")
OTHER_TEXT: Final = {"messages": {"en": {"text": "Bye"}}}
WRONG: Final[dict[str, dict[str, Any]]] = {
    "segment_id": {"segment_id": "sg_2"},
    "schedule": {"schedule": {"once": "2026-11-22T11:00"}},
    "schedule.zone": {"schedule": {"days": ["tue"], "at": "10:00", "zone": "Europe/Nowhere"}},
    "content.messages": {"content": {}},
    "content.fallbacks.first_name.en": {"content": {"messages": {"en": {"text": "Hi {first_name}"}}}},
    "content.templates.cn_9": {
        "content": {"templates": {"cn_9": {"en": {"name": "a", "language": "en"}}}, **OTHER_TEXT}
    },
    "content.templates.cn_wa.en": {
        "content": {"templates": {"cn_wa": {"en": {"name": "a", "language": "en"}}}, **OTHER_TEXT}
    },
    "limit.currency": {"limit": Decimal(5)},
    "content": {"content": {"messages": {"en": {"text": "x" * 4000}}, "on": {"x" * 200_000: {}}}},
}


@pytest.fixture
def world() -> World:
    return World()


def test_a_draft_waits_for_nothing_and_is_written_once(world: World) -> None:
    first = world.draft()
    assert (first.state, first.created_by, first.next_at) == ("draft", "Kim", None)
    assert world.draft(name="Other") == first
    assert world.due() == []
    with pytest.raises(NoCampaign):
        world.campaigns.one(MERCHANT, "cp_2")


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_is_told_with_its_field(world: World, field: str) -> None:
    with pytest.raises(BadCampaign) as told:
        world.draft(**WRONG[field])
    assert told.value.field == field
    assert " " in told.value.message
    assert world.store.campaign(MERCHANT, "cp_1") is None


@pytest.mark.parametrize(
    ("changes", "stays"),
    [
        ({"name": "Autumn"}, True),
        ({"schedule": {"days": ["fri"], "at": "10:00"}}, True),
        ({"limit": Decimal(5), "limit_currency": "USD"}, True),
        ({"content": OTHER_TEXT}, False),
        ({"holdout": 5.0}, False),
    ],
)
def test_a_dry_run_of_something_else_is_forgotten(world: World, changes: dict[str, Any], stays: bool) -> None:
    world.draft()
    tried = world.dry_runs(MERCHANT, "cp_1", NOW)
    after = world.campaigns.change(MERCHANT, "cp_1", replace(WANTED, **changes), NOW)
    assert (after.dry_run_id == tried.dry_run_id) is stays
    assert (after.dry_run_at == NOW) is stays
    same = world.campaigns.change(MERCHANT, "cp_1", replace(WANTED, **changes), NOW)
    assert same == after


def test_what_is_booked_is_not_written_anew(world: World) -> None:
    world.booked()
    with pytest.raises(NotNow) as told:
        world.campaigns.change(MERCHANT, "cp_1", replace(WANTED, name="Autumn"), NOW)
    assert (told.value.code, "Unbook" in told.value.message) == ("not_a_draft", True)
    world.move("cancel")
    with pytest.raises(NotNow) as told:
        world.campaigns.change(MERCHANT, "cp_1", replace(WANTED, name="Autumn"), NOW)
    assert "Write a new one" in told.value.message


def test_booking_needs_a_finished_dry_run_of_today(world: World) -> None:
    world.draft()
    assert refused(world, NOW) == "needs_dry_run"
    world.looks_take_s = 99.0
    world.dry_runs(MERCHANT, "cp_1", NOW)
    assert refused(world, NOW) == "dry_run_goes_on"
    world.looks_take_s = 0.1
    world.dry_runs(MERCHANT, "cp_1", NOW)
    assert refused(world, NOW + 24 * HOUR + timedelta(seconds=1)) == "dry_run_too_old"
    assert world.due() == []
    booked = world.move("book", NOW + 24 * HOUR)
    assert (booked.state, booked.next_at, booked.booked_at) == ("booked", TUESDAY, NOW + 24 * HOUR)
    assert world.due() == [(WORK, TUESDAY)]


def refused(world: World, now: Any) -> str:
    with pytest.raises(NotNow) as told:
        world.move("book", now)
    assert told.value.message.endswith(".")
    return told.value.code


def test_what_has_changed_since_is_checked_again_before_it_is_booked(world: World) -> None:
    world.draft()
    world.dry_runs(MERCHANT, "cp_1", NOW)
    world.segments.remove(MERCHANT, "sg_1")
    with pytest.raises(BadCampaign) as told:
        world.move("book")
    assert told.value.field == "segment_id"


def test_told_again_nothing_changes(world: World) -> None:
    booked = world.booked()
    assert world.move("book") == booked
    paused = world.move("pause")
    assert (paused.next_at, world.due()) == (TUESDAY, [])
    assert world.move("pause") == paused
    resumed = world.move("resume")
    assert (resumed.state, world.due()) == ("booked", [(WORK, TUESDAY)])
    draft = world.move("unbook")
    assert (draft.state, draft.next_at, draft.dry_run_at, world.due()) == ("draft", None, NOW, [])
    gone = world.move("cancel")
    assert (gone.state, gone.next_at) == ("cancelled", None)
    assert world.happened() == ["book", "pause", "resume", "unbook", "cancel"]
    assert {one.by for one in gone.history} == {"Kim"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", MOVES)
def test_a_move_that_is_not_possible_says_what_is(world: World, state: Any, move: str) -> None:
    world.booked()
    world.store.kept[MERCHANT, "cp_1"] = replace(world.campaign, state=state)
    if state in MOVES[move][0] or state == MOVES[move][1]:
        assert world.move(move).state == MOVES[move][1]
        return
    with pytest.raises(NotNow) as told:
        world.move(move)
    assert (told.value.code, told.value.field) == ("not_possible", "do")
    assert state in told.value.message


def test_whoever_comes_first_is_not_overwritten(world: World) -> None:
    world.booked()

    def first() -> None:
        world.store.before_save = lambda: None
        world.move("cancel")

    world.store.before_save = first
    with pytest.raises(NotNow):
        world.move("pause")
    assert (world.campaign.state, world.due()) == ("cancelled", [])


def test_a_campaign_that_others_change_all_the_time_is_tried_again_later(world: World) -> None:
    world.booked()
    world.store.before_save = always_late
    with pytest.raises(StoreBusy):
        world.move("pause")
    world.move("book")
    with pytest.raises(StoreBusy):
        world.mind(WORK, TUESDAY)


def always_late() -> None:
    raise Conflict("somebody else was first")


def test_what_goes_out_right_now_is_not_unbooked(world: World) -> None:
    world.booked()
    world.mind(WORK, TUESDAY)
    with pytest.raises(NotNow) as told:
        world.move("unbook")
    assert told.value.code == "is_going_out"
    run = world.store.run(MERCHANT, "cp_1", world.campaign.runs[-1])
    assert run is not None
    world.store.save_run(replace(run, state="going"))
    assert world.move("unbook").state == "draft"


def test_few_are_never_held_out_unless_somebody_wants_it(world: World) -> None:
    plain = world.draft()
    shares = [holdout_share(plain, 999), holdout_share(plain, 1000)]
    assert shares == [0.0, 10.0]
    assert holdout_share(replace(plain, holdout=0.0), 5000) == 0.0
    assert holdout_share(replace(plain, holdout=25.0), 3) == 25.0


def test_a_campaign_that_stopped_goes_on_when_a_person_says_so(world: World) -> None:
    world.booked()
    known = world.store.kept[MERCHANT, "cp_1"]
    stopped = replace(known, state="stopped", state_reason="quality", state_words="Low.", next_at=TUESDAY)
    world.store.kept[MERCHANT, "cp_1"] = stopped
    gone_on = world.move("resume", TUESDAY + WEEK)
    assert (gone_on.state, gone_on.state_reason, gone_on.state_words) == ("booked", "", "")
