"""What time it is: the machine's clock, or one that is read over HTTP and can be moved for trials."""

import json
from datetime import UTC, datetime


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC)


class HttpClock:
    """A clock behind a URL that answers {"now": ISO 8601}. Read afresh each time: it may have been moved."""

    def __init__(self, url: str) -> None:
        self._url = url

    def now(self) -> datetime:
        """Aware UTC. Raises OSError when the clock can't be read: guessing would be worse."""
        from urllib.request import urlopen

        with urlopen(self._url, timeout=5) as answer:
            return datetime.fromisoformat(json.load(answer)["now"]).astimezone(UTC)
