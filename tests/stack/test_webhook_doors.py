"""Who may speak at a webhook: the platform that signed exactly these bytes, and nobody else."""

import json
from typing import Any, Final

import pytest
import requests
from shop import KINDS, Account, Shopper, eventually, open_shop, together

META: Final = [kind for kind in KINDS if kind != "telegram"]
QUESTION: Final = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}


def test_what_is_not_signed_as_it_must_be_is_refused_and_not_stored(stack: Any) -> None:
    def knock(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        body = dropped_words(account, "Nobody signed this")
        assert account.deliver(body, sign=False) in (401, 403)
        assert account.deliver(body, sign="wrong") in (401, 403)
        url = account.connection["webhook_url"]
        empty = {"X-Hub-Signature-256": "", "X-Telegram-Bot-Api-Secret-Token": ""}
        odd = {"X-Hub-Signature-256": "sha256=é", "X-Telegram-Bot-Api-Secret-Token": "é"}
        for headers in (empty, {name: value.encode("latin-1") for name, value in odd.items()}):
            assert requests.post(url, json=body, headers=headers, timeout=30).status_code in (401, 403)
        assert requests.post(url + "x", json=body, timeout=30).status_code in (401, 403)
        only_these_are_stored(account, "Signed")

    together(knock)


def test_a_body_that_was_written_anew_is_refused(stack: Any) -> None:
    """The signature is over bytes: the same JSON in other bytes is another body."""

    def knock(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        body = dropped_words(account, "Caf\u00e9 / tea?")
        signed = json.dumps(body, separators=(",", ":")).encode()
        anew = json.dumps(body, ensure_ascii=False).encode()
        assert account.knock(anew, signed) in (401, 403)
        assert account.knock(signed + b" ", signed) in (401, 403)
        assert account.knock(signed) == 200
        only_these_are_stored(account, "Caf\u00e9 / tea?", "Signed")

    together(knock, META)


def test_bytes_that_are_no_text_arrive_exactly(stack: Any) -> None:
    """Whatever the platform signed is taken: the bytes are those that were sent."""

    def deliver(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        words = json.dumps(dropped_words(account, "Hello")).encode()
        for body in (words.replace(b"Hello", b"Hell\xff\xfe\x00"), bytes(range(256)), b""):
            assert account.deliver(body) == 200
        only_these_are_stored(account, "Signed")

    together(deliver)


def test_emoji_and_escapes_arrive_as_they_were_written(stack: Any) -> None:
    texts = ['👩‍👩‍👧 ça va ? / \\ " <b>', "مرحبا", "\u200eЁж 漢字", "x" * 3000]

    def deliver(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        ana = account.shopper("Ana Popescu")
        for seconds_ago, text in enumerate(reversed(texts)):
            ana.does("text", text=text, at=seconds_ago)
        everything_arrives(ana, texts)

    together(deliver)


def everything_arrives(ana: Shopper, texts: list[str]) -> None:
    ana.thread_id = eventually(ana.account.threads, "no thread")[0]["thread_id"]
    eventually(lambda: len(ana.rows("shopper")) == len(texts), "not every text arrived")
    assert [row["text"] for row in ana.rows("shopper")] == texts


def test_the_handshake_answers_who_knows_the_token(stack: Any) -> None:
    def knock(kind: str) -> None:
        connection = open_shop(stack).connect(kind).connection
        right = QUESTION | {"hub.verify_token": connection["verify_token"]}
        answer = ask(connection["webhook_url"], right)
        assert (answer.status_code, answer.text) == (200, "1158201444")
        wrong = [
            QUESTION | {"hub.verify_token": connection["verify_token"] + "x"},
            QUESTION | {"hub.verify_token": ""},
            QUESTION,
            right | {"hub.mode": "unsubscribe"},
            {},
        ]
        assert [ask(connection["webhook_url"], query).status_code for query in wrong] == [403] * len(wrong)
        elsewhere = connection["webhook_url"].replace(connection["channel"], "telegram")
        assert ask(elsewhere, right).status_code == 403

    together(knock, META)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_webhook_has_no_other_methods(stack: Any, method: str) -> None:
    url = open_shop(stack).connect("telegram").connection["webhook_url"]
    assert requests.request(method, url, json={}, timeout=30).status_code in (403, 404, 405)


def test_nobody_listens_at_unknown_doors(stack: Any) -> None:
    for path in ("/webhooks/fax", "/webhooks/telegram", "/webhooks/fax/cn_1", "/webhooks/whatsapp/cn_1"):
        assert requests.post(stack.api_url + path, json={"entry": []}, timeout=30).status_code == 403
        assert ask(stack.api_url + path, QUESTION | {"hub.verify_token": "x"}).status_code == 403


def ask(url: str, query: dict[str, str]) -> requests.Response:
    return requests.get(url, params=query, timeout=30)


def dropped_words(account: Account, text: str) -> Any:
    """The webhook of a text that the platform made and did not deliver."""
    account.fault("webhook", "drop")
    account.shopper("Ana Popescu").writes(text)
    return account.deliveries()[-1]["body"]


def only_these_are_stored(account: Account, *texts: str) -> None:
    """The last of them is written now and comes after all that may have been queued before."""
    ana = account.shopper("Ana Popescu")
    ana.writes(texts[-1])
    ana.thread()
    eventually(lambda: len(ana.rows("shopper")) >= len(texts), f"not all is stored of {texts}")
    assert sorted(row["text"] for row in ana.rows("shopper")) == sorted(texts)
    assert len(account.threads()) == 1
