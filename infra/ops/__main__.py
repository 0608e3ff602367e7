"""`python -m infra.ops quarantine | replay | redrive | import`. Every line that it prints begins with a
count, but for those that say what is wrong with a list."""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.ports.errors import StoreBusy
from chalicelib.services.receiving.replay import Replay
from infra.ops import quarantine
from infra.ops.quarantine import Group, Quarantine, Wanted
from infra.ops.redrive import NAMES, Redrive
from infra.ops.shoppers import ImportList, Whither
from infra.ops.stack import LOCAL, OpsFailed, Stack, api_url

_KEY: Final = "PARLEY_KEY"
_NOTHING: Final = "nothing is kept under this id"


def main(arguments: list[str] | None = None) -> None:
    """Exits with 0 when it is done, also where there was nothing (left) to do; with 1 and a line when not."""
    chosen = _arguments().parse_args(arguments)
    try:
        if "file" in chosen:
            _import(chosen)
        else:
            chosen.does(Stack(chosen.stage), chosen)
    except (OpsFailed, StoreBusy, BotoCoreError, ClientError) as error:
        sys.exit(f"ops: {' '.join(str(error).split())}")


def _quarantine(stack: Stack, chosen: argparse.Namespace) -> None:
    kept_aside = Quarantine(stack.wiring.threads, stack.owners)
    if chosen.show:
        _show(kept_aside, chosen)
    elif chosen.forget:
        _forget(kept_aside, chosen)
    else:
        _list(kept_aside, chosen)


def _list(kept_aside: Quarantine, chosen: argparse.Namespace) -> None:
    groups = kept_aside.listed(_wanted(chosen), sys.maxsize if chosen.ids else quarantine.MOST_IDS)
    for group, one in sorted(groups.items()):
        more = f" … and {one.count - len(one.ids)} more: --ids" if one.count > len(one.ids) else ""
        _say(one.count, f"{_place(group)}  {' '.join(one.ids)}{more}")
    _say(sum(one.count for one in groups.values()), "in all")


def _show(kept_aside: Quarantine, chosen: argparse.Namespace) -> None:
    kept = kept_aside.one(_wanted(chosen, chosen.show))
    if kept is None:
        raise OpsFailed(_NOTHING)
    print(quarantine.shown(kept, is_revealed=chosen.reveal))


def _forget(kept_aside: Quarantine, chosen: argparse.Namespace) -> None:
    kept = kept_aside.one(_wanted(chosen, chosen.forget))
    if kept is None:
        _say(0, f"forgotten: {_NOTHING}")
        return
    if not chosen.dry_run:
        kept_aside.forget(kept)
    place = _place(quarantine.group_of(kept))
    _say(1, f"{'would be forgotten' if chosen.dry_run else 'forgotten'}  {place}  {kept.row[:12]}")


def _replay(stack: Stack, chosen: argparse.Namespace) -> None:
    wanted = _wanted(chosen, chosen.id)
    kept_aside, total = Quarantine(stack.wiring.threads, stack.owners), 0
    if wanted.id and kept_aside.one(wanted) is None:
        _say(0, f"queued again: {_NOTHING}")
        return
    replay = Replay(stack.wiring.threads, stack.wiring.outbox, is_dry=chosen.dry_run)
    for merchant_id, connection_id in stack.owners(wanted.merchant):
        for reason, count in sorted(replay(merchant_id, connection_id, wanted.is_met_by).items()):
            done = "would be queued again" if chosen.dry_run else "queued again"
            _say(count, f"{done}  {_place(Group(merchant_id, connection_id, reason))}")
            total += count
    _say(total, "in all")


def _redrive(stack: Stack, chosen: argparse.Namespace) -> None:
    redrive, queues = Redrive(stack.sqs, stack.outputs), [chosen.queue] if chosen.queue else list(NAMES)
    counts = redrive.waiting(queues) if chosen.dry_run else redrive(queues)
    for name, count in counts.items():
        _say(count, f"{'would be put' if chosen.dry_run else 'put'} back into {name}")
    _say(sum(counts.values()), "in all")


def _import(chosen: argparse.Namespace) -> None:
    """As a merchant, by the API: it needs their key, and no access to AWS where --url is given."""
    key = chosen.key or os.environ.get(_KEY, "")
    if not key:
        raise OpsFailed(f"name a key of an owner or marketer: --key, or the variable {_KEY}")
    try:
        raw = Path(chosen.file).read_bytes()
    except OSError as error:
        raise OpsFailed(f"the file can't be read: {error.strerror}") from None
    consent = {"how": "import", "purpose": chosen.purpose, "text": chosen.text}
    asked: dict[str, object] = {"connection_id": chosen.connection, "consent": consent}
    asked |= {"country": chosen.country} if chosen.country else {}
    whither = Whither(chosen.url or api_url(chosen.stage), key, asked)
    account = ImportList(whither, sys.stdout, sys.stderr)(raw)
    _say(account.refused, f"refused, of which {account.left_out} are not told by line")
    _say(account.given, "said yes")
    _say(account.withdrawn, "said no")
    _say(account.taken, "taken in")


def _say(count: int, what: str) -> None:
    print(f"{count:7}  {what}", flush=True)


def _place(group: Group) -> str:
    return f"{group.merchant_id or 'nobody'}  {group.connection_id or '-'}  {group.reason}"


def _wanted(chosen: argparse.Namespace, id: str = "") -> Wanted:
    return Wanted(chosen.merchant, chosen.connection, chosen.reason, id)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="infra.ops", description="Look after what did not go through.")
    parser.add_argument("--stage", default=LOCAL, help="the stage on AWS; left out: the local stack")
    commands = parser.add_subparsers(required=True)
    aside = commands.add_parser("quarantine", help="list what is kept aside, by connection and reason")
    aside.set_defaults(does=_quarantine)
    one = aside.add_mutually_exclusive_group()
    one.add_argument("--show", default="", metavar="ID", help="print one event, without what people wrote")
    one.add_argument("--forget", default="", metavar="ID", help="remove one event for good")
    one.add_argument("--ids", action="store_true", help="list every id, not the first few")
    aside.add_argument("--reveal", action="store_true", help="with --show: with what people wrote")
    again = commands.add_parser("replay", help="try again what is kept aside")
    again.set_defaults(does=_replay)
    again.add_argument("--id", default="", help="this event only")
    letters = commands.add_parser("redrive", help="put dead letters back into their queues")
    letters.set_defaults(does=_redrive)
    letters.add_argument("--queue", choices=NAMES, help="of this queue only")
    shoppers = commands.add_parser("import", help="take in a list of shoppers; again changes nothing")
    shoppers.add_argument("file", help="CSV in UTF-8, of any size; its first line names the columns")
    shoppers.add_argument("--connection", required=True, help="where they are to be written to")
    shoppers.add_argument("--key", default="", help=f"of an owner or marketer; or in {_KEY}")
    shoppers.add_argument("--url", default="", help="the API's address; left out: that of the stage")
    shoppers.add_argument("--country", default="", help="in which numbers without + are read, such as RO")
    shoppers.add_argument("--purpose", default="marketing", choices=("marketing", "updates"))
    shoppers.add_argument("--text", default="", help="which text those who said yes were shown")
    _choose_among((aside, again))
    for command in (aside, again, letters):
        command.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    return parser


def _choose_among(commands: Iterable[argparse.ArgumentParser]) -> None:
    for command in commands:
        command.add_argument("--merchant", default="", help="of this merchant only")
        command.add_argument("--connection", default="", help="of this connection only")
        command.add_argument("--reason", default="", help="with this reason only")


if __name__ == "__main__":
    main()
