"""Connections' schedules in DynamoDB: one conditional update each, which also answers what was there."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.pacing import BELIEVED_US, Schedule
from chalicelib.ports.errors import StoreBusy
from chalicelib.ports.pacing import Taken
from chalicelib.storage.models import PaceItem

# Who sends nothing for so long has no schedule: a connection that is gone leaves no row behind.
_KEPT_S: Final = int(timedelta(days=7).total_seconds())


class DynamoPace:
    """The PaceStore on DynamoDB. A condition that did not hold is an answer, not a fault: the row comes with
    it, so that nothing is read first and nobody tries at random."""

    def begin(
        self, merchant_id: str, connection_id: str, lane: str, *, now_us: int, idle_us: int, length_us: int
    ) -> Taken:
        """Let the schedule begin now, where nobody waits."""
        row = _row(merchant_id, connection_id, lane)
        return _update(row, _set(now_us, now_us + length_us), _is_free(idle_us, now_us))

    def extend(
        self, merchant_id: str, connection_id: str, lane: str, *, now_us: int, latest_us: int, length_us: int
    ) -> Taken:
        """Reserve from the free moment on."""
        row = _row(merchant_id, connection_id, lane)
        actions: list[Action] = [PaceItem.next_us.add(length_us), PaceItem.clock_us.set(now_us)]
        in_reach = PaceItem.next_us.between(now_us, latest_us)
        return _update(row, actions, in_reach & (PaceItem.clock_us <= now_us + BELIEVED_US))

    def hold(self, merchant_id: str, connection_id: str, lane: str, *, now_us: int, until_us: int) -> Taken:
        """Have nobody send before `until_us`."""
        row = _row(merchant_id, connection_id, lane)
        return _update(row, _set(now_us, until_us), _is_free(until_us, now_us))


def _row(merchant_id: str, connection_id: str, lane: str) -> PaceItem:
    return PaceItem(f"{merchant_id}#pace#{connection_id}", lane)


def _set(now_us: int, next_us: int) -> list[Action]:
    forgotten = PaceItem.expires_at.set(next_us // 1_000_000 + _KEPT_S)
    return [PaceItem.next_us.set(next_us), PaceItem.clock_us.set(now_us), forgotten]


def _is_free(before_us: int, now_us: int) -> Condition:
    unknown: Condition = PaceItem.next_us.does_not_exist()
    is_past: Condition = PaceItem.next_us < before_us
    is_wrong: Condition = PaceItem.clock_us > now_us + BELIEVED_US
    free: Condition = unknown | is_past | is_wrong
    return free


def _update(row: PaceItem, actions: list[Action], condition: Condition) -> Taken:
    """PynamoDB's own `update` answers the row as it is afterwards, and none where the condition failed."""
    request = row.get_update_kwargs_from_instance(
        actions, condition, return_values_on_condition_failure="ALL_OLD"
    )
    client: Any = PaceItem._get_connection().connection.client
    try:
        answer = client.update_item(**request, ReturnValues="UPDATED_OLD")
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise StoreBusy(error.response["Error"]["Code"]) from error
        answered: Mapping[str, Any] = error.response
        return Taken(False, _schedule(answered.get("Item")))
    except BotoCoreError as error:
        raise StoreBusy(type(error).__name__) from error
    return Taken(True, _schedule(answer.get("Attributes")))


def _schedule(attributes: Mapping[str, Any] | None) -> Schedule | None:
    if not attributes or "next_us" not in attributes:
        return None
    return Schedule(int(attributes["next_us"]["N"]), int(attributes["clock_us"]["N"]))
