"""What our stores ask for, and whether it is among the access patterns that the models name."""

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final

# What may be read, as the models' docstrings name it: table or index, hash key, range key.
ACCESS_PATTERNS: Final = {
    "ThreadsTable": (
        (r"mt_\w+#address#.*", r"address"),
        (r"mt_\w+#th_.*", r"thread|m#.*"),
        (r"mt_\w+#sh_.*", r"shopper|marketed"),
        (r"mt_\w+#merge#.*", r"merge"),
        (r"mt_\w+#link#.*", r"link"),
        (r"mt_\w+#pointer#.*", r"pointer"),
        (r"mt_\w+#key#.*", r"key"),
        (r"mt_\w+#claim#.*", r"claim"),
        (r"(mt_\w+)?#unreadable#.*", r".*"),
        (r"mt_\w+#held#.*", r""),
        (r"mt_\w+#(notices|news)#.*", r""),
        (r"mt_\w+#selftest#.*", r".*"),
        (r"mt_\w+#consents?#.*", r".*"),
        (r"mt_\w+#unclear", r".*"),
        (r"mt_\w+#reached#.*", r"[hs]#.*"),
        (r"deletion#.*", r"deletion"),
        (r"campaign_link#cl_\w{16}", r"link"),
        (r"mt_\w+#import#im_\w+", r"import|p#.*"),
        (r"mt_\w+#erased#[0-9a-f]{64}", r"erased"),
        (r"mt_\w+#erasure#.*", r"erasure|same"),
        (r"mt_\w+#parked#[0-9a-f]{64}", r""),
        (r"mt_\w+#templates#.*", r"|tp_.*|fetch"),
        (r"mt_\w+#repeated#\w+", r".+"),
        (r"mt_\w+#unanswered#\d{4}-\d\d", r""),
        (r"mt_\w+#quoted#th_.*", r""),
        (r"mt_\w+#cart#\w+#[0-9a-f]{64}", r"cart"),
        (r"mt_\w+#order#\w+#[0-9a-f]{64}", r"order"),
        (r"mt_\w+#buyer#[0-9a-f]{64}", r"[co]#"),
        (r"mt_\w+#bought#\w+", r"[co]#"),
        (r"mt_\w+#number#[0-9a-f]{64}", r"o#"),
        (r"mt_\w+#commerce#\d{4}-\d\d", r""),
        (r"mt_\w+#caught_up#\w+", r"until"),
        (r"mt_\w+#return#.*", r"return"),
        (r"mt_\w+#returns_of#\w+#[0-9a-f]{64}", r""),
        (r"mt_\w+#returns_by#\w+", r""),
        (r"mt_\w+#returns#[a-z]+", r"|\d{13}#.*"),
        (r"mt_\w+#returned#\d{4}-\d\d", r""),
        (r"mt_\w+#campaign#.*", r"campaign"),
        (r"mt_\w+#campaigns", r"|\d{13}#.*"),
        (r"mt_\w+#run#.*", r"run|p#(\d{6})?|spent#|reserved#\d{6,}#[A-Z]{3}"),
        (r"mt_\w+#recipient#.*", r"|rn_\w+(#click)?"),
        (r"mt_\w+#surveys#\d{4}-\d\d", r"|\d{13}#ms_.*#th_.*"),
        (r"mt_\w+#segments", r"|s#.+"),
        (r"mt_\w+#touched", r".*"),
        (r"mt_\w+#turns", r"\d{13}#~"),
        (r"mt_\w+#profiles", r".*"),
        (r"mt_\w+#segment#\w+", r".*"),
    ),
    "ThreadsTable/inbox": ((r"mt_\w+#(open|closed)#\w+", r".*"),),
    "ShopsTable": (
        (r"mt_\w+", r"merchant|settings|key#|connection#|link_key"),
        (r"key#.*", r"key"),
        (r"connection#.*", r"connection"),
        (r"claim#.*", r"claim"),
        (r"apps|merchants", r".*"),
        (r"group#.*", r""),
        (r"owner#[0-9a-f]{64}", r""),
        (r"mt_\w+#waits#\w+", r"m\d{4}-\d\d"),
        (r"mt_\w+#staff", r"|st_.*"),
        (r"mt_\w+#faq", r"a#.*"),
        (r"mt_\w+#contacts#\d{4}-\d\d", r""),
    ),
    "DueTable/due": ((r"\d+", r"\d{13}#~"),),
}
# Counts and indexes may lag a moment; nothing is decided on them that is not decided again.
MAY_LAG: Final = re.compile(r"mt_\w+#(waits|contacts)#[\w-]+")


@dataclass
class Requests:
    """What our stores have asked for: operations and their bodies."""

    made: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def note(self, model: Any, params: Any, **_: Any) -> None:
        self.made.append((model.name, json.loads(params["body"])))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.made]

    def clear(self) -> None:
        self.made.clear()


def check(name: str, body: dict[str, Any]) -> None:
    assert name != "Scan", body
    if name == "Query":
        index = body.get("IndexName")
        hash_key, range_key = _span(body)
        assert _is_named(f"{body['TableName']}/{index}" if index else body["TableName"], hash_key, range_key)
        assert index or body.get("ConsistentRead") or MAY_LAG.fullmatch(hash_key), body
    if name == "GetItem":
        assert _is_named(body["TableName"], body["Key"]["pk"]["S"], body["Key"]["sk"]["S"]), body
        assert body["ConsistentRead"], body
    if name == "BatchGetItem":
        for table, wanted in body["RequestItems"].items():
            assert all(_is_named(table, key["pk"]["S"], key["sk"]["S"]) for key in wanted["Keys"]), body
            assert wanted["ConsistentRead"], body


def _span(body: dict[str, Any]) -> tuple[str, str]:
    """The hash key, and the first end of the range: PynamoDB numbers values as they stand."""
    values = {name: str(*value.values()) for name, value in body["ExpressionAttributeValues"].items()}
    return values[":0"], values.get(":1", "")


def _is_named(place: str, hash_key: str, range_key: str) -> bool:
    return any(
        re.fullmatch(first, hash_key, re.DOTALL) and re.fullmatch(second, range_key, re.DOTALL)
        for first, second in ACCESS_PATTERNS[place]
    )
