"""Three shoppers who have written on three connections, and how their rows look."""

from datetime import timedelta
from typing import Any, Final

from samples import ANN, NOW, a_thread

from chalicelib.domain.events import Address
from chalicelib.domain.people import Person, Proof
from chalicelib.domain.shoppers import Shopper
from chalicelib.domain.threads import Thread
from chalicelib.ports.people import PeopleStore
from chalicelib.ports.threads import Change
from chalicelib.storage.threads import DynamoThreads
from tests.dynamo import rows_of

BEN: Final = Address("chat", "5501")
EVE: Final = Address("psid", "9901")
CONNECTIONS: Final = {"ann": "cn_one", "ben": "cn_two", "eve": "cn_three"}
ADDRESSES: Final = {"ann": ANN, "ben": BEN, "eve": EVE}
SAID: Final = Proof("said", "on the phone")
LATER: Final = NOW + timedelta(minutes=5)


def wrote(threads: DynamoThreads, merchant: str, name: str, *addresses: Address, number: int = 0) -> Thread:
    """Somebody has written, from one address or several, in a thread of their own."""
    known = addresses or (ADDRESSES[name],)
    thread = a_thread(
        merchant,
        thread_id=f"th_{name}{number or ''}",
        connection_id=CONNECTIONS[name],
        shopper_id=f"sh_{name}",
        wire=known[0],
    )
    who = Shopper(merchant_id=merchant, shopper_id=f"sh_{name}", name=name.title())
    threads.commit(Change(thread=thread, shopper=who, addresses=known))
    return thread


def whose(threads: DynamoThreads, merchant: str, thread_id: str) -> str:
    thread = threads.thread(merchant, thread_id)
    assert thread is not None
    return thread.shopper_id


def found_by(threads: DynamoThreads, merchant: str, name: str) -> str:
    found = threads.find(merchant, CONNECTIONS[name], [ADDRESSES[name]])
    assert found is not None
    return found.shopper_id


def person_of(people: PeopleStore, merchant: str, shopper_id: str) -> Person:
    person = people.person(merchant, shopper_id)
    assert person is not None
    return person


def picture(raw: Any, merchant: str) -> dict[str, Any]:
    """All rows of a merchant, but for versions, and for what is drawn at random with each touch."""
    rows = rows_of(raw, "ThreadsTable")
    own = [row for row in rows if row["pk"]["S"].startswith(f"{merchant}#")]
    plain = {}
    for row in own:
        volatile = ("version", "mark") if row["pk"]["S"].endswith("#touched") else ("version",)
        kept = {name: value for name, value in row.items() if name not in volatile}
        for value in kept.values():
            if "SS" in value:
                value["SS"] = sorted(value["SS"])
        plain[row["pk"]["S"], row["sk"]["S"]] = kept
    return plain


def assert_whole(raw: Any, threads: DynamoThreads, people: PeopleStore, merchant: str) -> None:
    """Every thread and address is listed by just the shopper it points to, who is themselves; nothing is at
    work."""
    rows = picture(raw, merchant)
    owners = {}
    for (key, kind), row in rows.items():
        if kind == "shopper":
            assert "merging" not in row, key
            has_things = {"threads", "addresses"} & row.keys()
            assert not (has_things and "merged_into" in row), key
            for thread in row.get("threads", {"SS": []})["SS"]:
                assert owners.setdefault(thread, key) == key
                assert whose(threads, merchant, thread) == key.split("#")[1]
            for place in row.get("addresses", {"SS": []})["SS"]:
                assert owners.setdefault(place, key) == key
                address = rows[f"{merchant}#address#{place}", "address"]
                assert address["shopper_id"]["S"] == key.split("#")[1]
                assert whose(threads, merchant, address["thread_id"]["S"]) == key.split("#")[1]
    kinds = [kind for _, kind in rows]
    assert len(owners) == kinds.count("thread") + kinds.count("address")
