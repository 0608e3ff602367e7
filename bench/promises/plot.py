"""The share of promises kept, day by day and channel by channel, as a picture."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bench.promises.desk import A_MONTH, FIRST_DAY
from bench.promises.kept import LEAST, MOST, Month
from bench.promises.replay import shocked
from bench.promises.shops import CHANNELS

_COLOURS: Final = ("#128c7e", "#0a66c2", "#c13584", "#5f6caf")
_LEFT, _TOP, _WIDTH, _HEIGHT = 60, 40, 720, 300
# A day's share is that of three days around it: on one day few write to some channel.
_AROUND: Final = timedelta(days=1.5)


def svg(month: Month) -> str:
    """Lines over a band in which they should lie; the first week, which is not judged, is grey."""
    drawn = [_line(n, _daily(month, channel)) for n, channel in enumerate(CHANNELS)]
    body = "\n".join([*_frame(), *drawn, *_shocks(month.seed), *_legend()])
    size = f'width="{_LEFT + _WIDTH + 30}" height="{_TOP + _HEIGHT + 60}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">\n'
        f"<title>Promises kept, day by day</title>\n"
        f'<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'
    )


def _daily(month: Month, channel: str) -> Sequence[tuple[float, float]]:
    """Day and share."""
    of_channel = [one for one in month.told if one.wait.channel == channel and one.ended is not None]
    found = []
    for day in range(A_MONTH):
        noon = datetime.combine(FIRST_DAY, time(12), UTC) + timedelta(days=day)
        near = [one.is_kept for one in of_channel if abs(one.at - noon) <= _AROUND]
        if near:
            found.append((day + 0.5, sum(near) / len(near)))
    return found


def _x(day: float) -> float:
    return round(_LEFT + day / A_MONTH * _WIDTH, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _HEIGHT, 1)


def _frame() -> Iterator[str]:
    yield f'<text x="{_LEFT}" y="20">Promises kept, in three days around each day of a simulated month</text>'
    yield (
        f'<rect x="{_LEFT}" y="{_y(MOST)}" width="{_WIDTH}" height="{_y(LEAST) - _y(MOST):.1f}" '
        'fill="#e3f1e3"/>'
    )
    yield (
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_x(7) - _LEFT:.1f}" height="{_HEIGHT}" fill="#888" '
        'fill-opacity="0.15"/>'
    )
    for share in (0.0, 0.25, 0.5, LEAST, MOST, 1.0):
        yield f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{_y(share)}" y2="{_y(share)}" stroke="#ccc"/>'
        yield f'<text x="{_LEFT - 8}" y="{_y(share) + 4}" text-anchor="end">{share:.0%}</text>'
    for day in range(0, A_MONTH + 1, 7):
        yield f'<text x="{_x(day)}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle">day {day}</text>'


def _line(number: int, points: Sequence[tuple[float, float]]) -> str:
    told = " ".join(f"{_x(day)},{_y(share)}" for day, share in points)
    return f'<polyline points="{told}" fill="none" stroke="{_COLOURS[number]}" stroke-width="2"/>'


def _shocks(seed: int) -> Iterator[str]:
    """A mark for each, with what it was to read under the pointer."""
    for day, told in sorted(shocked(seed).items()):
        if day < A_MONTH:
            x, y = _x(day + 0.5), _TOP + _HEIGHT - 6
            yield f'<circle cx="{x}" cy="{y}" r="4" fill="#b00020"><title>{"; ".join(told)}</title></circle>'


def _legend() -> Iterator[str]:
    x, y = _LEFT + 150 * len(CHANNELS), _TOP + _HEIGHT + 44
    yield f'<circle cx="{x}" cy="{y - 4}" r="4" fill="#b00020"/><text x="{x + 10}" y="{y}">a shock</text>'
    for number, channel in enumerate(CHANNELS):
        x, y = _LEFT + 150 * number, _TOP + _HEIGHT + 44
        yield f'<rect x="{x}" y="{y - 6}" width="24" height="3" fill="{_COLOURS[number]}"/>'
        yield f'<text x="{x + 30}" y="{y}">{channel}</text>'
