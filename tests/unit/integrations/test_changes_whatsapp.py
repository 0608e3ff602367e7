"""What becomes of a message on WhatsApp and of who wrote it: statuses, echoes, edits, wishes, new numbers."""

import json

import pytest
from test_details_whatsapp import ANN, CHANNEL, DEE, FIXTURES, ONLY_PHONE, REFERENCE, SENT_AT, events_of, only

from chalicelib.domain.events import Address

NEW_PHONE = Address("phone", "447700900999")
NEW_ID = Address("bsuid", "GB.22222222222222222222")


def test_statuses_carry_our_reference() -> None:
    assert [change.reference for change in events_of("statuses")[:3]] == [REFERENCE] * 3
    assert only("status_without_our_reference").reference == ""


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("status_with_all_beside_it", ANN[1]),
        ("status_without_our_reference", ANN[1]),
        ("status_for_a_hidden_number", Address("bsuid", "US.777000111")),
        ("status_sent_to_a_hidden_number", DEE[0]),
        ("status_without_recipient", None),
        ("status_played_without_recipient", None),
        ("status_failed_without_recipient", None),
    ],
)
def test_a_status_names_its_message_whoever_it_went_to(name: str, wire: Address | None) -> None:
    change = only(name)
    assert change.wire == wire
    assert change.channel_message_id.startswith("wamid.OURS")


@pytest.mark.parametrize(
    ("name", "code", "reason", "retry_after_s"),
    [
        ("status_failed", "131047", "window_closed", None),
        ("status_failed_too_fast", "131056", "", 4.0),
        ("status_failed_for_an_opt_out", "131050", "opted_out", None),
        ("status_failed_for_the_account", "131042", "account_blocked", None),
        ("status_failed_for_its_template", "132015", "template_broken", None),
        ("status_failed_without_recipient", "131026", "unreachable", None),
        ("status_failed_in_words", "131026", "unreachable", None),
        ("status_failed_of_tomorrow", "999123", "invalid", None),
        ("status_failed_without_a_reason", "", "invalid", None),
        ("status_failed_with_no_list", "", "invalid", None),
        ("status_with_all_beside_it", "", "", None),
    ],
)
def test_a_failed_status_says_what_follows(
    name: str, code: str, reason: str, retry_after_s: float | None
) -> None:
    change = only(name)
    assert (change.code, change.reason, change.retry_after_s) == (code, reason, retry_after_s)


@pytest.mark.parametrize(
    ("name", "wire", "by_shop"),
    [
        ("edit", ANN[1], False),
        ("edit_of_a_caption", ANN[1], False),
        ("edit_from_a_hidden_number", DEE[0], False),
        ("revoke", ANN[1], False),
        ("revoke_from_a_hidden_number", DEE[0], False),
        ("revoke_without_a_sender", None, False),
        ("reaction", ANN[1], False),
        ("reaction_from_a_hidden_number", DEE[0], False),
        ("echo_edited", ANN[1], True),
        ("echo_edit_to_a_hidden_number", DEE[0], True),
        ("echo_taken_back", ANN[1], True),
        ("echo_taken_back_from_nobody", None, True),
        ("echo_reaction", ANN[1], True),
        ("echo_reaction_taken_back", ANN[1], True),
    ],
)
def test_what_is_done_to_a_message_says_by_whom(name: str, wire: Address | None, by_shop: bool) -> None:
    event = only(name)
    assert (event.wire, event.by_shop, event.chat, event.at) == (wire, by_shop, "", SENT_AT)


def test_an_echo_from_the_phone_app_is_for_the_shopper_it_went_to() -> None:
    assert only("echo_from_the_phone_app").wire == ANN[1]
    assert only("echo_to_a_hidden_number").wire == DEE[0]


def test_an_echo_carries_its_file_and_what_it_answers() -> None:
    assert only("echo_of_an_answer").reply_to == "wamid.X"
    (file,) = only("echo_of_a_picture").media
    assert (file.channel_media_id, file.mime_type) == ("871120", "image/jpeg")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("number_changed", ONLY_PHONE, (NEW_PHONE,)),
        ("number_changed_with_scoped_ids", ANN, (NEW_ID, NEW_PHONE)),
        ("number_changed_the_old_way", ONLY_PHONE, (NEW_PHONE,)),
        ("number_changed_under_its_old_name", ONLY_PHONE, (NEW_PHONE,)),
        ("user_id_changed", DEE, (Address("bsuid", "US.888000222"),)),
        ("user_id_changed_by_its_sender", DEE, (Address("bsuid", "US.888000222"),)),
        ("user_id_changed_of_a_known_number", ANN, (NEW_ID, ANN[1])),
        ("user_id_changed_told_by_the_new_one", (NEW_ID, ANN[1]), ANN),
    ],
)
def test_a_shopper_under_a_new_id_is_the_same_shopper(
    name: str, old: tuple[Address, ...], new: tuple[Address, ...]
) -> None:
    change = only(name)
    assert (change.old, change.new, change.at) == (old, new, SENT_AT)


@pytest.mark.parametrize(
    ("name", "addresses", "value"),
    [
        ("marketing_stopped", ANN, "stop"),
        ("marketing_resumed", ANN, "resume"),
        ("marketing_signed_up", ANN, "opt_in"),
        ("marketing_stopped_from_a_hidden_number", DEE, "stop"),
        ("marketing_stopped_without_contacts", ONLY_PHONE, "stop"),
    ],
)
def test_a_wish_says_whose_and_since_when(name: str, addresses: tuple[Address, ...], value: str) -> None:
    wish = only(name)
    assert (wish.addresses, wish.wire, wish.value, wish.at) == (addresses, addresses[-1], value, SENT_AT)


NUMBER, SHOP, PARTNER = "106540352242922", "waba:102290129340398", "waba:2949482758682047"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", [(NUMBER, "447700900123")]),
        ("text_from_a_hidden_number", [(NUMBER, "US.777000111")]),
        ("order_from_a_hidden_number", [(NUMBER, "US.777000111")]),
        ("statuses", [(NUMBER, "447700900123")] * 4),
        ("status_sent_to_a_hidden_number", [(NUMBER, "US.777000111")]),
        ("status_without_recipient", [(NUMBER, "")]),
        ("echo_from_the_phone_app", [(NUMBER, "447700900123")]),
        ("echo_to_a_hidden_number", [(NUMBER, "US.777000111")]),
        ("marketing_stopped", [(NUMBER, "447700900123")]),
        ("marketing_stopped_from_a_hidden_number", [(NUMBER, "US.777000111")]),
        ("number_changed_the_old_way", [(NUMBER, "447700900123")]),
        ("user_id_changed", [(NUMBER, "US.777000111")]),
        ("call_from_a_shopper", [(NUMBER, "447700900123")]),
        ("call_by_the_shop", [(NUMBER, "447700900123")]),
        ("history_of_a_file", [(NUMBER, "")]),
        ("lead_found", [(NUMBER, "")]),
        ("self_test", [(NUMBER, "")]),
        ("template_approved", [(SHOP, "")]),
        ("number_flagged", [(SHOP, "")]),
        ("capability_of_a_number", [(NUMBER, "")]),
        ("account_deleted", [(SHOP, "")]),
        ("partner_removed", [(SHOP, "")]),
        ("partner_removed_without_naming_the_account", [(PARTNER, "")]),
        (
            "batch_of_many_kinds",
            [
                (SHOP, ""),
                (NUMBER, "US.777000111"),
                (NUMBER, "447700900123"),
                (NUMBER, "447700900123"),
                (NUMBER, "US.777000111"),
                (SHOP, ""),
                ("waba:102290129340399", ""),
                (NUMBER, "447700900123"),
                (NUMBER, "US.777000111"),
                (NUMBER, "447700900123"),
                (NUMBER, "US.777000111"),
            ],
        ),
    ],
)
def test_a_piece_names_account_and_shopper(name: str, expected: list[tuple[str, str]]) -> None:
    pieces = CHANNEL.split((FIXTURES / f"{name}.json").read_bytes())
    assert [(piece.account, piece.address) for piece in pieces] == expected


def test_a_piece_holds_the_contact_of_its_event_and_no_others() -> None:
    for piece in CHANNEL.split((FIXTURES / "batch.json").read_bytes()):
        (entry,) = piece.body["entry"]
        (contact,) = entry["changes"][0]["value"]["contacts"]
        assert contact["wa_id"] == piece.address


@pytest.mark.parametrize(("code", "limits"), [(131048, "marketing"), (131064, "marketing"), (131056, "")])
def test_a_failed_status_says_that_the_channel_takes_no_more_marketing(code: int, limits: str) -> None:
    body = json.loads((FIXTURES / "status_failed.json").read_text())
    body["entry"][0]["changes"][0]["value"]["statuses"][0]["errors"][0]["code"] = code
    (change,) = CHANNEL.parse(body)
    assert (change.limits, change.retry_after_s is not None) == (limits, True)


def test_contacts_that_are_no_events_stay_with_every_piece() -> None:
    body = json.loads((FIXTURES / "batch_with_an_odd_one.json").read_text())
    value = body["entry"][0]["changes"][0]["value"]
    value["contacts"].append({"profile": {"name": "Nobody"}, "wa_id": "447700900999"})
    pieces = CHANNEL.split(json.dumps(body).encode())
    names = [
        [contact["profile"]["name"] for contact in change["value"]["contacts"]]
        for piece in pieces
        for change in piece.body["entry"][0]["changes"]
        if change["value"]
    ]
    assert names == [["Ann Example", "Nobody"], ["Nobody"], ["Nobody"], ["Ann Example", "Nobody"]]
