"""Which news of an order its buyer is told now: the furthest that is new, once, and never backwards."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.domain.commerce.orders import NEVER, Order, Parcel, Refund, is_known, is_placed
from chalicelib.domain.commerce.stages import (
    RANKS,
    Stage,
    awaited,
    begun,
    late_from,
    parcels_of,
    stage_of,
)
from chalicelib.domain.commerce.update_rules import UpdateRules

# What happened longer ago is no news: a shop that was just connected, or was not heard for days, tells old
# things too.
FRESH_FOR: Final = timedelta(hours=36)
# By then an order has mostly arrived. Some shops tell no more of a parcel, or of money that went back, than
# when the order was touched, which may have been for a note that somebody wrote.
_LONG_AGO: Final = timedelta(days=30)
# Of a parcel that was not handed over yet the stage before is as true, should the shop not tell this one.
_STILL_TRUE: Final[tuple[Stage, ...]] = ("in_transit", "shipped", "packed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One message. keys: what is told with it from then on, the first is its own. parcels: those that it is
    about, none where it is about the order. at: when the latest of it happened."""

    stage: Stage
    keys: tuple[str, ...]
    at: datetime
    parcels: tuple[Parcel, ...] = ()
    refund: Refund | None = None


@dataclass(frozen=True, slots=True)
class Updates:
    """tell: now. quiet: keys of what shall never be told. look_at: when a promised day will be over."""

    tell: tuple[Update, ...] = ()
    quiet: tuple[str, ...] = ()
    look_at: datetime | None = None


def updates_due(
    order: Order, told: Collection[str], rules: UpdateRules, zone: ZoneInfo, now: datetime
) -> Updates:
    """told: the keys of the updates that went out, or never shall. zone: the shop's."""
    if rules.on_since is None or not is_known(order) or not is_placed(order):
        return Updates()
    tell: list[Update] = []
    quiet: list[str] = []
    for one in _news(order, told, rules, zone, now):
        is_fresh = max(rules.on_since, now - FRESH_FOR) < one.at
        if is_fresh and rules.tells(one.stage) and not _may_be_old(order, told, one, now):
            tell.append(one)
        else:
            quiet += one.keys
    return Updates(_together(tell), tuple(quiet), _next_look(order, told, rules, zone, now))


def is_overtaken(
    order: Order | None,
    stage: Stage,
    parcel_ids: Sequence[str],
    rules: UpdateRules,
    zone: ZoneInfo,
    now: datetime,
) -> bool:
    """Whether what an update tells is not so any more, or further news says it better."""
    if order is None or order.state == "gone":
        return True
    if stage == "refunded":
        return False
    if stage == "cancelled" or order.state == "cancelled":
        return stage != order.state
    parcels = [one for one in parcels_of(order) if not parcel_ids or one.parcel_id in parcel_ids]
    if stage == "delayed":
        late = (late_from(order, one, zone) for one in (parcels if parcel_ids else awaited(order)))
        return not any(at is not None and at <= now for at in late)
    passed = [_has_passed(stage, one, rules) for one in parcels]
    # Of several parcels it holds as long as it holds for one; of the order, until one is further.
    return all(passed) if parcel_ids else any(passed)


def _has_passed(stage: Stage, parcel: Parcel, rules: UpdateRules) -> bool:
    now = stage_of(parcel)
    if now is None or RANKS[now] <= RANKS[stage]:
        return now is None or RANKS[now] < RANKS[stage]
    between = (one for one in _STILL_TRUE if RANKS[stage] < RANKS[one] <= RANKS[now])
    return now not in _STILL_TRUE or any(rules.tells(one) for one in between)


def _may_be_old(order: Order, told: Collection[str], one: Update, now: datetime) -> bool:
    """Whether nobody knows when it happened: of an old order that is new to us."""
    return not told and one.at == order.at and now - (order.placed_at or order.at) > _LONG_AGO


def _news(
    order: Order, told: Collection[str], rules: UpdateRules, zone: ZoneInfo, now: datetime
) -> Iterator[Update]:
    """What was neither told yet nor passed over."""
    if order.state == "open":
        yield from _of_order(order, told, rules)
        for parcel in parcels_of(order):
            yield from _of_parcel(parcel, told, rules)
        yield from _of_delays(order, told, zone, now)
    elif order.state == "cancelled" and "cancelled" not in told:
        yield Update(stage="cancelled", keys=("cancelled",), at=_changed_at(order, told))
    for refund in order.refunds:
        if (key := f"refunded:{refund.refund_id}") not in told:
            yield Update(stage="refunded", keys=(key,), at=refund.at, refund=refund)


def _of_order(order: Order, told: Collection[str], rules: UpdateRules) -> Iterator[Update]:
    """Placed and confirmed, as long as no parcel says more."""
    if any(stage_of(one) != "packed" or rules.tells("packed") for one in parcels_of(order)):
        return
    furthest, before = begun(order), max((_rank(key) for key in told), default=0)
    ways: tuple[Stage, ...] = ("confirmed", "placed")
    new = [one for one in ways if before < RANKS[one] <= RANKS[furthest]]
    stage = next((one for one in new if rules.tells(one)), None) or (new[0] if new else None)
    if stage is not None:
        placed_at = order.placed_at or order.at
        at = placed_at if stage == "placed" else _changed_at(order, told)
        yield Update(stage=stage, keys=tuple(dict.fromkeys((stage, furthest))), at=at)


def _of_parcel(parcel: Parcel, told: Collection[str], rules: UpdateRules) -> Iterator[Update]:
    now = stage_of(parcel)
    before = max((_rank(key) for key in told if _parcel_id(key) == parcel.parcel_id), default=0)
    if now is None or RANKS[now] <= before:
        return
    ways = [one for one in _STILL_TRUE if before < RANKS[one] <= RANKS[now]] if now in _STILL_TRUE else [now]
    stage = next((one for one in ways if rules.tells(one)), now)
    keys = dict.fromkeys(f"{one}:{parcel.parcel_id}" for one in (stage, now))
    yield Update(stage=stage, keys=tuple(keys), at=parcel.at, parcels=(parcel,))


def _of_delays(order: Order, told: Collection[str], zone: ZoneInfo, now: datetime) -> Iterator[Update]:
    for parcel, key, at in _delays(order, told, zone):
        if at <= now:
            parcels = (parcel,) if parcel is not None else ()
            yield Update(stage="delayed", keys=(key,), at=at, parcels=parcels)


def _next_look(
    order: Order, told: Collection[str], rules: UpdateRules, zone: ZoneInfo, now: datetime
) -> datetime | None:
    if not rules.tells("delayed"):
        return None
    return min((at for _, _, at in _delays(order, told, zone) if at > now), default=None)


def _delays(
    order: Order, told: Collection[str], zone: ZoneInfo
) -> Iterator[tuple[Parcel | None, str, datetime]]:
    """Who was told that the order is late is not told the same of its parcels."""
    if order.state != "open" or "delayed" in told:
        return
    for parcel in awaited(order):
        key = f"delayed:{parcel.parcel_id}" if parcel is not None else "delayed"
        at = late_from(order, parcel, zone)
        if at is not None and key not in told:
            yield parcel, key, at.astimezone(UTC)


def _together(news: Sequence[Update]) -> tuple[Update, ...]:
    """Parcels that have come equally far are one message."""
    found: dict[tuple[Stage, str], Update] = {}
    for one in news:
        place = (one.stage, one.refund.refund_id if one.refund else "")
        other = found.get(place)
        if other is not None:
            keys, parcels = (*other.keys, *one.keys), (*other.parcels, *one.parcels)
            one = replace(other, keys=keys, parcels=parcels, at=max(one.at, other.at))
        found[place] = one
    return tuple(found.values())


def _changed_at(order: Order, told: Collection[str]) -> datetime:
    """When the order as such came to be as it is. Of one that is new to us nobody knows whether its last
    change was the one that counts: then it is as old as the order."""
    return order.at if told else order.placed_at or (order.at if order.at > NEVER else NEVER)


def _rank(key: str) -> int:
    """0 for what is no step on the way."""
    name = key.partition(":")[0]
    return next((rank for stage, rank in RANKS.items() if stage == name), 0)


def _parcel_id(key: str) -> str:
    return key.partition(":")[2]
