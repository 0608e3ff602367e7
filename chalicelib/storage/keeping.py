"""What all parts of the ThreadStore know: how long rows are kept."""

from chalicelib.domain.retention import Retention


class Keeping:
    """kept: as the deployment has chosen."""

    def __init__(self, kept: Retention | None = None) -> None:
        self._kept = kept or Retention()
