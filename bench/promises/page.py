"""docs/promises.md: how promises are made, and how the simulated months went."""

from collections.abc import Sequence
from typing import Final

from bench.promises.kept import LEAST, MOST, Month, Share, shares
from bench.promises.shops import CHANNELS, SHOPS
from chalicelib.domain.promise.expected import SHARE_KEPT

_HEAD: Final = """# What shoppers are promised, and whether it was true

A shopper who writes is told when a person will answer. The time is the shop's own: every answer of a person
is counted by the hour of the week in which the shopper wrote, in opening time and by the clock, for each
connection and month. What is promised is the time within which {share:.0%} of such answers came:

- first by the same hour of the week and the hours that are like it; where these tell little, by the whole
  connection; where that tells little too, by the standard hour;
- this month counts more than the last;
- longer when more shoppers wait than is usual at that hour, or for longer; shorter when nobody does;
- a little longer after promises that were broken, shorter when nearly all were kept;
- rounded up to what people say: "within 25 minutes", "by 16:15", "tomorrow from 9:00".

Until a shop has set its hours, no time is promised. A shop that sets a target for a channel promises that.
A conversation that goes on is counted apart: no time is promised for it, and its answers come sooner.

## A simulated month

`python -m bench.promises` writes this page. {count} shops are simulated for thirty days:

{shops}

People come late, have lunch, look into one inbox after the other, answer some from the end; each day is a
little different. Unannounced, somebody is ill, half a desk is away, a system is slow, a sale more than
doubles what is written. Nobody in the simulation knows of promises. Then all that happened is replayed, in
its order, through the rules that measure and promise in production. Promises after the first week count that
a person has answered; what was closed without an answer is not measured.

The rules were made while looking at three other months (seeds 1 to 3).

![Promises kept, day by day, in the first of these months](promises.svg)

A red dot is a day with a shock in one shop or more: who wrote in the evening before, or in its first hour,
was told what was true of other days.

| seed | threads | {channels} | worst |
|---:|---:|{lines}---:|
"""
_AIM: Final = """
Aim: {least:.0%} to {most:.0%} in every channel. Over all these months: {lowest:.1%} to {highest:.1%}.

## What was promised, and what it took

So that the aim is not reached by promising days. In opening time, over all these months; the last column is
how many would have been kept by promising everybody the standard hour.

| channel | promises | kept | told (median) | took (median) | four in five took | the standard hour |
|---|---:|---:|---:|---:|---:|---:|
"""


def page(months: Sequence[Month]) -> str:
    """The whole page; the same for the same seeds."""
    found = {month.seed: shares(month) for month in months}
    every = [share.kept for row in found.values() for share in row]
    names = "\n".join(f"- {shop.name} ({shop.threads} shoppers)" for shop in SHOPS)
    head = _HEAD.format(
        share=SHARE_KEPT,
        count=len(SHOPS),
        shops=names,
        channels=" | ".join(CHANNELS),
        lines="---:|" * len(CHANNELS),
    )
    rows = [_row(month, found[month.seed]) for month in months]
    aim = _AIM.format(least=LEAST, most=MOST, lowest=min(every), highest=max(every))
    return head + "\n".join(rows) + "\n" + aim + "\n".join(_of_channels(months)) + "\n"


def _row(month: Month, found: Sequence[Share]) -> str:
    lowest = min(found, key=lambda share: share.slack)
    told = " | ".join(f"{share.kept:.1%}" for share in found)
    return f"| {month.seed} | {month.threads} | {told} | {lowest.channel} |"


def _of_channels(months: Sequence[Month]) -> list[str]:
    together = Month(0, 0, [one for month in months for one in month.told])
    return [
        f"| {one.channel} | {one.promises} | {one.kept:.1%} | {_minutes(one.told_s)} "
        f"| {_minutes(one.took_s)} | {_minutes(one.most_took_s)} | {one.standard_kept:.1%} |"
        for one in shares(together)
    ]


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
