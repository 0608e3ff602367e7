"""Whatever people do with a campaign and whenever, and wherever a process dies: each of its moments is begun
once, or told as left out, or passed while it was not booked."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from a_shop_with_campaigns import MERCHANT, NOW, TUESDAY, WEEK, World
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chalicelib.domain.campaigns.campaigns import MOVES
from chalicelib.domain.work import MindCampaign
from chalicelib.services.campaigns.campaigns import NotNow
from chalicelib.services.campaigns.checks import BadCampaign

WORK: Final = MindCampaign(MERCHANT, "cp_1")
ENDS: Final = datetime(2026, 12, 31, tzinfo=UTC)
TOLERANCE: Final = timedelta(minutes=120)


class Killed(Exception):
    """The process is gone."""


class AnyOrder(RuleBasedStateMachine):
    """booked: from when until when it was booked, the last time without an end."""

    def __init__(self) -> None:
        super().__init__()
        self.world, self.now = World(), NOW
        self.world.draft(schedule={"days": ["tue"], "at": "10:00", "end": "2026-12-30"})
        self.booked: list[tuple[datetime, datetime | None]] = []
        self.is_caught_up = True
        self.somebody_moves_it("book", 0)

    @rule(move=st.sampled_from([*MOVES, "book", "resume"]), dies_at=st.integers(0, 3))
    def somebody_moves_it(self, move: str, dies_at: int) -> None:
        if move == "cancel" and self.now < TUESDAY + 2 * WEEK:
            return  # there would be little left to see
        was = self.world.campaign.state
        with suppress(NotNow, BadCampaign, Killed):
            if move == "book" and was == "draft":
                self.world.dry_runs(MERCHANT, "cp_1", self.now)
            self._dying(dies_at, lambda: self.world.move(move, self.now))
        state = self.world.campaign.state
        if state == "booked" and was != "booked":
            self.booked.append((self.now, None))
        if was == "booked" and state != "booked":
            self.booked[-1] = (self.booked[-1][0], self.now)
        self.is_caught_up = False

    @rule(minutes=st.sampled_from([-1, 0, 1, 119, 121]), weeks=st.sampled_from([0, 0, 0, 2]))
    def time_passes(self, minutes: int, weeks: int) -> None:
        """To somewhere around the next of its moments."""
        passed = (self.now - TUESDAY) // WEEK + 1
        at = TUESDAY + (passed + weeks) * WEEK + timedelta(minutes=minutes)
        self.now = max(at, self.now + timedelta(minutes=30))
        self.is_caught_up = False

    @rule(dies_at=st.integers(0, 3))
    def its_work_is_done(self, dies_at: int) -> None:
        """Whether it is due, or comes once more than it should."""
        with suppress(Killed):
            self._dying(dies_at, lambda: self.world.mind(WORK, self.now))
        self._note_the_end()

    @rule()
    def all_that_is_due_is_done(self) -> None:
        for _ in range(30):
            waiting = [one.work for one in self.world.store.due(self.now) if one.work == WORK]
            if not waiting or self.world.campaign.next_at is None:
                break
            self.world.mind(WORK, self.now)
        self._note_the_end()
        self.is_caught_up = True

    def _dying(self, at: int, do: Callable[[], Any]) -> None:
        """at: which write is never made; 0: all are."""
        writes = iter(range(1, 99))

        def write() -> None:
            if next(writes) == at:
                raise Killed

        self.world.store.before_save = write
        try:
            do()
        finally:
            self.world.store.before_save = lambda: None

    def _note_the_end(self) -> None:
        if self.world.campaign.state == "done" and self.booked[-1][1] is None:
            self.booked[-1] = (self.booked[-1][0], self.now)

    def _begun(self) -> list[datetime]:
        return [one.at for one in self.world.store.runs.values() if not one.is_dry]

    @invariant()
    def it_is_minded_exactly_while_it_is_booked(self) -> None:
        waits = any(one.work == WORK for one in self.world.store.waiting.values())
        assert waits == (self.world.campaign.state == "booked")

    @invariant()
    def each_run_is_of_a_moment_and_in_time(self) -> None:
        for run in self.world.store.runs.values():
            if run.is_dry or run.begun_at is None:
                continue
            assert (run.at - TUESDAY) % WEEK == timedelta(0)
            assert run.at <= run.begun_at <= run.at + TOLERANCE
            assert run.at < ENDS

    @invariant()
    def no_moment_is_begun_twice_or_begun_and_left_out(self) -> None:
        begun = self._begun()
        assert len(begun) == len(set(begun))
        told = [one.about for one in self.world.campaign.history if one.what in ("began", "late")]
        assert len(told) == len(set(told))
        assert set(told) <= set(begun)
        left_out = {one.about for one in self.world.campaign.history if one.what == "skipped"}
        assert not left_out & set(begun)

    @precondition(lambda self: self.is_caught_up)
    @invariant()
    def no_moment_is_lost_in_silence(self) -> None:
        """Of those that came while it was booked all the time from before until after."""
        left_out = [one for one in self.world.campaign.history if one.what == "skipped"]
        for begins, ends in self.booked:
            at = TUESDAY
            while at < ENDS:
                if begins < at and at < (ends or self.now) and (ends is None or ends > at + TOLERANCE):
                    is_told = any(one.about is not None and one.about <= at <= one.at for one in left_out)
                    assert at in self._begun() or is_told or ends is not None
                at += WEEK


TestAnyOrder: Final = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
