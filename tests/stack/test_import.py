"""A list of shoppers comes in by the API: who is in it can be written to, asked about and put into segments;
what a line lacks is told; a list that comes again doubles nothing."""

from pathlib import Path
from typing import Any

import pytest
from shop import Json, Merchant, eventually, open_shop

from infra.ops.__main__ import main

AGREED = "2026-01-05T09:30:00Z,I want offers,form 12"
LIST = "\r\n".join(
    (
        "\ufeffPhone;Name;Language;Country;Tags;Consent;Consent_at;Consent_text;Proof;Email",
        f"+40 712 345 678;Ana;ro;;vip;yes;{AGREED.replace(',', ';')};ana@example.com",
        "0712 345 679;Ben;;RO;;;;;;",
        "0712 345 680;Cleo;;RO;;no;;;;",
        "nobody;Dan;;RO;;;;;;",
        "0712 345 681;Eva;;RO;;yes;;I want offers;;",
        f"+40712345682;Fay;en;;;yes;{AGREED.replace(',', ';')};",
    )
)
FAY = "40712345682"


def handed_in(shop: Merchant, expect: int = 202, **body: Any) -> Json:
    answer = shop.call("POST", "/shoppers/import", json=body)
    assert answer.status_code == expect, answer.text
    return dict(answer.json())


def ended(shop: Merchant, import_id: str) -> Json:
    path = f"/imports/{import_id}"
    return eventually(lambda: (found := shop.get(path))["state"] == "done" and found, "the import goes on")


def test_a_list_becomes_shoppers_who_can_be_written_to(stack: Any) -> None:
    shop = open_shop(stack, paused="automatic", country="DE")
    account = shop.connect("whatsapp")
    connection = account.connection["connection_id"]
    stopped = account.newcomer("Fay", phone=f"+{FAY}")
    stopped.writes("STOP")
    fay = stopped.thread()["shopper_id"]
    marketing = f"/shoppers/{fay}/can-send"
    eventually(lambda: shop.get(marketing)["decision"] == "skip", "the stop is not heard")

    found = ended(shop, handed_in(shop, csv=LIST, connection_id=connection)["import_id"])
    assert (found["rows"], found["done"], found["taken"], found["refused"]) == (6, 6, 4, 2)
    assert found["consents"] == {"given": 2, "withdrawn": 1}
    assert [(one["line"], one["column"]) for one in found["errors"]] == [(5, "phone"), (6, "consent_at")]
    assert shop.get(marketing)["decision"] == "skip", "a list is no word of theirs"

    by_tag = handed(shop, {"tag": "vip"})
    assert (by_tag["count"], by_tag["samples"][0]["name"]) == (1, "Ana")
    ana = by_tag["samples"][0]["shopper_id"]
    said = shop.get(f"/shoppers/{ana}/consent")["items"]
    assert [(one["state"], one["how"], one["text"]) for one in said] == [("given", "import", "I want offers")]
    assert handed(shop, {"consent": "marketing"})["count"] == 1
    assert handed(shop, {"connection": connection})["count"] == 4

    again = handed_in(shop, csv=LIST, connection_id=connection)
    assert (again["import_id"], again["state"]) == (found["import_id"], "done")
    other = ended(shop, handed_in(shop, csv=f"{LIST}\r\n", connection_id=connection)["import_id"])
    assert (other["import_id"] == found["import_id"], other["taken"]) == (False, 4)
    assert handed(shop, {"connection": connection})["count"] == 4
    assert len(shop.get(f"/shoppers/{ana}/consent")["items"]) == 1

    shop.call("POST", f"/shoppers/{ana}/erase")
    eventually(lambda: shop.get(f"/shoppers/{ana}/erase")["state"] == "done", "the erasing does not end")
    late = ended(shop, handed_in(shop, csv=f"{LIST}\r\n\r\n", connection_id=connection)["import_id"])
    assert (late["taken"], late["errors"][0]["line"]) == (3, 2)
    assert "erased" in late["errors"][0]["message"]


@pytest.mark.soak
def test_a_large_file_goes_by_the_command_and_again_changes_nothing(
    stack: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = open_shop(stack, paused="automatic", country="RO")
    connection = shop.connect("whatsapp").connection["connection_id"]
    file = tmp_path / "shoppers.csv"
    names = "\n".join(f"07123{number:05d},Shopper {number}" for number in range(60))
    file.write_text(f"phone,name\n{names}\nnobody,Dan\n")
    command = ["import", str(file), "--connection", connection, "--key", shop.key, "--url", stack.api_url]
    for _ in range(2):
        main(command)
        told = capsys.readouterr()
        assert "line 62  phone  " in told.out
        assert [line.split()[0] for line in told.out.splitlines()[1:]] == ["1", "0", "0", "60"]
        assert "] 61 of 61" in told.err
    everybody = {"connection": connection}
    eventually(lambda: handed(shop, everybody)["count"] == 60, "not all of them are there, or some are twice")
    with pytest.raises(SystemExit, match="no such connection"):
        main([*command, "--connection", "cn_nobodys"])


def handed(shop: Merchant, wanted: Json) -> Json:
    """What a filter finds."""
    answer = shop.call("POST", "/segments", json={"name": "Listed", "filter": wanted, "dry": True})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_what_is_no_list_is_refused_with_what_to_do(stack: Any) -> None:
    shop = open_shop(stack)
    connection = shop.connect("whatsapp").connection["connection_id"]
    telegram = shop.connect("telegram").connection["connection_id"]
    small = "phone\n+40712345678\n"
    for body, status, field in (
        ({"csv": "name\nAna\n", "connection_id": connection}, 400, "csv"),
        ({"csv": small, "connection_id": "cn_nobodys"}, 404, "connection_id"),
        ({"csv": small, "connection_id": telegram}, 400, "connection_id"),
        ({"csv": small, "connection_id": connection, "country": "Romania"}, 400, "country"),
        ({"csv": small}, 400, "connection_id"),
    ):
        assert handed_in(shop, status, **body)["error"]["field"] == field
    large = shop.call(
        "POST", "/shoppers/import", json={"csv": "phone\n" * 800_000, "connection_id": connection}
    )
    assert large.status_code == 413 and "infra.ops import" in large.json()["error"]["message"]
    assert (
        shop.call("POST", "/shoppers/sh_1", json={"csv": small, "connection_id": connection}).status_code
        == 404
    )
    as_csv = shop.call(
        "POST",
        "/shoppers/import",
        params={"connection_id": connection, "country": "RO"},
        headers={"Content-Type": "text/csv; charset=utf-8"},
        data="phone,name\n0712345678,Ștefan\n".encode(),
    )
    assert as_csv.status_code == 202, as_csv.text
    assert ended(shop, as_csv.json()["import_id"])["taken"] == 1
    assert shop.call("GET", "/imports/im_nobodys").status_code == 404
