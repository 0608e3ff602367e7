"""What has happened to a shop, as whoever stands beside it would tell it: never read from its stores."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from memory_people import MERCHANT

from bench import gate_oracle as oracle
from chalicelib.domain.events import Address
from chalicelib.domain.people import Merge
from chalicelib.domain.shoppers import shopper_id_for, thread_id_for
from chalicelib.services.receiving.pointers import Source

# What is known of a number by its country, from the countries' own numbering plans.
NUMBERS: Final = {
    "447400123456": ("GB", ("Europe/London",)),
    "971501234567": ("AE", ("Asia/Dubai",)),
    "905301234567": ("TR", ("Europe/Istanbul",)),
    "12125550123": ("US", ("America/New_York",)),
    # A mobile number, which tells no more than the country.
    "61412345678": ("AU", ("Australia/Perth", "Australia/Adelaide", "Australia/Sydney")),
}
NUMBERS_OF: Final = {number[:3]: where for number, where in NUMBERS.items()}
AT_HOME: Final = ("GB", ("Europe/London",))


@dataclass(frozen=True)
class Line:
    """Where somebody writes from."""

    channel: str
    address: Address

    @property
    def connection_id(self) -> str:
        return f"cn_{self.channel}"

    @property
    def key(self) -> str:
        if self.address.kind == "phone":
            return f"phone#{self.address.value}"
        return f"{self.connection_id}#{self.address.kind}#{self.address.value}"

    @property
    def shopper_id(self) -> str:
        return shopper_id_for(MERCHANT, self.connection_id, self.address)

    @property
    def thread_id(self) -> str:
        return thread_id_for(MERCHANT, self.connection_id, self.shopper_id)

    @property
    def source(self) -> Source:
        return Source(MERCHANT, self.connection_id, self.channel)

    def __str__(self) -> str:
        return f"{self.channel} {self.address.value}"


@dataclass
class Memory:
    """What has happened, as whoever stands beside the shop would tell it.

    groups: as whom each line is known; two that are one by the line of who stayed. marketed: when marketing
    went to whom. What went to two while they were one stays with who stayed, should they be taken apart.
    """

    groups: dict[Line, Line]
    said: list[oracle.Said] = field(default_factory=list)
    wrote_at: dict[Line, datetime] = field(default_factory=dict)
    human_at: dict[Line, datetime] = field(default_factory=dict)
    capped_at: dict[Line, datetime] = field(default_factory=dict)
    unreachable: set[Line] = field(default_factory=set)
    marketed: list[tuple[datetime, Line]] = field(default_factory=list)
    asked: dict[Line, str] = field(default_factory=dict)
    surveyed: dict[Line, list[str]] = field(default_factory=dict)
    merges: list[tuple[Merge, tuple[Line, ...], Line]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def lines_of(self, line: Line) -> list[Line]:
        """All lines of the person."""
        return [one for one in self.groups if self.groups[one] == self.groups[line]]

    def where(self, line: Line) -> tuple[str, tuple[str, ...]]:
        """By the number that is written to, else by the person's numbers; of two countries nobody knows."""
        if line.address.kind == "phone":
            return NUMBERS_OF[line.address.value[:3]]
        numbers = [one.address.value for one in self.lines_of(line) if one.address.kind == "phone"]
        found = {NUMBERS_OF[number[:3]] for number in numbers}
        if len(found) > 1:
            return "", ()
        return next(iter(found), AT_HOME)

    def forbidden(self, sent: oracle.Sent, line: Line, rules: oracle.Shop) -> list[str]:
        """Which rules it broke to send this, by all that has happened."""
        theirs = self.lines_of(line)
        keys = {one.key for one in theirs}
        country, zones = self.where(line)
        shopper = oracle.Shopper(
            said=[one for one in self.said if one.address in keys],
            country=country,
            zones=zones,
            wrote_at=self.wrote_at.get(line),
            human_at=self.human_at.get(line),
            marketed=[at for at, to in self.marketed if to in theirs],
            capped_at=self.capped_at.get(line),
            is_unreachable=line in self.unreachable,
        )
        return [f"{rule}: {sent}" for rule in oracle.forbidden(sent, shopper, rules)]
