"""How long things are kept before they go by themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.ids import from_ms

# A row that only says where a body lies goes before the body does.
_BEFORE_THE_BODY: Final = timedelta(days=1)
# What is dropped because somebody was erased is dropped for longer than anything of before can come.
_LONGER_THAN_RAW: Final = timedelta(days=30)
_NOTICES: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What a deployment keeps, and how long. messages: with all that leads to them, counted from their own
    time; raw: events as they came, from when they came; media: files, from when they were stored."""

    messages: timedelta = timedelta(days=730)
    raw: timedelta = timedelta(days=30)
    media: timedelta = timedelta(days=90)

    @property
    def marks(self) -> timedelta:
        """How long it is remembered that an address was erased."""
        return self.raw + _LONGER_THAN_RAW

    def of_message(self, sort: str, purpose: str = "") -> int:
        """When a row of a message goes, by its place in the thread. Seconds since 1970.

        A notice is of use for some days, and quotes a shopper in another's thread.
        """
        kept = min(self.messages, _NOTICES) if purpose == "notice" else self.messages
        return seconds(from_ms(int(sort.partition("#")[0])) + kept)

    def of_raw(self, received_at: datetime, *, is_body_apart: bool) -> int:
        """When an event as it came goes. Seconds since 1970."""
        return seconds(received_at + self.raw - (_BEFORE_THE_BODY if is_body_apart else timedelta()))


def seconds(at: datetime) -> int:
    """Seconds since 1970, as DynamoDB's time to live wants them.

    Source: docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html
    """
    return int(at.timestamp())
