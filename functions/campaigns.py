"""Campaigns: written, tried, booked, paused, and what became of them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from decimal import Decimal
from secrets import token_hex
from typing import Any, Final

from chalice.app import Request, Response

from chalicelib.domain.campaigns.campaigns import BLOCK_LIMIT, Campaign
from chalicelib.domain.campaigns.runs import Run
from chalicelib.domain.ids import stable_id
from chalicelib.domain.merchants import Key, Role
from chalicelib.domain.work import GatherRun
from chalicelib.ports.errors import StoreBusy
from chalicelib.services.campaigns.campaigns import NoCampaign, NotNow, Wanted
from chalicelib.services.campaigns.checks import BadCampaign
from chalicelib.services.campaigns.try_on_staff import NoStaff
from functions import campaign_views
from functions.api import ApiError, as_json, body_of, decoded, encoded, key_of, once_of, query_of
from functions.wiring import wired

_MARKETING: Final[tuple[Role, ...]] = ("owner", "marketer")
_NO_CAMPAIGN: Final = "There is no such campaign."
_MOST_LISTED: Final = 500


def listing(request: Request) -> Response:
    """The latest first, without what they say."""
    key, query = key_of(request), query_of(request)
    limit, before = query.limit(), decoded(query.cursor())
    found = wired().campaigns.campaigns(key.merchant_id, before=before, limit=limit)
    following = encoded(found[-1].campaign_id) if len(found) == limit else None
    return as_json({"items": [campaign_views.in_list(one) for one in found], "next": following})


def create(request: Request) -> Response:
    """A draft. The same `Idempotency-Key` again answers with the same campaign, as it is by then."""
    key, body, once = key_of(request, *_MARKETING), body_of(request, "campaign"), once_of(request)
    campaign_id = stable_id("cp", key.merchant_id, once) if once else f"cp_{token_hex(10)}"
    now = wired().clock.now()
    with _told():
        made = wired().work.campaigns.create(key.merchant_id, campaign_id, _wanted(body), key.name, now)
    return as_json(campaign_views.campaign(made), 201)


def read(request: Request, campaign_id: str) -> Response:
    """With what was planned, and what came of its last run, or of the one that `run` names."""
    key = key_of(request)
    return _shown(_campaign(key, campaign_id), query_of(request).text("run") or "")


def save(request: Request, campaign_id: str) -> Response:
    """A draft, written anew as a whole."""
    key, body = key_of(request, *_MARKETING), body_of(request, "campaign")
    with _told():
        saved = wired().work.campaigns.change(
            key.merchant_id, campaign_id, _wanted(body), wired().clock.now()
        )
    return as_json(campaign_views.campaign(saved))


def move(request: Request, campaign_id: str) -> Response:
    """Booked, paused, resumed, cancelled, or a draft again."""
    key, body = key_of(request, *_MARKETING), body_of(request, "campaign_move")
    with _told():
        moved = wired().work.campaigns.move(
            key.merchant_id, campaign_id, body["do"], key.name, wired().clock.now()
        )
    if body["do"] == "resume" and moved.runs:
        with suppress(StoreBusy):  # its pages come by themselves, only later
            wired().outbox.dispatch(GatherRun(moved.merchant_id, moved.campaign_id, moved.runs[-1]))
    return as_json(campaign_views.campaign(moved))


def begin_dry_run(request: Request, campaign_id: str) -> Response:
    """Waits a moment for it; a large one goes on by itself, and `read_dry_run` shows how far it is."""
    key = key_of(request, *_MARKETING)
    with _told():
        campaign = wired().work.dry_run(key.merchant_id, campaign_id, wired().clock.now())
    return _dry_run(campaign)


def read_dry_run(request: Request, campaign_id: str) -> Response:
    """The last one of the campaign as it is now."""
    return _dry_run(_campaign(key_of(request), campaign_id))


def test(request: Request, campaign_id: str) -> Response:
    """Its message to the shop's own people. The same `Idempotency-Key` again sends nothing twice."""
    key, body = key_of(request, *_MARKETING), body_of(request, "campaign_test")
    now, campaign = wired().clock.now(), _campaign(key, campaign_id)
    once, staff_ids = once_of(request) or now.isoformat(), body.get("staff_ids", ())
    try:
        tried = wired().work.try_on_staff(campaign, staff_ids, body.get("language", ""), once, now)
    except NoStaff:
        text = "There is nobody of this id; `GET /staff` lists them."
        raise ApiError(404, "not_found", text, "staff_ids") from None
    return as_json({"items": [campaign_views.tried(one) for one in tried], "next": None})


def recipients(request: Request, campaign_id: str) -> Response:
    """Of its last run, or of the one that `run` names; as JSON or CSV, in the order of the shoppers' ids."""
    key, query = key_of(request), query_of(request)
    limit, after = query.limit(_MOST_LISTED, 100), decoded(query.cursor())
    is_csv = query.one_of("format", ("json", "csv")) == "csv" or _wants_csv(request)
    run = _run(_campaign(key, campaign_id), query.text("run") or "")
    found = wired().campaigns.listed(run, after=after, limit=limit) if run else []
    following = encoded(found[-1].shopper_id) if len(found) == limit else None
    if not is_csv:
        items = [campaign_views.recipient(one) for one in found]
        return as_json({"run_id": run.run_id if run else None, "items": items, "next": following})
    headers: dict[str, str | list[str]] = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{campaign_id}.csv"',
    }
    if following is not None:
        headers["Next"] = following
    return Response(campaign_views.csv(found, has_head=not after), headers=headers)


def _campaign(key: Key, campaign_id: str) -> Campaign:
    with _told():
        return wired().work.campaigns.one(key.merchant_id, campaign_id)


def _shown(campaign: Campaign, run_id: str) -> Response:
    report, now = wired().work.report_campaign, wired().clock.now()
    dry, real = report.dry(campaign), report.real(campaign, run_id)
    if run_id and real is None:
        raise ApiError(404, "not_found", "The campaign has no such run.", "run")
    shown = campaign_views.campaign(campaign)
    shown["planned"] = campaign_views.dry_run(dry, report.expected(campaign, dry, now)) if dry else None
    shown["run"] = campaign_views.run(real, dry, report.brought(real)) if real else None
    return as_json(shown)


def _dry_run(campaign: Campaign) -> Response:
    report = wired().work.report_campaign
    dry = report.dry(campaign)
    if dry is None:
        text = f"There is none of it as it is now: `POST /campaigns/{campaign.campaign_id}/dry-run`."
        raise ApiError(404, "no_dry_run", text)
    expected = report.expected(campaign, dry, wired().clock.now())
    return as_json(campaign_views.dry_run(dry, expected))


def _run(campaign: Campaign, run_id: str) -> Run | None:
    named = run_id or (campaign.runs[-1] if campaign.runs else campaign.dry_run_id)
    run = wired().campaigns.run(campaign.merchant_id, campaign.campaign_id, named) if named else None
    if run_id and run is None:
        raise ApiError(404, "not_found", "The campaign has no such run.", "run")
    return run


def _wants_csv(request: Request) -> bool:
    return str(request.headers.get("accept", "")).partition(";")[0].strip() == "text/csv"


def _wanted(body: Mapping[str, Any]) -> Wanted:
    limit = body.get("limit") or {}
    return Wanted(
        name=body["name"].strip(),
        segment_id=body["segment_id"],
        schedule=body["schedule"],
        content=body["content"],
        holdout=None if body.get("holdout") is None else float(body["holdout"]),
        limit=Decimal(str(limit["amount"])) if limit else None,
        limit_currency=limit.get("currency", ""),
        block_limit=float(body.get("block_limit", BLOCK_LIMIT)),
        flexible=timedelta(minutes=body.get("flexible_minutes", 0)),
    )


@contextmanager
def _told() -> Iterator[None]:
    """What can't be done, as the API's errors."""
    try:
        yield
    except NoCampaign:
        raise ApiError(404, "not_found", _NO_CAMPAIGN) from None
    except BadCampaign as error:
        if error.field == "segment_id":
            raise ApiError(404, "not_found", error.message, error.field) from None
        raise ApiError(400, "invalid", error.message, error.field) from None
    except NotNow as error:
        raise ApiError(409, error.code, error.message, error.field) from None
