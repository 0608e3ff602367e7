"""Shoppers: who they are, and which of them are one person."""

from chalice.app import Request, Response

from chalicelib.domain.people import Merge, Person, Proof
from chalicelib.services.people.people import MergedOn, NoSuchShopper, SameShopper
from chalicelib.services.people.phones import phone_in_use
from functions import views
from functions.api import ApiError, as_json, body_of, key_of
from functions.wiring import wired

_NO_SHOPPER = "There is no such shopper."


def read(request: Request, shopper_id: str) -> Response:
    """One shopper. The id of one who was merged answers with the one who stayed."""
    key = key_of(request)
    try:
        person = wired().work.people.person(key.merchant_id, shopper_id)
    except NoSuchShopper:
        raise ApiError(404, "not_found", _NO_SHOPPER) from None
    return as_json(_shown(person) | _merged_into(shopper_id, person))


def merge(request: Request, shopper_id: str) -> Response:
    """This shopper stays, the other one is them. Again, or where they are one already, it changes nothing."""
    key, body = key_of(request, "owner", "agent"), body_of(request, "merge")
    proof = Proof(body["proof"]["kind"], body["proof"].get("note", ""))
    other, now = body["shopper_id"], wired().clock.now()
    try:
        made = wired().work.merge_people(key.merchant_id, shopper_id, other, proof, now, by=key.name)
        person = wired().work.people.person(key.merchant_id, shopper_id)
    except SameShopper:
        raise ApiError(400, "invalid", "A shopper can't be merged with themselves.", "shopper_id") from None
    except NoSuchShopper as error:
        field = "shopper_id" if str(error) == other else ""
        raise ApiError(404, "not_found", _NO_SHOPPER, field) from None
    return as_json(_shown(person) | _merged_into(shopper_id, person) | _merge_id(made))


def unmerge(request: Request, shopper_id: str) -> Response:
    """Two persons again: what the merge moved goes back, what came since stays."""
    key, body = key_of(request, "owner", "agent"), body_of(request, "unmerge")
    now = wired().clock.now()
    try:
        undone = wired().work.unmerge_people(key.merchant_id, shopper_id, body["merge_id"], now)
        person = wired().work.people.person(key.merchant_id, undone.stayed)
    except NoSuchShopper:
        raise ApiError(404, "not_found", "This shopper has no such merge.") from None
    except MergedOn as error:
        text = f"The shopper who stayed was merged into another since: take back {error.merge_id} first."
        raise ApiError(409, "merged_on", text, "merge_id") from None
    return as_json(_shown(person) | _merge_id(undone))


def _shown(person: Person) -> dict[str, object]:
    channels = {one.connection_id: one.channel for one in wired().shops.connections(person.merchant_id)}
    phone = phone_in_use(person, wired().threads)
    return views.shopper(person, channels, wired().work.people.merges(person), phone)


def _merged_into(shopper_id: str, person: Person) -> dict[str, object]:
    return {"merged_into": person.shopper_id} if person.shopper_id != shopper_id else {}


def _merge_id(merge: Merge | None) -> dict[str, object]:
    return {"merge_id": merge.merge_id} if merge else {}
