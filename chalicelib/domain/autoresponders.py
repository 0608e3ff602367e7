"""Echoes that no person wrote: the platform's own greetings, away messages and instant replies.

Channels do not say who wrote an echo, so that the moment and the words must do.
"""

from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.threads import QUIET_SPELL

# Nobody reads and types so fast who was not there before.
AT_ONCE: Final = timedelta(seconds=10)
# The same words in so many threads are a machine's; short ones ("Yes, we do!") are said by people too.
THREADS: Final = 3
_WORDS_LIKE_A_PERSONS: Final = 20  # characters


def is_at_once(echo_at: datetime, heard_at: datetime | None, human_at: datetime | None) -> bool:
    """heard_at: the first that the shopper wrote before it and nobody has answered. human_at: when a person
    last wrote; who is at work answers fast."""
    if heard_at is None or not timedelta() <= echo_at - heard_at <= AT_ONCE:
        return False
    return not _was_at_work(echo_at, human_at)


def is_unasked(echo_at: datetime, heard_at: datetime | None, human_at: datetime | None) -> bool:
    """Whether nothing is known that it answers, so that it may have overtaken the words it answers: heard_at,
    human_at as above. Who has waited for longer than AT_ONCE is answered by a person, whatever comes yet."""
    return heard_at is None and not _was_at_work(echo_at, human_at)


def _was_at_work(echo_at: datetime, human_at: datetime | None) -> bool:
    return human_at is not None and timedelta() < echo_at - human_at < QUIET_SPELL


def is_worth_counting(text: str) -> bool:
    """Whether words are long enough to be told from what people say again and again."""
    return len(text.strip()) >= _WORDS_LIKE_A_PERSONS
