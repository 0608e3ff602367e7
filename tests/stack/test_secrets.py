"""Nothing secret and nothing personal is written where operators look."""

import time
from typing import Any, Final

from shop import KINDS, Account, open_shop, settle, together

from tests.redaction import everything_logged, files_of

WORDS: Final = "Quetzalcoatl-in-lavender"
REPLY: Final = "Chrysanthemum-in-ochre"
NAME: Final = "Philippa Featherstonehaugh"


def test_logs_hold_no_token_and_no_word_of_anybody(stack: Any) -> None:
    """Also where something goes wrong: a forged body, a dead token, a platform that stumbles."""
    secrets: list[str] = [stack.admin_key]
    since_ms = int(time.time() * 1000)

    def talk(kind: str) -> None:
        shop = open_shop(stack)
        account = shop.connect(kind)
        secrets.extend(secrets_of(account, shop.key))
        pippa = account.shopper(NAME)
        pippa.writes(WORDS)
        pippa.hears()
        account.deliver({"entry": WORDS}, sign="wrong")
        account.deliver(b"{\xff" + WORDS.encode())
        account.fault("send", "status", status=400, body={"error": {"code": 100, "message": REPLY}})
        shop.reply(pippa.thread()["thread_id"], REPLY)
        shop.call("POST", f"/setup/{account.channel}", json=account.setup | {"colour": WORDS})
        account.try_to_connect(account="1234567890")

    together(talk)
    settle(stack)
    logged = {"CloudWatch": everything_logged(stack, since_ms)} | files_of(stack)
    for place, text in logged.items():
        found = [word for word in (WORDS, REPLY, NAME, "Philippa", *secrets) if word in text]
        assert found == [], f"{place} holds {found}"
    assert "InvalidSignature" in "".join(logged.values())  # so much is told of a forged body


def secrets_of(account: Account, key: str) -> list[str]:
    tokens = [value for name, value in account.setup.items() if "token" in name or "secret" in name]
    return [key, *tokens, *filter(None, [account.connection.get("verify_token")])]


def test_urls_hold_nothing_secret(stack: Any) -> None:
    for kind in KINDS:
        account = open_shop(stack).connect(kind)
        url = account.connection["webhook_url"]
        assert all(secret not in url for secret in secrets_of(account, account.merchant.key))
