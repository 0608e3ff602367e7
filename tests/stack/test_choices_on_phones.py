"""What there is to choose, as each channel shows it, and the shopper's choice, as the thread shows it."""

from typing import Any, Final

from shop import Account, Shopper, eventually, together

SIZES: Final = [{"id": "size-m", "title": "M"}, {"id": "size-l", "title": "L"}]
MANY: Final = [{"id": f"size-{number}", "title": f"Size {number}"} for number in range(30, 50)]
# How many of the twenty each channel shows as something to tap; 0: a numbered text.
TAPPED: Final = {
    "whatsapp": 0,
    "messenger": 0,
    "instagram by its own login": 0,
    "instagram by a page": 0,
    "telegram": 20,
}


def titles(row: dict[str, Any]) -> list[str]:
    return [button["title"] for button in row.get("buttons", [])]


def chose(ana: Shopper, text: str) -> dict[str, Any]:
    """The last choice of theirs that the thread knows, once it has these words."""

    def found() -> dict[str, Any]:
        rows = [row for row in ana.rows("shopper") if row["text"] == text and "choice" in row]
        return rows[-1] if rows else {}

    return eventually(found, f"the thread knows no choice {text!r}")


def test_a_tapped_button_comes_back_as_a_choice(quiet: dict[str, Account]) -> None:
    def is_tapped(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who taps")
        account.merchant.send(ana.thread_id, text="Which size?", buttons=SIZES)
        (shown,) = ana.is_told(1)
        assert (shown["text"], titles(shown)) == ("Which size?", ["M", "L"])
        ana.does("button", title="L")
        row = chose(ana, "L")
        assert (row["kind"], row["payload"]) == ("button", "size-l")
        assert row["choice"] == {"id": "size-l", "title": "L"}
        (sent,) = ana.rows("human")
        assert [one["id"] for one in next(iter(sent["content"].values()))] == ["size-m", "size-l"]

    together(is_tapped)


def test_a_tap_on_telegram_is_acknowledged_once(quiet: dict[str, Account]) -> None:
    account = quiet["telegram"]
    ana = account.newcomer("Ana whose button spins")
    account.merchant.send(ana.thread_id, text="Which size?", buttons=SIZES)
    ana.is_told(1)
    before = len(account.calls("answerCallbackQuery"))
    ana.does("button", title="M")
    chose(ana, "M")
    answers = eventually(lambda: account.calls("answerCallbackQuery")[before:], "it spins on")
    assert [each["status"] for each in answers] == [200]


def test_twenty_choices_become_numbers_where_there_is_no_room(quiet: dict[str, Account]) -> None:
    def is_numbered(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who counts")
        account.merchant.send(ana.thread_id, text="Which size?", buttons=MANY)
        (shown,) = ana.is_told(1)
        assert len(titles(shown)) == TAPPED[kind]
        if TAPPED[kind]:
            ana.does("button", title="Size 31")
            row = chose(ana, "Size 31")
        else:
            assert shown["text"].startswith("Which size?\n\n1. Size 30\n2. Size 31\n")
            ana.writes("2")
            row = chose(ana, "2")
        assert row["choice"] == {"id": "size-31", "title": "Size 31"}

    together(is_numbered)


def test_a_number_means_a_choice_only_while_one_is_asked(quiet: dict[str, Account]) -> None:
    account = quiet["instagram by a page"]
    ana = account.newcomer("Ana who buys two")
    account.merchant.send(ana.thread_id, text="Which size?", buttons=MANY)
    ana.is_told(1)
    ana.writes("Size 30!")
    assert chose(ana, "Size 30!")["choice"] == {"id": "size-30", "title": "Size 30"}
    account.merchant.send(ana.thread_id, text="In which colour?", buttons=SIZES)
    ana.is_told(2)
    ana.writes("2")
    assert "choice" not in ana.said("2")


def test_a_list_opens_on_whatsapp_and_is_offered_elsewhere(quiet: dict[str, Account]) -> None:
    rows = [{"id": one["id"], "title": one["title"], "description": "In stock"} for one in SIZES]
    offer = {"label": "Sizes", "sections": [{"title": "In blue", "rows": rows}]}

    def is_offered(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who opens a list")
        account.merchant.send(ana.thread_id, text="Which size?", footer="Blue Kettle", list=offer)
        (shown,) = ana.is_told(1)
        if kind == "whatsapp":
            assert (shown["menu"], shown["footer"], titles(shown)) == ("Sizes", "Blue Kettle", ["M", "L"])
            ana.does("button", title="L")
            row = chose(ana, "L")
            assert row["details"]["description"] == "In stock"
        else:
            assert "2. L – In stock" in shown["text"]
            ana.writes("l")
            row = chose(ana, "l")
        assert row["choice"] == {"id": "size-l", "title": "L"}

    together(is_offered)


def test_quick_replies_are_offered_in_the_form_that_a_channel_has(quiet: dict[str, Account]) -> None:
    def is_offered(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who is quick")
        account.merchant.send(ana.thread_id, text="Shall we wrap it?", quick_replies=[{"title": "Yes"}])
        (shown,) = ana.is_told(1)
        assert (shown["text"], titles(shown)) == ("Shall we wrap it?", ["Yes"])
        ana.does("button", title="Yes")
        assert chose(ana, "Yes")["choice"] == {"id": "1", "title": "Yes"}

    together(is_offered)


def test_a_button_that_opens_a_page_is_a_link_or_a_line(quiet: dict[str, Account]) -> None:
    page = {"title": "To the shop", "url": "https://shop.example/blue"}

    def is_shown(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer("Ana who opens a page")
        account.merchant.send(ana.thread_id, text="Have a look:", buttons=[page])
        (shown,) = ana.is_told(1)
        if kind.startswith("instagram") and not shown.get("links"):
            assert shown["text"] == "Have a look:\n\nTo the shop: https://shop.example/blue"
        else:
            assert shown["links"] == [page]

    together(is_shown)
