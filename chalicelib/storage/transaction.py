"""One transaction whose failures can be told apart."""

from contextlib import AbstractContextManager
from types import TracebackType

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib.ports.errors import Conflict
from chalicelib.storage.errors import Cancelled, answers, undisturbed
from chalicelib.storage.models import ShopsRow, ThreadsRow


class Transaction(AbstractContextManager["Transaction"]):
    """Writes all at the end of the `with`, or nothing.

    Raises Refused with the labels of the writes whose condition did not hold; StoreBusy: it may pass later.
    """

    def __init__(self) -> None:
        self._write = TransactWrite(connection=ThreadsRow._get_connection().connection)
        # DynamoDB names failures by place, and PynamoDB sends checks first, then deletes, puts and updates.
        self._checks: list[str] = []
        self._deletes: list[str] = []
        self._puts: list[str] = []
        self._updates: list[str] = []

    def delete(self, label: str, row: Model, condition: Condition | None = None) -> None:
        self._deletes.append(label)
        self._write.delete(row, condition)

    def put(self, label: str, row: Model, condition: Condition | None = None) -> None:
        self._puts.append(label)
        self._write.save(row, condition)

    def update(
        self, label: str, row: Model, actions: list[Action], condition: Condition | None = None
    ) -> None:
        self._updates.append(label)
        self._write.update(row, actions, condition)

    def check(self, label: str, row: ShopsRow | ThreadsRow, condition: Condition) -> None:
        """Only look whether the condition holds."""
        self._checks.append(label)
        self._write.condition_check(type(row), row.pk, row.sk, condition)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            return
        try:
            with answers():
                undisturbed(self._write._commit)
        except Cancelled as cancelled:
            labels = [*self._checks, *self._deletes, *self._puts, *self._updates]
            raise Refused(frozenset(labels[place] for place in cancelled.failed)) from cancelled


class Refused(Conflict):
    """Conditions did not hold: `labels` says whose."""

    def __init__(self, labels: frozenset[str]) -> None:
        super().__init__(f"refused: {', '.join(sorted(labels))}")
        self.labels = labels
