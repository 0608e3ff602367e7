"""The shop's own people in DynamoDB."""

from datetime import datetime

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.staff.people import Staff
from chalicelib.ports.errors import Conflict
from chalicelib.storage.errors import answers, undisturbed
from chalicelib.storage.models import StaffItem
from chalicelib.storage.reading import get


class DynamoStaff:
    """The StaffStore on DynamoDB."""

    def staff(self, merchant_id: str) -> list[Staff]:
        """All of a merchant's, by id."""
        with answers():
            found = StaffItem.query(_key(merchant_id), consistent_read=True)
            return [_staff(merchant_id, item) for item in found]

    def staff_member(self, merchant_id: str, staff_id: str) -> Staff | None:
        """One of them."""
        item = get(StaffItem, _key(merchant_id), staff_id)
        return None if item is None else _staff(merchant_id, item)

    def add_staff(self, one: Staff) -> None:
        """Somebody new; written twice it is the same row."""
        item = StaffItem(_key(one.merchant_id), one.staff_id)
        item.name, item.connection_id = one.name, one.connection_id
        item.created_at, item.ends_at = one.created_at, one.ends_at
        with answers():
            item.save()

    def link_staff(self, one: Staff, thread_id: str, at: datetime) -> bool:
        """The second time it finds itself, and keeps the first moment."""
        item = StaffItem(_key(one.merchant_id), one.staff_id)
        is_theirs: Condition = StaffItem.thread_id.does_not_exist() | (StaffItem.thread_id == thread_id)
        linked: list[Action] = [
            StaffItem.thread_id.set(thread_id),
            StaffItem.linked_at.set(StaffItem.linked_at | at),
        ]
        try:
            with answers():
                undisturbed(lambda: item.update(linked, StaffItem.pk.exists() & is_theirs))
        except Conflict:
            return False
        return True

    def remove_staff(self, one: Staff) -> None:
        """Gone, or gone already."""
        with answers():
            StaffItem(_key(one.merchant_id), one.staff_id).delete()


def _key(merchant_id: str) -> str:
    return f"{merchant_id}#staff"


def _staff(merchant_id: str, item: StaffItem) -> Staff:
    return Staff(
        merchant_id=merchant_id,
        staff_id=item.sk,
        name=item.name,
        connection_id=item.connection_id,
        created_at=item.created_at,
        ends_at=item.ends_at,
        thread_id=item.thread_id or "",
        linked_at=item.linked_at,
    )
