"""Connections are looked after: on demand all the way, and every day by themselves."""

from typing import Any

from shop import ONE_AT_A_TIME, Account, Json, eventually, open_shop, pass_time, together


def check(account: Account) -> Json:
    with ONE_AT_A_TIME:  # it calls the stack from within the stack
        answer = account.merchant.call("POST", f"/setup/{account.connection['connection_id']}/check")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def codes(shown: Json) -> list[str]:
    return [one["code"] for one in shown["findings"]]


def ends_in(account: Account, days: float) -> None:
    account.stack.control("POST", "token", json=account.name | {"expires_in_days": days})


def test_a_check_proves_a_connection_all_the_way(stack: Any) -> None:
    def prove(kind: str) -> None:
        account = open_shop(stack).connect(kind)
        checked = check(account)
        assert (checked["status"], codes(checked)) == ("active", ["ok", "self_test_ok"])
        shown = account.now()
        assert (shown["findings"], shown["checked_at"]) == ([], checked["checked_at"])
        assert account.threads() == []  # the test event is nobody's message

    together(prove)


def test_a_dead_token_is_told_and_one_that_works_again_lets_go_what_waits(stack: Any) -> None:
    def die_and_come_back(kind: str) -> None:
        account = open_shop(stack, paused="automatic").connect(kind)
        ana = account.newcomer("Ana Popescu")
        account.token_is("revoked")
        checked = check(account)
        assert (checked["status"], codes(checked)) == ("needs_reauth", ["token_rejected", "self_test_ok"])
        account.merchant.reply(ana.thread_id, "We have both.")
        account.token_is("valid")
        checked = check(account)
        assert (checked["status"], codes(checked)) == ("active", ["ok", "self_test_ok"])
        assert ana.hears() == ["We have both."]

    together(die_and_come_back)


def test_only_the_owner_may_check_and_nothing_is_left_to_check_after_leaving(stack: Any) -> None:
    account = open_shop(stack).connect("telegram")
    path = f"/setup/{account.connection['connection_id']}/check"
    assert open_shop(stack).call("POST", path).status_code == 404
    key = account.merchant.call("POST", "/keys", json={"name": "Ben", "role": "agent"}).json()["api_key"]
    assert stack.call("POST", path, key=key).status_code == 403
    account.disconnect()
    assert account.merchant.call("POST", path).status_code == 409


def test_every_day_tokens_are_renewed_and_their_ends_are_warned_of(stack: Any) -> None:
    renews = ("whatsapp", "instagram by its own login")
    shops: dict[str, Account] = {}

    def connect(kind: str) -> None:
        account = shops[kind] = open_shop(stack).connect(kind)
        if kind != "telegram":
            ends_in(account, 10.5)

    together(connect)
    pass_time(stack, days=1)

    def looked_after(kind: str) -> None:
        account = shops[kind]
        eventually(lambda: account.now()["checked_at"], f"{kind} was not checked")
        shown = account.now()
        is_warned = kind not in (*renews, "telegram")
        assert codes(shown) == (["token_expires"] if is_warned else [])
        assert [one["kind"] for one in shown["notices"]] == (["token_expires"] if is_warned else [])
        assert (shown["token_expires_at"] is not None) == (kind != "telegram")

    together(looked_after)


def test_an_account_on_the_shared_app_is_proven_with_that_apps_secret(stack: Any) -> None:
    shops = [open_shop(stack).account("messenger")]
    app_id = shops[0].setup["app_id"]
    shops.append(open_shop(stack).account("whatsapp", app_id=app_id))
    secrets = {"app_secret": shops[0].setup["app_secret"], "verify_token": "shared-verify-token"}
    saved = stack.call("PUT", f"/apps/{app_id}", key=stack.admin_key, json=secrets)
    assert saved.status_code == 200, saved.text
    for account in shops:
        account.paste_webhook(f"{stack.api_url}/webhooks/{account.channel}", "shared-verify-token")
        account.connect(app_id=None, app_secret=None)
        assert codes(check(account)) == ["ok", "self_test_ok"]


def test_what_a_channel_tells_of_an_account_is_shown_with_the_connection(stack: Any) -> None:
    account = open_shop(stack).connect("whatsapp")
    account.shopper("Ana Popescu").does("number_quality", event="FLAGGED")
    notices = eventually(lambda: account.now()["notices"], "the notice did not come")
    assert [(one["kind"], one["problem"]) for one in notices] == [("number_quality", "quality_low")]
    assert codes(account.now()) == ["quality_low"]
    assert codes(check(account)) == ["quality_low", "self_test_ok"]
