"""The three tables under the rehearsals, and their rows as they can be compared between two runs."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from boto3.dynamodb.types import TypeDeserializer
from doubles import moment

from tests.dynamo import TABLES, client_of, definitions, rows_of

# When and how often, not what.
VOLATILE: Final = frozenset(
    {
        *(
            "version",
            "attempt",
            "received_at",
            "noted_at",
            "started_at",
            "heard_at",
            "promised_at",
            "expires_at",
            "found_until",
        ),
        "sealed",  # holds secrets drawn at random
        "paced_ms",
        "next_us",
        "clock_us",  # when we sent
        *("checked_at", "due_at", "since"),
        *("erased_at", "done_at", "rows", "files"),  # when a person was erased, and about how much it was
        *("delivered_up_to", "read_up_to"),  # the platform's moment, later when we sent later
    }
)
_ISO: Final = "%Y-%m-%dT%H:%M:%S.%f%z"
Picture = dict[str, dict[str, Any]]


class Tables:
    """Emptied before each run. beginnings: what stories begin with, by its name."""

    def __init__(self, url: str) -> None:
        self._client = client_of("dynamodb", url)
        self.beginnings: dict[str, Any] = {}
        self._keys = {
            name: [part["AttributeName"] for part in table["KeySchema"]]
            for name, table in definitions().items()
        }

    def empty(self) -> None:
        for table, names in self._keys.items():
            keys = [{name: row[name] for name in names} for row in rows_of(self._client, table)]
            self._write(table, [{"DeleteRequest": {"Key": key}} for key in keys])

    def whole(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """As `fill` takes it."""
        return {table: rows_of(self._client, table) for table in self._keys}

    def fill(self, whole: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        for table, rows in whole.items():
            self._write(table, [{"PutRequest": {"Item": row}} for row in rows])

    def _write(self, table: str, writes: Sequence[Mapping[str, Any]]) -> None:
        for start in range(0, len(writes), 25):
            self._client.batch_write_item(RequestItems={table: writes[start : start + 25]})

    def rows(self, table: str) -> list[dict[str, Any]]:
        read = TypeDeserializer().deserialize
        return [{name: read(value) for name, value in row.items()} for row in rows_of(self._client, table)]

    def next_due(self, until: Mapping[str, datetime]) -> datetime | None:
        """When the first due row is due. Some work comes again for ever: not beyond the moment that is given
        for its kind."""
        found = []
        for row in self.rows("DueTable"):
            at = moment(int(row["due_at"].partition("#")[0]) / 1000)
            kind = json.loads(row["work"])["kind"]
            if kind not in until or at <= until[kind]:
                found.append(at)
        return min(found, default=None)

    def picture(self) -> Picture:
        """Every row by its key, without what may differ: moments of our own, and ids made from them."""
        rows = [row for table in TABLES for row in self.rows(table)]
        # When somebody sent, not what; and a reply goes out where it can't be told.
        # And what only lists what was parked for a while: it stays until its time is over.
        rows = [row for row in rows if not re.search("#(pace|parked)#", row.get("pk", ""))]
        names = dict(_names(rows))
        pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)")
        return dict(
            _plain(row, lambda text: pattern.sub(lambda found: names[found[0]], text)) for row in rows
        )


def _names(rows: Iterable[dict[str, Any]]) -> Iterable[tuple[str, str]]:
    """What stands for the ids and moments of our own messages: the how-manieth of its purpose it is."""
    own = sorted(
        (row for row in rows if row.get("purpose") and "claim" not in row and row["sk"].startswith("m#")),
        key=lambda row: row["sk"],
    )
    own = [row for row in own if row["author"] != "human" or row.get("by")]
    for number, row in enumerate(own):
        name = f"<{row['purpose']} {number}>"
        yield row["message_id"], f"{name} id"
        yield row["sk"].partition("#")[2].partition("#")[0], f"{name} ms"
        yield row["sent_at"], f"{name} at"


def _plain(row: dict[str, Any], renamed: Any) -> tuple[str, dict[str, Any]]:
    kept = {name: value for name, value in row.items() if name not in VOLATILE}
    if "#waits#" in kept.get("pk", "") and "since" not in kept:
        # How long somebody waited for a person, who came when they came.
        kept = {"pk": kept["pk"], "sk": "m"}
    if "#consents#" in kept.get("pk", ""):  # the journal goes by when it was noted
        kept["sk"] = kept["sk"].partition("#")[2]
    if kept.get("pk", "").endswith("#touched"):  # drawn at random each time
        kept.pop("mark")
    if kept.get("sk") == "marketed":
        kept["sent"] = [one.partition(" ")[2] for one in kept.get("sent", ())]
    if "marks" in kept:  # of what a channel refuses, the moment is when it was tried
        kept["marks"] = {name: _untimed(told) for name, told in kept["marks"].items()}
    if "spell" in kept:  # what was told, not when
        spell = json.loads(kept["spell"])
        kept["spell"] = {name: spell[name] for name in spell if name != "told_ms"}
        if "desk" in spell:
            kept["spell"]["desk"] = {name: told for name, told in spell["desk"].items() if name != "at_ms"}
    if "media" in kept:  # a file that we keep ends so long after it was fetched
        media = json.loads(kept["media"])
        kept["media"] = [{name: one[name] for name in one if name != "expires_at"} for one in media]
    if "flow" in (document := json.loads(kept.get("document", "{}"))):  # what came of it, not when
        flow = {name: told for name, told in document["flow"].items() if name != "decided_at"}
        flow["steps"] = [{**step, "at": ""} for step in flow.get("steps", ())]
        kept["document"] = {**document, "flow": flow}
    if re.search("#returns?(_of|_by)?#", kept.get("pk", "")):  # it stands where it was asked for, by its time
        kept |= {name: kept[name].rpartition("#")[2] for name in ("sk", "sort") if name in kept}
    if "return_id" in document:  # the states that it came to, not when
        kept["document"] = {**document, "steps": [{**step, "at": ""} for step in document["steps"]]}
    if kept.get("pk", "").endswith("#touched"):  # that they changed, not in which of our writes
        kept.pop("mark", None)
    if re.search("#(campaign|run|recipient)#", kept.get("pk", "")) and document:  # what came of it, not when
        kept["document"] = _timeless(document)
    if "#caught_up#" in kept.get("pk", ""):  # until when depends on when it was asked
        kept.pop("until")
    if "envelope" in kept:
        envelope = json.loads(kept["envelope"])
        kept["envelope"] = {name: value for name, value in envelope.items() if name != "received_at"}
    plain = json.loads(renamed(json.dumps(kept, default=_json, ensure_ascii=False)))
    return f"{plain.get('pk', plain.get('id'))} {plain.get('sk', '')}", plain


def _timeless(told: Any) -> Any:
    """Without moments, and without how often something was looked at."""
    if isinstance(told, list):
        return [_timeless(one) for one in told]
    if not isinstance(told, dict):
        return told
    moments = ("at", "sent_at", "look_at", "begun_at", "ended_at", "looks", "taken_until")
    return {name: _timeless(one) for name, one in told.items() if name not in moments}


def _untimed(told: str) -> str:
    what = told.partition(" ")[2]
    return what if what in ("unreachable", "capped") else told


def _json(value: Any) -> Any:
    return sorted(value) if isinstance(value, set) else int(value)


def difference(expected: Picture, found: Picture) -> list[str]:
    """What is not as it should be, in lines that can be read."""
    lines = [f"lost: {key} {expected[key]}" for key in sorted(expected.keys() - found.keys())]
    lines += [f"too much: {key} {found[key]}" for key in sorted(found.keys() - expected.keys())]
    for key in sorted(expected.keys() & found.keys()):
        names = expected[key].keys() | found[key].keys()
        for name in sorted(names):
            was, now = expected[key].get(name), found[key].get(name)
            if was != now:
                lines.append(f"{key}: {name} is {now!r}, should be {was!r}")
    return lines
