"""How WooCommerce's REST API is asked and how it refuses.

Source: woocommerce.github.io/woocommerce-rest-api-docs (authentication, errors, orders)
"""

import base64
import binascii
import json
from typing import Any, Final

from werkzeug import Request, Response

from .faults import Fault
from .state import Json
from .wire import reply
from .woocommerce_orders import STATUSES

_HIDDEN_FROM_ANY: Final = ("trash",)
_WORDS: Final = {401: "Consumer key is invalid.", 403: "Sorry, you cannot view this resource."}


class WooError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code

    @property
    def body(self) -> Json:
        return {"code": self.code, "message": str(self), "data": {"status": self.status}}


def keys(request: Request) -> str:
    """Key and secret, as Basic authentication has them: `key:secret`."""
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    try:
        return base64.b64decode(encoded).decode() if kind == "Basic" else ""
    except (binascii.Error, UnicodeDecodeError):
        return ""


def body_of(request: Request) -> Json:
    try:
        given: Any = json.loads(request.get_data() or b"{}")
    except ValueError:
        raise WooError(400, "rest_invalid_json", "Invalid JSON body passed.") from None
    return given if isinstance(given, dict) else {}


def fits(order: Json, asked: Any) -> bool:
    """Times are compared as text, in UTC or in the shop's zone; both ends are left out."""
    modified = order["date_modified_gmt" if asked.get("dates_are_gmt") == "true" else "date_modified"]
    statuses = asked.get("status", "any").split(",")
    if unknown := [status for status in statuses if status not in (*STATUSES, "any")]:
        raise WooError(400, "rest_invalid_param", f"Invalid parameter(s): status ({unknown[0]})")
    is_of_status = order["status"] in statuses or (
        "any" in statuses and order["status"] not in _HIDDEN_FROM_ANY
    )
    after, before = asked.get("modified_after", ""), asked.get("modified_before", "9")
    return is_of_status and after.removesuffix("Z") < modified < before


def faulty(fault: Fault) -> Response:
    """As a host does it: a page instead of JSON, unless the fault brings a body."""
    status = fault.status or 500
    if fault.body is not None:
        return reply(fault.body, status)
    if status in _WORDS:
        return reply(WooError(status, "woocommerce_rest_cannot_view", _WORDS[status]).body, status)
    return Response(
        "<html><h1>Something is wrong with this site.</h1></html>", status, content_type="text/html"
    )
