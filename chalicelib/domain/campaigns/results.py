"""What a run's recipients come to: counts by the same names, in a dry run and in what came of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from chalicelib.domain.campaigns.runs import Page, Recipient

# Of those who were written to, in the order of what may follow what; the last two end it.
FUNNEL: Final = (
    *("sent", "delivered", "read", "clicked", "answered", "bought"),
    *("opted_out", "blocked"),
)
# Each shopper is in one of these: together they are the segment.
STATES: Final = ("planned", "intended", "skipped", "held_out")
# With the channel, as far as anybody knows.
ARRIVED: Final = frozenset({"sent", "delivered", "read"})


def counted(recipients: Iterable[Recipient]) -> dict[str, int]:
    """By name: `shoppers`; one of `STATES`; `code:<code>`, why, `code:ok` where it goes out; `held:<code>`,
    why it waited, or waits; `waits:<code>`, for what it waits now; `how:<how>`; `channel:<channel>`; what is
    in `FUNNEL`; `failed`, `uncertain`; `control_bought`, of those who are held out."""
    return dict(Counter(name for one in recipients for name in _names(one)))


def money(recipients: Iterable[Recipient]) -> dict[str, Decimal]:
    """By name and currency, such as `low:EUR`: what it costs, `low` to `high`; `revenue` of those written to,
    `control_revenue` of those held out."""
    sums: dict[str, Decimal] = {}
    for one in recipients:
        for name, amount in _amounts(one):
            sums[name] = sums.get(name, Decimal(0)) + amount
    return {name: amount for name, amount in sums.items() if amount}


def summed(pages: Iterable[Page]) -> dict[str, int]:
    """All of a run's pages together."""
    return dict(sum((Counter(page.counts) for page in pages), Counter[str]()))


def summed_money(pages: Iterable[Page]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for page in pages:
        for name, amount in page.money.items():
            sums[name] = sums.get(name, Decimal(0)) + amount
    return sums


def funnel(counts: Mapping[str, int]) -> dict[str, int]:
    """In its order, with what is 0."""
    return {name: counts.get(name, 0) for name in FUNNEL}


def codes(counts: Mapping[str, int]) -> dict[str, int]:
    """How many for each reason."""
    return _by("code:", counts)


def helds(counts: Mapping[str, int]) -> dict[str, int]:
    """How many had to wait, for each reason."""
    return _by("held:", counts)


def waits(counts: Mapping[str, int]) -> dict[str, int]:
    """How many wait now, for each reason: they are among `codes` too."""
    return _by("waits:", counts)


def of_currency(name: str, sums: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """One of `money`, by currency."""
    found = {key.removeprefix(f"{name}:"): one for key, one in sums.items() if key.startswith(f"{name}:")}
    return dict(sorted(found.items()))


def left_share(counts: Mapping[str, int]) -> tuple[int, float]:
    """How many were written to, and which share of them has blocked the shop or stopped it since."""
    sent, left = counts.get("sent", 0), counts.get("left", 0)
    return sent, left / sent if sent else 0.0


def is_sent(one: Recipient) -> bool:
    """Whether the channel has taken it."""
    return one.status in ARRIVED


def _goes(one: Recipient) -> bool:
    """Whether it goes out, or went, as far as that is decided."""
    return one.state == "intended" or (one.state == "planned" and one.code == "ok")


def _by(prefix: str, counts: Mapping[str, int]) -> dict[str, int]:
    found = {name.removeprefix(prefix): n for name, n in counts.items() if name.startswith(prefix)}
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _names(one: Recipient) -> Iterator[str]:
    yield "shoppers"
    yield one.state
    if one.code:
        yield f"code:{one.code}"
    if one.held:
        yield f"held:{one.held}"
    if one.state == "planned" and one.code not in ("", "ok"):
        yield f"waits:{one.code}"
    if one.state == "held_out":
        if one.is_bought:
            yield "control_bought"
        return
    if not _goes(one):  # whatever was planned for them before
        return
    if one.how:
        yield f"how:{one.how}"
    if one.channel:
        yield f"channel:{one.channel}"
    if one.status in ("failed", "uncertain"):
        yield one.status
    if is_sent(one):
        yield from _followed(one)


def _followed(one: Recipient) -> Iterator[str]:
    """Who has read it has it; who follows its link has seen it, whether or not their phone says so."""
    is_read = one.is_read or one.clicked_at is not None
    told = {
        "sent": True,
        "delivered": one.is_delivered or is_read or one.is_answered,
        "read": is_read,
        "clicked": one.clicked_at is not None,
        "answered": one.is_answered,
        "bought": one.is_bought,
        "opted_out": one.is_opted_out,
        "blocked": one.is_blocked,
        "left": one.is_opted_out or one.is_blocked,
    }
    yield from (name for name, is_so in told.items() if is_so)


def _amounts(one: Recipient) -> Iterator[tuple[str, Decimal]]:
    """Who is left out in the end costs nothing, and what they buy has come of something else."""
    if one.currency and _goes(one):
        yield f"low:{one.currency}", one.low
        yield f"high:{one.currency}", one.high
    is_control = one.state == "held_out"
    if not is_control and not is_sent(one):
        return
    for currency, amount in one.revenue.items():
        yield f"{'control_revenue' if is_control else 'revenue'}:{currency}", amount
