"""A booked campaign whose moment has come: one run for each moment, whatever crashes, and none is lost in
silence."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import pytest
from a_shop_with_campaigns import MERCHANT, TUESDAY, WEEK, World

import schemas
from chalicelib.domain.campaigns.runs import run_id_for
from chalicelib.domain.work import (
    GatherRun,
    MindCampaign,
    RunPage,
    Work,
    due_id,
    work_from_json,
    work_to_json,
)
from chalicelib.ports.errors import StoreBusy

HOUR: Final = timedelta(hours=1)
WORK: Final = MindCampaign(MERCHANT, "cp_1")
RUN: Final = run_id_for("cp_1", TUESDAY)
GATHER: Final = GatherRun(MERCHANT, "cp_1", RUN)


class Killed(Exception):
    """The process is gone."""


@pytest.fixture
def world() -> World:
    made = World()
    made.booked()
    return made


def runs(world: World) -> list[str]:
    return [one.run_id for one in world.store.runs.values() if not one.is_dry]


def test_its_moment_begins_one_run_and_finds_the_next(world: World) -> None:
    for _ in range(2):
        world.mind(WORK, TUESDAY)
    run = world.store.run(MERCHANT, "cp_1", RUN)
    assert run is not None
    assert (runs(world), world.campaign.runs) == ([RUN], (RUN,))
    assert (run.at, run.begun_at, run.is_dry, run.holdout) == (TUESDAY, TUESDAY, False, 0.0)
    assert (world.campaign.next_at, world.due()) == (TUESDAY + WEEK, [(WORK, TUESDAY + WEEK)])
    assert world.queued == [GATHER]
    assert world.store.waiting[due_id(GATHER)].at == TUESDAY
    assert world.happened() == ["book", "began"]
    assert world.campaign.history[-1].about == TUESDAY


@pytest.mark.parametrize("dies_at", range(3))
def test_whatever_crashes_the_same_moment_is_the_same_run(world: World, dies_at: int) -> None:
    left = iter([*[False] * dies_at, True])

    def die() -> None:
        if next(left, False):
            raise Killed

    world.store.before_save = die
    for seconds in range(3):
        try:
            world.mind(WORK, TUESDAY + timedelta(seconds=seconds))
        except Killed:
            continue
    assert (runs(world), world.campaign.runs, world.happened()) == ([RUN], (RUN,), ["book", "began"])
    assert world.due() == [(WORK, TUESDAY + WEEK)]


def test_before_its_moment_nothing_begins(world: World) -> None:
    world.mind(WORK, TUESDAY - timedelta(seconds=1))
    assert (runs(world), world.due()) == ([], [(WORK, TUESDAY)])


@pytest.mark.parametrize("state", ["paused", "stopped", "cancelled", "draft", "done"])
def test_nothing_begins_of_what_is_not_booked(world: World, state: str) -> None:
    world.store.kept[MERCHANT, "cp_1"] = replace(world.campaign, state=state)
    world.mind(WORK, TUESDAY)
    assert (runs(world), world.due()) == ([], [])
    world.mind(MindCampaign(MERCHANT, "cp_9"), TUESDAY)


def test_whoever_pauses_it_in_that_very_moment_is_heard(world: World) -> None:
    def first() -> None:
        world.store.before_save = lambda: None
        world.move("pause", TUESDAY)

    world.store.before_save = first
    world.mind(WORK, TUESDAY)
    assert (world.campaign.state, world.due()) == ("paused", [])


@pytest.mark.parametrize(
    ("late", "what", "run_ids", "next_at"),
    [
        (timedelta(minutes=120), "late", [RUN], TUESDAY + WEEK),
        (timedelta(minutes=120, seconds=1), "skipped", [], TUESDAY + WEEK),
        (2 * WEEK + HOUR, "skipped", [], TUESDAY + 2 * WEEK),
    ],
)
def test_a_missed_moment_is_late_or_left_out_and_said_so(
    world: World, late: timedelta, what: str, run_ids: list[str], next_at: datetime
) -> None:
    world.mind(WORK, TUESDAY + late)
    last = world.campaign.history[-1]
    assert (last.what, last.about, bool(last.words)) == (what, TUESDAY, True)
    assert (runs(world), world.campaign.next_at, world.due()) == (run_ids, next_at, [(WORK, next_at)])
    if what == "skipped":
        assert ("2 moments" in last.words) is (late > WEEK)
        world.mind(WORK, TUESDAY + late)
        assert len(world.campaign.history) == (2 if late < WEEK else 3)


def test_what_has_begun_is_not_left_out_however_late_the_rest_is_written(world: World) -> None:
    saved = iter([None, Killed()])

    def die() -> None:
        error = next(saved, None)
        if error:
            raise error

    world.store.before_save = die
    with pytest.raises(Killed):
        world.mind(WORK, TUESDAY)
    world.mind(WORK, TUESDAY + 9 * HOUR)
    assert (runs(world), world.campaign.runs) == ([RUN], (RUN,))
    assert (world.happened()[-1], world.campaign.next_at) == ("began", TUESDAY + WEEK)


def test_a_resumed_campaign_tells_of_what_it_has_missed(world: World) -> None:
    world.move("pause")
    world.move("resume", TUESDAY + 3 * HOUR)
    assert world.due() == [(WORK, TUESDAY)]
    world.mind(WORK, TUESDAY + 3 * HOUR)
    assert world.happened()[-1] == "skipped"
    assert world.campaign.next_at == TUESDAY + WEEK


def test_it_waits_while_its_segment_is_built_and_stops_without_one(world: World) -> None:
    world.segments.save(replace(world.segment, built_at=None))
    world.mind(WORK, TUESDAY)
    assert (runs(world), world.due()) == ([], [(WORK, TUESDAY + timedelta(minutes=1))])
    assert world.campaign.state == "booked"
    world.segments.remove(MERCHANT, "sg_1")
    world.mind(WORK, TUESDAY + timedelta(minutes=1))
    assert (world.campaign.state, world.campaign.state_reason) == ("stopped", "segment_gone")
    assert world.campaign.state_words.endswith(".")
    assert (runs(world), world.due()) == ([], [])


def test_it_is_done_when_nobody_of_its_last_run_is_left() -> None:
    world = World()
    world.booked(schedule={"once": "2026-11-24T10:00"})
    world.mind(WORK, TUESDAY)
    assert (world.campaign.state, world.campaign.next_at) == ("booked", None)
    minute = timedelta(minutes=1)
    assert world.due() == [(WORK, TUESDAY + minute)]
    world.mind(WORK, TUESDAY + minute)
    assert (world.campaign.state, world.due()) == ("booked", [(WORK, TUESDAY + 2 * minute)])
    for _ in range(3):
        world.gather(GATHER, TUESDAY)
    world.mind(WORK, TUESDAY + 2 * minute)
    assert (world.campaign.state, world.due()) == ("booked", [(WORK, TUESDAY + 17 * minute)])
    for pages in world.store.pages_of.values():
        pages.update({number: replace(page, looks=1) for number, page in pages.items()})
    for _ in range(2):
        world.mind(WORK, TUESDAY + 17 * minute)
    assert (world.campaign.state, world.due()) == ("done", [])
    assert world.happened() == ["book", "began", "done"]


class QueueAway(World):
    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        raise StoreBusy("away")


def test_the_queue_may_be_away_for_a_moment() -> None:
    world = QueueAway()
    world.booked()
    world.mind(WORK, TUESDAY)
    assert world.campaign.runs == (RUN,)


def test_the_segment_is_brought_up_to_date_once_for_each_run(world: World) -> None:
    world.refreshed.clear()
    for _ in range(2):
        world.mind(WORK, TUESDAY)
    assert world.refreshed == [MERCHANT]


def test_what_is_remembered_stays_short(world: World) -> None:
    at = TUESDAY
    for _ in range(60):
        world.mind(WORK, at)
        at += WEEK
    assert (len(world.campaign.runs), len(world.campaign.history), len(runs(world))) == (50, 50, 60)
    assert world.campaign.runs[-1] == run_id_for("cp_1", at - WEEK)


@pytest.mark.parametrize("work", [WORK, GATHER, RunPage(MERCHANT, "cp_1", RUN, "12")])
def test_work_of_campaigns_comes_back_as_its_schema_says(work: Work) -> None:
    told = work_to_json(work)
    schemas.check("work", told)
    assert work_from_json(told) == work
