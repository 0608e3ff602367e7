"""Every error code that Meta's pages list, and what it means for the message that met it.

Sources: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes,
developers.facebook.com/docs/messenger-platform/error-codes
"""

from typing import Any, Final

import pytest
from contents import picture
from outgoing import failure_of, graph_error, telegram_error
from scripted_platform import Script

from chalicelib.domain.content import Content
from chalicelib.domain.outcomes import REASONS, Reason, Verdict
from chalicelib.ports.errors import OutcomeUnknown, RetryLater, SendRejected
from integrations.meta import errors as meta
from integrations.whatsapp import errors as whatsapp

PERMISSIONS: Final = tuple(range(200, 300))
# What follows from each code on WhatsApp. A number: the same message may pass after so many seconds.
WHATSAPP: dict[Verdict, tuple[int, ...]] = {
    "token_rejected": (0, 102, 104, 190),
    "not_permitted": (3, 10, *PERMISSIONS, 131005, 130497, 131037, 131045, 133010, 33, 134011),
    "window_closed": (131047,),
    "opted_out": (131050,),
    "unreachable": (130403, 131026, 131021, 131030),
    "capped": (131049, 130472),
    4.0: (131056,),
    5.0: (130429,),
    10.0: (1, 2, 131000, 131016, 133004),
    60.0: (4, 17, 32, 613, 80007, 80008, 133016, 132069, 131057),
    600.0: (134101,),
    3600.0: (131048, 131064),
    "template_broken": (
        *(132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068),
        *(131063, 131055, 134100, 134102),
    ),
    "account_blocked": (131042, 368, 131031),
    "invalid": (100, 131008, 131009, 131051, 131052, 131053, 131062, 135000),
}
# The same for Messenger and Instagram: codes, and codes with their subcodes.
MESSAGING: dict[Verdict, tuple[int | tuple[int, int], ...]] = {
    "token_rejected": (0, 102, 104, 190, *((190, sub) for sub in (458, 459, 460, 463, 464, 467)), (102, 463)),
    "not_permitted": (
        *(3, 10, 200, 299, (200, 2018028), (200, 2018027), (100, 33), (10, 2534077), (100, 2534013)),
        *((200, 2534041), 10904),
    ),
    "window_closed": ((10, 2018278), (10, 2018065), (10, 2534022)),
    "opted_out": ((10, 1893015),),
    "unreachable": (
        *(551, (551, 1545041), (200, 1545041), (10, 2018108), 230, (100, 2018001), (100, 2534014)),
    ),
    10.0: (1, (1, 99), 2, (100, 2018008), (100, 2018294), 2018321, (100, 2018321)),
    60.0: (
        *(4, 17, 32, 613, (613, 1996), (613, 2534040), (613, 2018338), 80001, 80002, 80006),
        *((9, 2018352), (4, 2018354)),
    ),
    "owned_elsewhere": (2018300, (10, 2018300), (100, 2534037), 2018171, (100, 2018171)),
    "account_blocked": (368, (10, 1893063), (100, 2534029), 2022),
    "invalid": (
        *(100, (100, 2018109), (100, 2018047), (100, 2534015), (100, 2534025), 10900, 9000001),
        *((100, 2018023), (100, 2018999)),
    ),
}
UNKNOWN = (5, 9, 131999, 199, 300, 2018278)


@pytest.mark.parametrize(("verdict", "codes"), WHATSAPP.items(), ids=str)
def test_what_each_code_means_on_whatsapp(verdict: Verdict, codes: tuple[int, ...]) -> None:
    assert {code: whatsapp.verdict_for(code) for code in codes} == dict.fromkeys(codes, verdict)


@pytest.mark.parametrize(("verdict", "codes"), MESSAGING.items(), ids=str)
def test_what_each_code_means_on_messenger_and_instagram(
    verdict: Verdict, codes: tuple[int | tuple[int, int], ...]
) -> None:
    pairs = [code if isinstance(code, tuple) else (code, None) for code in codes]
    assert {pair: meta.verdict_for(*pair) for pair in pairs} == dict.fromkeys(pairs, verdict)


@pytest.mark.parametrize("code", UNKNOWN)
def test_an_unknown_code_is_refused_for_good(code: int) -> None:
    assert whatsapp.verdict_for(code) == "invalid"
    assert meta.verdict_for(code) == "invalid"
    assert meta.verdict_for(code, 1) == "invalid"


@pytest.mark.parametrize("table", [whatsapp.VERDICTS, meta.MESSAGING], ids=["whatsapp", "messaging"])
def test_every_entry_of_a_table_is_claimed_above(table: meta.Verdicts) -> None:
    rows = WHATSAPP if table is whatsapp.VERDICTS else MESSAGING
    claimed = {code if isinstance(code, tuple) else (code, None) for codes in rows.values() for code in codes}
    claimed |= {(None, subcode) for _, subcode in claimed if subcode is not None}
    claimed |= {(code, None) for code in (341, 80001, 80002, 80006, 80007, 80008, *PERMISSIONS)}
    claimed |= {(100, 33), (1, 99)}
    assert set(table) - claimed == set()


def test_only_our_own_words_say_why() -> None:
    words = {verdict for table in (whatsapp.VERDICTS, meta.MESSAGING) for verdict in table.values()}
    assert {word for word in words if isinstance(word, str)} == set(REASONS) - {"too_long"}


LIMITED = {
    "connection": (4, 17, 32, 613, 80001, 80002, 80006, 80007, 80008, 130429, (613, 2534040), (613, 1996)),
    "shopper": (131056,),
    "marketing": (131048, 131064),
    # Something else is the matter, or the wait is that one message's own.
    "": (1, 2, 131000, 133016, 134101, (613, 2018338), (4, 2018354), (9, 2018352)),
}


@pytest.mark.parametrize(("limits", "codes"), LIMITED.items(), ids=str)
def test_what_has_gone_too_fast(
    limits: str, codes: tuple[int | tuple[int, int], ...], platform: Script
) -> None:
    for code in codes:
        pair = code if isinstance(code, tuple) else (code, None)
        name = "whatsapp" if pair[0] > 100_000 else "messenger"
        error = failure_of(name, platform.will(400, graph_error(*pair)))
        assert isinstance(error, RetryLater)
        assert (pair, error.limits) == (pair, limits)
        platform.answers.clear()


def test_too_many_calls_without_a_code_are_the_connections(platform: Script) -> None:
    error = failure_of("instagram", platform.will(429, {}))
    assert isinstance(error, RetryLater)
    assert error.limits == "connection"


REFUSALS: list[tuple[str, int, dict[str, Any], str, Reason]] = [
    ("whatsapp", 400, graph_error(131047), "131047", "window_closed"),
    ("whatsapp", 401, graph_error(190, 463), "190/463", "token_rejected"),
    ("whatsapp", 403, graph_error(299), "299", "not_permitted"),
    ("whatsapp", 400, graph_error(100), "100", "invalid"),
    ("whatsapp", 400, graph_error(131049), "131049", "capped"),
    ("whatsapp", 400, graph_error(131050), "131050", "opted_out"),
    ("whatsapp", 404, graph_error(132001), "132001", "template_broken"),
    ("whatsapp", 400, graph_error(131042), "131042", "account_blocked"),
    ("whatsapp", 400, graph_error(131999), "131999", "invalid"),
    ("messenger", 403, graph_error(10, 2018278), "10/2018278", "window_closed"),
    ("messenger", 400, graph_error(551, 1545041), "551/1545041", "unreachable"),
    ("messenger", 400, graph_error(10, 2018300), "10/2018300", "owned_elsewhere"),
    ("messenger", 400, graph_error(987, 654), "987/654", "invalid"),
    ("instagram", 403, graph_error(10, 2534022), "10/2534022", "window_closed"),
    ("instagram", 400, graph_error(100, 2534037), "100/2534037", "owned_elsewhere"),
    ("instagram", 418, {}, "418", "invalid"),
    ("instagram", 401, {}, "401", "token_rejected"),
    ("instagram", 302, {}, "302", "invalid"),
    # An error may come with a success for a status.
    ("instagram", 200, graph_error(190), "190", "token_rejected"),
    ("telegram", 403, telegram_error(403, "Forbidden: bot was blocked by the user"), "403", "unreachable"),
    ("telegram", 401, telegram_error(401, "Unauthorized"), "401", "token_rejected"),
    ("telegram", 400, telegram_error(400, "Bad Request: something new"), "400", "invalid"),
]


@pytest.mark.parametrize(("name", "status", "answer", "code", "reason"), REFUSALS)
def test_a_refusal_for_good(
    name: str, status: int, answer: dict[str, Any], code: str, reason: str, platform: Script
) -> None:
    error = failure_of(name, platform.will(status, answer))
    assert isinstance(error, SendRejected)
    assert (error.code, error.reason) == (code, reason)
    assert len(platform.calls) == 1


@pytest.mark.parametrize("name", ["whatsapp", "messenger", "instagram"])
@pytest.mark.parametrize("content", [None, picture()])
def test_a_proof_that_does_not_fit_is_a_matter_of_the_token(
    name: str, content: Content | None, platform: Script
) -> None:
    answer = graph_error(100, message="Invalid appsecret_proof provided in the API argument")
    error = failure_of(name, platform.will(400, answer), content)
    assert isinstance(error, SendRejected)
    assert error.reason == "token_rejected"


TOO_LONG = [
    ("whatsapp", graph_error(100, message="(#100) Param text['body'] must be at most 4096 characters long.")),
    (
        "whatsapp",
        graph_error(131009, error_data={"details": "Button title is too long. Max length is 20"}),
    ),
    (
        "messenger",
        graph_error(
            100, 2018023, message="(#100) Length of param message[text] must be less than or equal to 2000"
        ),
    ),
    ("instagram", graph_error(100, message="(#100) message[text] must be at most 1000 bytes")),
]


@pytest.mark.parametrize(("name", "answer"), TOO_LONG)
def test_what_is_too_long_is_told_from_what_is_wrong_by_the_platforms_words(
    name: str, answer: dict[str, Any], platform: Script
) -> None:
    error = failure_of(name, platform.will(400, answer))
    assert isinstance(error, SendRejected)
    assert error.reason == "too_long"


def test_a_comment_that_is_gone_says_nothing_about_permissions(platform: Script) -> None:
    platform.will(400, graph_error(100, 33))
    error = failure_of("messenger", platform, Content(kind="comment", text="Yes", target="comment:17"))
    assert isinstance(error, SendRejected)
    assert (error.code, error.reason) == ("100/33", "invalid")


def usage(*minutes: Any) -> dict[str, str]:
    items = ", ".join(
        f'{{"type": "messenger", "estimated_time_to_regain_access": {each}}}' for each in minutes
    )
    return {"X-Business-Use-Case-Usage": f'{{"100": [{items}]}}'}


DELAYS: list[tuple[str, int, dict[str, Any], dict[str, str], float]] = [
    ("whatsapp", 400, graph_error(131056), {}, 4.0),
    ("whatsapp", 429, graph_error(130429), {}, 5.0),
    ("whatsapp", 400, graph_error(80008), usage(3), 180.0),
    ("whatsapp", 400, graph_error(80007), usage(3, 25, 1), 1500.0),
    ("whatsapp", 400, graph_error(80007), usage(10**6), 86_400.0),
    ("whatsapp", 400, graph_error(80007), usage('"soon"', "true", "-4", "null"), 60.0),
    ("whatsapp", 400, graph_error(80007), {"X-Business-Use-Case-Usage": "no json"}, 60.0),
    ("whatsapp", 400, graph_error(80007), {"X-Business-Use-Case-Usage": "[1]"}, 60.0),
    ("whatsapp", 429, graph_error(4), {"Retry-After": "90"}, 90.0),
    ("whatsapp", 429, graph_error(4), {"Retry-After": "90"} | usage(1), 90.0),
    ("whatsapp", 429, graph_error(4), {"Retry-After": "Fri, 20 Nov 2026 07:28:00 GMT"}, 60.0),
    ("whatsapp", 500, graph_error(131000), {}, 10.0),
    ("whatsapp", 400, graph_error(987, is_transient=True), {}, 10.0),
    ("messenger", 400, graph_error(613), {}, 60.0),
    ("messenger", 400, graph_error(4), usage(3), 180.0),
    ("messenger", 400, graph_error(100, 2018294), {}, 10.0),
    ("messenger", 429, {}, {}, 60.0),
    ("instagram", 400, graph_error(80002), usage(2), 120.0),
    ("instagram", 503, {}, {}, 10.0),
    ("telegram", 429, telegram_error(429, "Too Many Requests", retry_after=17), {}, 17.0),
    ("telegram", 500, telegram_error(500, "Internal Server Error"), {}, 10.0),
]


@pytest.mark.parametrize(("name", "status", "answer", "headers", "after_s"), DELAYS)
def test_a_refusal_for_now_says_when_to_try_again(
    name: str, status: int, answer: dict[str, Any], headers: dict[str, str], after_s: float, platform: Script
) -> None:
    error = failure_of(name, platform.will(status, answer, headers))
    assert isinstance(error, RetryLater)
    assert error.after_s == after_s
    assert len(platform.calls) == 1


@pytest.mark.parametrize("name", ["messenger", "instagram"])
@pytest.mark.parametrize("content", [Content(kind="comment", text="?", target="1"), None])
def test_an_answer_that_names_nothing_may_have_been_carried_out(
    name: str, content: Content | None, platform: Script
) -> None:
    error = failure_of(name, platform.will(200, {"recipient_id": "65432"}), content)
    assert isinstance(error, OutcomeUnknown)
