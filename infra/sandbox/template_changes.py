"""What becomes of a template: the platform decides, and whoever lists or sends it afterwards sees that."""

from typing import Final

from .base import Act, Platform, Refused
from .state import Account, Json, Phone
from .templates import key_of, template_named
from .world import Sandbox

# Events that are no status of their own: a flagged one is still approved.
_STATUSES: Final = {"REINSTATED": "APPROVED", "UNARCHIVED": "APPROVED", "FLAGGED": None, "LOCKED": None}
_TOLD: Final = ("status", "category", "quality", "components")


def remember(sandbox: Sandbox, account: Account, act: Act) -> None:
    """What an event says of a template is so from now on, on every number of the business account."""
    known = template_named(account, _name(act), str(act.more.get("language") or ""))
    changed = _changed(act, known) if known else {}
    if known is None or not changed:
        return
    for each in _sharing(sandbox, account):
        each.templates.setdefault(key_of(known["name"], known["language"]), {}).update(changed)


def change(platform: Platform, account: Account, body: Json) -> Json:
    """The control's way: a template is added, or something of it changes; `tell` false: no webhook says."""
    name, language = str(body.get("name") or ""), str(body.get("language") or "")
    known = template_named(account, name, language)
    if known is None:
        _add(platform, account, body)
        known, body = template_named(account, name, language), {"status": "APPROVED"} | body
        body.pop("components")
    assert known is not None
    for what in (each for each in _TOLD if each in body):
        kind = f"template_{what}"
        about = {"name": name, "language": known["language"], "reason": body.get("reason")}
        more = about | {{"quality": "score"}.get(what, what): body[what]}
        act = Act(kind, _words(body) if what == "components" else "", platform.sandbox.now(), more)
        if body.get("tell", True) and kind in platform.acts:
            platform.acts[kind](account, Phone(account.channel, account.id, "", ""), act)
        remember(platform.sandbox, account, act)
    platform.sandbox.store.flush()
    return template_named(account, name, known["language"]) or {"name": name, "status": "DELETED"}


def _add(platform: Platform, account: Account, body: Json) -> None:
    name, language = body.get("name"), body.get("language")
    if not name or not language or not isinstance(body.get("components"), list):
        raise Refused("a new template needs name, language and components", field="components")
    node = {
        "name": name,
        "language": language,
        "category": str(body.get("category") or "UTILITY"),
        "status": "PENDING",
        "components": body["components"],
        "parameter_format": str(body.get("parameter_format") or "POSITIONAL"),
        "quality_score": {"score": "UNKNOWN"},
        "rejected_reason": "NONE",
    }
    for each in _sharing(platform.sandbox, account):
        number = 800_000_000_000_001 + len(each.templates)
        each.templates[key_of(str(name), str(language))] = node | {"id": str(number)}


def _changed(act: Act, known: Json) -> Json:
    if act.kind == "template_status":
        event = str(act.more.get("event") or act.more.get("status") or "APPROVED").upper()
        status = _STATUSES.get(event, event)
        reason = str(act.more.get("reason") or "NONE")
        return {"status": status, "rejected_reason": reason} if status else {}
    if act.kind == "template_quality":
        return {"quality_score": {"score": act.more.get("score", "RED")}}
    if act.kind == "template_category":
        return {"category": act.more.get("category", "MARKETING")}
    if act.more.get("components"):
        return {"components": act.more["components"]}
    if not act.text:
        return {}
    edited = [each | {"text": act.text} if each["type"] == "BODY" else each for each in known["components"]]
    return {"components": edited}


def _sharing(sandbox: Sandbox, account: Account) -> list[Account]:
    """Numbers of one business account have their templates in common."""
    if not account.waba_id:
        return [account]
    return [each for each in sandbox.state.accounts_on(account.channel) if each.waba_id == account.waba_id]


def _name(act: Act) -> str:
    return str(act.more.get("template") or act.more.get("name") or "")


def _words(body: Json) -> str:
    """What the body says."""
    return next((str(each["text"]) for each in body["components"] if each.get("type") == "BODY"), "")
