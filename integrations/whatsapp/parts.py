"""Files and places, as messages and templates write them alike.

Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#media-object
"""

from typing import Any

from chalicelib.domain.content import File, Place
from chalicelib.ports.errors import SendRejected

Body = dict[str, Any]


def media_of(file: File | None, *, caption: str = "", filename: str = "") -> Body:
    """A file by its link, which the platform fetches."""
    if file is None or not file.url:
        raise SendRejected("local", "invalid")
    return {"link": file.url, **filled(caption=caption, filename=filename)}


def place_of(place: Place | None) -> Body:
    if place is None:
        raise SendRejected("local", "invalid")
    where = {"latitude": place.latitude, "longitude": place.longitude}
    return {**where, **filled(name=place.name, address=place.address)}


def filled(**fields: str) -> dict[str, str]:
    """The fields that hold something: the platform refuses empty ones."""
    return {name: value for name, value in fields.items() if value}
