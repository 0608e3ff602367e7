"""What erasing a person asks of the stores."""

from datetime import datetime
from typing import Protocol

from chalicelib.domain.erasing import Erasure, Gone
from chalicelib.domain.taking_back import Deletion


class ErasingStore(Protocol):
    """Every call names its merchant; nothing crosses. All raise StoreBusy.

    Each call does a bounded part, and done again finds nothing left. Those that answer with an erasure raise
    Conflict when another has moved it on since it was read.
    """

    def erasure(self, merchant_id: str, shopper_id: str) -> Erasure | None:
        """A person's erasing, under any of the shoppers that they were taken for."""

    def begin(self, erasure: Erasure, due_at: datetime) -> None:
        """Write it down, with the row of the work that finishes it; from now on nobody merges them.

        Raises Conflict when it was begun before, or they are not there, not themselves, or being merged.
        """

    def detach(self, erasure: Erasure, now: datetime) -> Erasure:
        """A thread of theirs with its addresses, in one transaction: nobody finds them any more, and each
        address has its mark. What is written to them from now on is written anew. At the next stage when
        nothing was left."""

    def empty(self, merchant_id: str, gone: Gone, now: datetime) -> int:
        """Take away some of a thread's messages, or of the notices that quote it, and all that hangs on them;
        how many rows. 0: none is left."""

    def forget_parked(self, erasure: Erasure, connection_id: str, now: datetime) -> int:
        """What waits for messages that never came, and holds their words."""

    def forget_notices(self, erasure: Erasure, connection_id: str) -> int:
        """What the channel told of the account and names them."""

    def forget_person(self, erasure: Erasure) -> int:
        """Consents, merges, and the rows of those whom they were taken for; how many rows."""

    def move_on(self, erasure: Erasure) -> Erasure:
        """Note how far it has come."""

    def end(self, erasure: Erasure, now: datetime) -> Erasure:
        """The last row of the person goes, and the account of it stays: who asked, when, how much went."""

    def note_deletion(self, deletion: Deletion) -> None:
        """Keep what is told of it; the first is kept."""

    def deletion(self, code: str) -> Deletion | None:
        """What became of it."""
