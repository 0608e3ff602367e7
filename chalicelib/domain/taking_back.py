"""The person who connected an account takes that back, or wants what is kept of them deleted."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from chalicelib.domain.connections import Connection, Finding

Wish = Literal["deauthorize", "data-deletion"]
WISHES: Final[tuple[Wish, ...]] = ("deauthorize", "data-deletion")
# Under this name a connection's details have the person's id.
OWNER: Final = "owner_id"
TAKEN_BACK: Final = Finding(
    code="permission_taken_back",
    severity="error",
    message="The person who connected this account has taken that back at Meta. Connect it again to answer.",
)


@dataclass(frozen=True, slots=True)
class SignedWish:
    """Who wishes. user_id: as the app that has signed knows them. code: nobody can guess it, and the same
    wish has the same. secret: the one that has signed. issued_at: None where that is not said."""

    user_id: str
    code: str
    secret: str = field(repr=False)
    issued_at: datetime | None


@dataclass(frozen=True, slots=True)
class Deletion:
    """What was done when somebody wanted their data deleted. connections: how many accounts it was about."""

    code: str
    connections: int
    at: datetime


def concerns(connection: Connection, wish: SignedWish, own_app_of: str) -> bool:
    """Whether the wish of a person is about a connection: they connected it, before they wished, with the app
    that has signed. own_app_of: the merchant whose app that is, '' for one that the deployment shares."""
    is_theirs = connection.details.get(OWNER) == wish.user_id
    is_shared = connection.details.get("app") == "shared"
    is_own = connection.merchant_id == own_app_of and wish.secret in connection.signing_secrets
    connected_at = connection.connected_at
    is_since = (
        wish.issued_at is None
        or connected_at is None
        or connected_at.replace(microsecond=0) <= wish.issued_at
    )
    return is_theirs and (is_own if own_app_of else is_shared) and is_since


def callbacks_to_paste(public_url: str, connection: Connection) -> tuple[str, ...]:
    """What is left to click where a merchant's own app is told of whoever connected the account; nothing on
    an app that the deployment shares, and where nobody is known."""
    if connection.details.get("app") == "shared" or OWNER not in connection.details:
        return ()
    of = f"?connection={connection.connection_id}"
    step = (
        "In the app's dashboard at Meta, set the deauthorize callback URL (login product, settings) to "
        f"{public_url}/privacy/deauthorize{of} and the data deletion request URL to "
        f"{public_url}/privacy/data-deletion{of}."
    )
    return (step,)
