"""Segments are what their filters say of everybody, whatever happens in which order, and wherever it dies."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.segments.filters import holds
from chalicelib.domain.segments.profiles import Profile
from chalicelib.domain.work import Due, RefreshSegments, Work
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.segments import MOST_SEGMENTS
from chalicelib.services.segments import build, keep, refresh
from chalicelib.services.segments.build import BuildSegments
from chalicelib.services.segments.keep import KeepSegments, NoSuchSegment, TooManySegments
from chalicelib.services.segments.refresh import EVERY, Refresh, RefreshAll
from tests.segments_in_memory import MemorySegments

MERCHANT: Final = "mt_1"
NOW: Final = datetime(2026, 11, 2, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)
WORK: Final = RefreshSegments(MERCHANT)
SHOPPERS: Final = tuple(f"sh_{letter}" for letter in "abcde")
FILTERS: Final[tuple[Any, ...]] = (
    {"all": []},
    {"tag": "vip"},
    {"last_seen": {"within_days": 3}},
    {"all": [{"last_seen": {"more_days_ago": 2}}, {"not": {"tag": "vip"}}]},
)


@dataclass
class World:
    """Shoppers by what is known of them; each reading of a clock that runs forward costs a second."""

    store: MemorySegments = field(default_factory=MemorySegments)
    people: dict[str, Profile] = field(default_factory=dict)
    queued: list[Work] = field(default_factory=list)
    due: dict[Work, datetime] = field(default_factory=dict)
    read: float = 0.0
    made: list[str] = field(default_factory=list)
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.refresh = Refresh(self.store, self.make, self.seconds)
        self.build = BuildSegments(self.store, self.seconds)
        self.all = RefreshAll(self.store, self.refresh, self.build, self, self, self.seconds)
        self.keep = KeepSegments(self.store, self.refresh, self.build, self, self.seconds)

    def make(self, merchant_id: str, shopper_id: str) -> Profile | None:
        self.made.append(shopper_id)
        return self.people.get(shopper_id)

    def seconds(self) -> float:
        self.read += 1
        return self.read

    def happens(self, shopper_id: str, **changes: Any) -> None:
        known = self.people.get(shopper_id) or Profile(merchant_id=MERCHANT, shopper_id=shopper_id)
        self.people[shopper_id] = replace(known, last_seen=self.now, **changes)
        self.store.touch(MERCHANT, [shopper_id])

    def goes(self, shopper_id: str) -> None:
        self.people.pop(shopper_id, None)
        self.store.touch(MERCHANT, [shopper_id])

    # The DueStore and the Outbox, as far as they are asked.
    def set(self, due: Due) -> None:
        self.due[due.work] = due.at

    def forget(self, work: Work) -> None:
        self.due.pop(work, None)

    def dispatch(self, work: Work, *, delay_s: int = 0, attempt: str = "") -> None:
        self.queued.append(work)

    def work_off(self) -> None:
        """All that is queued, and what it queues."""
        for _ in range(200):
            if not self.queued:
                return
            self.queued.pop()
            self.all(WORK, self.now)
        raise AssertionError("it never ends")

    def tick(self) -> None:
        self.all(WORK, self.now)
        self.work_off()

    def is_exact(self) -> None:
        """Every segment has exactly those for whom its filter holds now."""
        for one in self.store.segments(MERCHANT):
            found = {each for each, who in self.people.items() if holds(one.filter, who, self.now)[0]}
            assert set(self.store.members(MERCHANT, one.segment_id)) == found, one.filter
            assert one.built_at is not None
        known = {one.segment_id for one in self.store.segments(MERCHANT)}
        assert all(not who or key[1] in known for key, who in self.store.member.items())
        assert {shopper_id for _, shopper_id in self.store.profiles} == self.people.keys()


ACTS: Final = st.one_of(
    st.tuples(st.just("happens"), st.sampled_from(SHOPPERS), st.sampled_from([(), ("vip",)])),
    st.tuples(st.just("goes"), st.sampled_from(SHOPPERS)),
    st.tuples(st.just("create"), st.sampled_from(FILTERS)),
    st.tuples(st.just("change"), st.integers(0, 3), st.sampled_from(FILTERS)),
    st.tuples(st.just("remove"), st.integers(0, 3)),
    st.tuples(st.just("passes"), st.timedeltas(timedelta(0), 4 * DAY)),
    st.tuples(st.just("dies"), st.integers(1, 6)),
    st.tuples(st.just("tick")),
)


def act(world: World, what: str, *given: Any) -> None:
    kept = world.keep.all(MERCHANT)
    match what:
        case "happens":
            world.happens(given[0], tags=given[1])
        case "goes":
            world.goes(given[0])
        case "create":
            world.keep.create(MERCHANT, "A segment", given[0], world.now)
        case "change" if given[0] < len(kept):
            world.keep.change(MERCHANT, kept[given[0]].segment_id, "Another", given[1], world.now)
        case "remove" if given[0] < len(kept):
            world.keep.remove(MERCHANT, kept[given[0]].segment_id, world.now)
        case "passes":
            world.now += given[0]
        case "dies":
            dies(world, given[0])
        case "tick":
            world.tick()


def dies(world: World, at: int) -> None:
    """The work dies when somebody is placed for the nth time."""
    left = [at]

    def one_less() -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise StoreBusy("dies here")

    world.store.before_place = one_less
    try:
        world.tick()
    except StoreBusy:
        pass
    finally:
        world.store.before_place = lambda: None


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=14))
def test_whatever_happens_and_wherever_it_dies_segments_are_exact_after_the_next_tick(acts: Any) -> None:
    world = World()
    for one in acts:
        act(world, *one)
    world.keep.create(MERCHANT, "Everybody", {"all": []}, world.now)
    world.tick()
    world.is_exact()


def many(world: World, count: int) -> list[str]:
    found = [f"sh_{number:04d}" for number in range(count)]
    for one in found:
        world.happens(one, tags=("vip",) if one.endswith("7") else ())
    return found


def test_a_new_segment_is_asked_of_everybody_page_by_page_and_goes_on_by_itself() -> None:
    world = World()
    everybody = many(world, 5 * build.PAGE + 1)
    segment = world.keep.create(MERCHANT, "Vip", {"tag": "vip"}, NOW)
    assert world.store.due[-1].work == WORK
    world.all(WORK, NOW)
    assert world.queued.count(WORK) == 2 and world.due[WORK] == NOW + EVERY
    world.work_off()
    world.is_exact()
    assert world.store.count(MERCHANT, segment.segment_id) == sum(one.endswith("7") for one in everybody)
    assert world.store.touched(MERCHANT) == []


def test_while_nothing_happens_a_tick_reads_no_profile() -> None:
    world = World()
    many(world, 3)
    world.keep.create(MERCHANT, "Vip", {"tag": "vip"}, NOW)
    world.work_off()
    placed: list[str] = []
    world.made.clear()
    world.store.before_place = lambda: placed.append("once more")
    world.all(WORK, NOW + EVERY)
    assert (world.made, placed) == ([], [])


def test_without_segments_nothing_is_done_and_nothing_is_due_any_more() -> None:
    world = World()
    many(world, 3)
    world.tick()
    assert (world.due, world.store.profiles, len(world.store.touches)) == ({}, {}, 3)
    segment = world.keep.create(MERCHANT, "All", {"all": []}, NOW)
    world.work_off()
    world.keep.remove(MERCHANT, segment.segment_id, NOW)
    world.work_off()
    world.tick()
    assert (world.due, world.store.leaving) == ({}, [])


def test_a_shop_that_is_gone_has_no_segments_and_nothing_due() -> None:
    world = World()
    many(world, 3)
    for filtered in FILTERS:
        world.keep.create(MERCHANT, "One", filtered, NOW)
    world.work_off()
    for _ in range(2):
        world.keep.remove_all(MERCHANT, NOW)
    world.work_off()
    world.tick()
    assert (world.due, world.keep.all(MERCHANT), any(world.store.member.values())) == ({}, [], False)


def test_whom_somebody_else_places_first_is_let_be() -> None:
    world = World()
    world.happens("sh_a")
    segment = world.keep.create(MERCHANT, "All", {"all": []}, NOW)
    world.work_off()
    world.happens("sh_a", tags=("vip",))

    def another() -> None:
        world.store.before_place = lambda: None
        world.tick()

    world.store.before_place = another
    world.tick()
    world.is_exact()
    assert world.store.members(MERCHANT, segment.segment_id) == ["sh_a"]


def test_a_filter_that_changes_while_people_are_placed_wins() -> None:
    world = World()
    world.happens("sh_a")
    segment = world.keep.create(MERCHANT, "All", {"all": []}, NOW)

    def change() -> None:
        world.store.before_place = lambda: None
        world.keep.change(MERCHANT, segment.segment_id, "Vip", {"tag": "vip"}, NOW)

    world.store.before_place = change
    world.work_off()
    world.is_exact()
    assert world.store.count(MERCHANT, segment.segment_id) == 0


def test_a_filter_that_comes_while_people_are_placed_knows_them_before_it_is_ready() -> None:
    world = World()
    many(world, refresh.PAGE + 1)
    world.keep.create(MERCHANT, "All", {"all": []}, NOW)
    world.queued.clear()

    def create() -> None:
        world.store.before_place = lambda: None
        world.keep.create(MERCHANT, "Vip", {"tag": "vip"}, NOW)
        world.queued.clear()

    world.store.before_place = create
    world.all(WORK, NOW)
    world.work_off()
    world.is_exact()
    assert world.store.touched(MERCHANT) == []


def test_who_is_erased_just_now_stays_touched_and_holds_up_nobody() -> None:
    world = World()
    world.happens("sh_a")
    world.happens("sh_b")
    world.store.not_themselves.add("sh_a")
    segment = world.keep.create(MERCHANT, "All", {"all": []}, NOW)
    world.work_off()
    assert world.store.members(MERCHANT, segment.segment_id) == ["sh_b"]
    assert [one.shopper_id for one in world.store.touched(MERCHANT)] == ["sh_a"]


def test_everybody_is_looked_at_anew_after_a_while_for_what_goes_by_itself() -> None:
    world = World()
    world.happens("sh_a")
    segment = world.keep.create(MERCHANT, "All", {"all": []}, NOW)
    world.work_off()
    world.people.clear()
    world.now += refresh.LOOKED_AT_AGAIN - timedelta(seconds=1)
    world.tick()
    assert world.store.count(MERCHANT, segment.segment_id) == 1
    world.now += timedelta(seconds=1)
    world.tick()
    assert (world.store.count(MERCHANT, segment.segment_id), world.store.profiles) == (0, {})


def test_whoever_looks_sees_what_has_happened_up_to_then() -> None:
    world = World()
    segment = world.keep.create(MERCHANT, "Vip", {"tag": "vip"}, NOW)
    world.work_off()
    for one in range(keep.SAMPLES + 2):
        world.happens(f"sh_{one}", tags=("vip",))
    looked = world.keep.look(MERCHANT, segment.segment_id, NOW)
    assert (looked.count, looked.is_complete) == (keep.SAMPLES + 2, True)
    assert [one.shopper_id for one in looked.samples] == [f"sh_{one}" for one in range(keep.SAMPLES)]


def test_who_looks_at_a_new_segment_of_a_small_shop_sees_all_of_it() -> None:
    world = World()
    many(world, 20)
    world.keep.create(MERCHANT, "All", {"all": []}, NOW)
    world.work_off()
    segment = world.keep.create(MERCHANT, "Vip", {"tag": "vip"}, NOW)
    looked = world.keep.look(MERCHANT, segment.segment_id, NOW)
    assert (looked.count, looked.is_complete) == (2, True)


def test_a_filter_is_tried_without_being_stored() -> None:
    world = World()
    many(world, 20)
    tried = world.keep.try_out(MERCHANT, {"tag": "vip"}, NOW)
    assert (tried.count, tried.is_complete, tried.segment) == (2, True, None)
    assert (world.store.kept, world.queued, world.store.member) == ({}, [], {})


def test_what_can_t_be_found_out_in_time_is_told_to_be_incomplete() -> None:
    world = World()
    many(world, 9 * refresh.PAGE)
    tried = world.keep.try_out(MERCHANT, {"all": []}, NOW)
    assert 0 < tried.count < 9 * refresh.PAGE and not tried.is_complete
    segment = world.keep.create(MERCHANT, "All", {"all": []}, NOW)
    assert not world.keep.look(MERCHANT, segment.segment_id, NOW).is_complete


def test_another_name_asks_nobody_and_another_filter_everybody() -> None:
    world = World()
    world.happens("sh_a")
    made = world.keep.create(MERCHANT, "All", {"all": []}, NOW)
    world.work_off()
    renamed = world.keep.change(MERCHANT, made.segment_id, "Each", {"all": []}, NOW)
    assert (renamed.name, renamed.built_at) == ("Each", NOW)
    assert world.keep.change(MERCHANT, made.segment_id, "Each", {"all": []}, NOW) == renamed
    changed = world.keep.change(MERCHANT, made.segment_id, "Each", {"tag": "vip"}, NOW)
    assert (changed.built_at, changed.build_after) == (None, "")


def test_two_who_change_a_segment_at_once_both_do() -> None:
    world = World()
    made = world.keep.create(MERCHANT, "All", {"all": []}, NOW)

    def another() -> None:
        world.store.before_save = lambda: None
        world.store.save(replace(made, name="Other"))

    world.store.before_save = another
    changed = world.keep.change(MERCHANT, made.segment_id, "Vip", {"tag": "vip"}, NOW)
    assert (changed.name, changed.version) == ("Vip", made.version + 2)


@pytest.mark.parametrize(
    "ask",
    [
        lambda keep: keep.segment(MERCHANT, "sg_1"),
        lambda keep: keep.look(MERCHANT, "sg_1", NOW),
        lambda keep: keep.change(MERCHANT, "sg_1", "One", {"all": []}, NOW),
        lambda keep: keep.remove(MERCHANT, "sg_1", NOW),
    ],
)
def test_a_segment_that_is_not_there_is_told_so(ask: Callable[[KeepSegments], Any]) -> None:
    with pytest.raises(NoSuchSegment):
        ask(World().keep)


def test_the_same_call_again_makes_no_second_segment() -> None:
    world = World()

    def create() -> str:
        return world.keep.create(MERCHANT, "One", {"all": []}, NOW, "a-key").segment_id

    def another() -> None:
        world.store.before_save = lambda: None
        create()

    world.store.before_save = another
    assert create() == create()
    assert len(world.keep.all(MERCHANT)) == 1


def test_a_removed_segment_that_is_made_again_by_the_same_call_has_all_its_members() -> None:
    world = World()
    world.happens("sh_a")
    first = world.keep.create(MERCHANT, "One", {"all": []}, NOW, "a-key")
    world.tick()
    world.keep.remove(MERCHANT, first.segment_id, NOW)
    for segment in (world.keep.create(MERCHANT, "One", {"all": []}, NOW, "a-key") for _ in range(2)):
        world.tick()
        assert world.store.members(MERCHANT, segment.segment_id) == ["sh_a"]
    assert len(world.keep.all(MERCHANT)) == 1


def test_there_may_be_so_many_segments() -> None:
    world = World()
    for _ in range(MOST_SEGMENTS):
        world.keep.create(MERCHANT, "One", {"all": []}, NOW)
    with pytest.raises(TooManySegments):
        world.keep.create(MERCHANT, "One more", {"all": []}, NOW)
