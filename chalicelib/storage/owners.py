"""Who connected an account, as its channel's app knows them: by a hash, so that a row's key names nobody."""

from chalicelib.domain.connections import Connection
from chalicelib.domain.ids import digest
from chalicelib.domain.taking_back import OWNER
from chalicelib.storage.models import OwnerItem


def owner_key(user_id: str) -> str:
    return f"owner#{digest('owner', user_id)}"


def owner_rows(connection: Connection) -> list[OwnerItem]:
    """Its row under the person who connected it; none where the channel has not told who that was."""
    owner = connection.details.get(OWNER)
    return [OwnerItem(owner_key(owner), connection.connection_id)] if owner else []


def without_owner(connection: Connection) -> dict[str, str]:
    """Its details, of which none tells who that was."""
    return {name: value for name, value in connection.details.items() if name != OWNER}
