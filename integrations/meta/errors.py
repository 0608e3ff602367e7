"""What the Graph API's error codes mean for a message: when it may pass, or why it is refused for good.

Messenger's list holds for Instagram too. Standard library only: statuses that come by webhook are read with
these tables as well.
Source: developers.facebook.com/docs/messenger-platform/error-codes,
developers.facebook.com/docs/graph-api/guides/error-handling,
developers.facebook.com/docs/graph-api/overview/rate-limiting
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from chalicelib.domain.outcomes import Verdict

# (code, subcode), (code, None) for the code whatever its subcode, (None, subcode) whatever its code.
Key = tuple[int | None, int | None]
Verdicts = Mapping[Key, Verdict]


def codes(verdict: Verdict, *keys: int | Key) -> dict[Key, Verdict]:
    """One verdict for several codes."""
    return {(key, None) if isinstance(key, int) else key: verdict for key in keys}


# What a code means on every host of the Graph API, for every kind of call.
EVERYWHERE: Final[Verdicts] = {
    # 104: none was given, or the app wants each call proven.
    **codes("token_rejected", 0, 102, 104, 190),
    # 200 to 299: a permission each.
    **codes("not_permitted", 3, 10, (100, 33), *range(200, 300)),
    **codes("account_blocked", 368),
    **codes(10.0, 1, (1, 99), 2),
    # The app's, the person's, the Page's and the account's own share of calls; a header often says how long.
    **codes(60.0, 4, 17, 32, 341, 613, 80001, 80002, 80006, 80007, 80008),
    **codes("invalid", 100),
}

MESSAGING: Final[Verdicts] = {
    **EVERYWHERE,
    **codes("window_closed", (10, 2018278), (10, 2018065), (10, 2534022)),
    # They stopped this topic.
    **codes("opted_out", (10, 1893015)),
    # 1545041 is called a closed window on another page. The gate has looked at the window by our own clock
    # before anything was sent, so here the shopper can't be reached.
    **codes("unreachable", 551, (None, 1545041)),
    **codes("unreachable", (10, 2018108), 230, (100, 2018001), (100, 2534014)),
    # No advanced access, the app is not live; the Page and the Instagram account are not linked; the owner
    # lets no tool read the messages, or has turned messages off.
    **codes("not_permitted", (200, 2018028), (200, 2018027), (10, 2534077), (100, 2534013)),
    **codes("not_permitted", (200, 2534041), 10904),
    **codes("account_blocked", (10, 1893063), (100, 2534029), 2022),
    **codes("owned_elsewhere", (None, 2018300), 2018300, (100, 2534037), (None, 2018171), 2018171),
    **codes(60.0, (613, 1996), (613, 2534040), (613, 2018338), (9, 2018352), (4, 2018354)),
    # A file that could not be fetched in time, and the Page's own automatic question that runs just now.
    **codes(10.0, (100, 2018008), (100, 2018294), (None, 2018321), 2018321),
    # A file's size or type; a shopper's id of the wrong kind; a comment that is gone or was answered before;
    # a message that was deleted, which says nothing about who wrote it.
    **codes("invalid", (100, 2018109), (100, 2018047), (100, 2534015), (100, 2534025), 10900, 9000001),
}


# What has gone too fast: all that the connection sends, or what one shopper gets. WhatsApp's 131056 asks to
# wait 4 to the power of the attempts made so far: its table has the first wait, who counts them has the rest.
_CONNECTION_LIMITED: Final = frozenset({4, 17, 32, 613, 80001, 80002, 80006, 80007, 80008, 130429})
_SHOPPER_LIMITED: Final = frozenset({131056})
# Too many have called it spam.
_MARKETING_LIMITED: Final = frozenset({131048, 131064})
# Under the connection's codes, but about one person: too much with a tag, or twice within the shortest time.
_ABOUT_ONE_PERSON: Final = frozenset({2018338, 2018354})


def limits_of(code: int, subcode: int | None = None) -> Literal["", "connection", "shopper", "marketing"]:
    """Whose messages are to be slowed down for this error, or which kind of them."""
    if code in _SHOPPER_LIMITED:
        return "shopper"
    if code in _MARKETING_LIMITED:
        return "marketing"
    return "connection" if code in _CONNECTION_LIMITED and subcode not in _ABOUT_ONE_PERSON else ""


def verdict_for(code: int, subcode: int | None = None) -> Verdict:
    """What a Messenger or Instagram error means: seconds until the same message may pass, or a reason. An
    unknown code is `invalid`: refused for good, so that nothing is tried again and again."""
    found = look_up(MESSAGING, code, subcode)
    return "invalid" if found is None else found


def look_up(verdicts: Verdicts, code: int, subcode: int | None) -> Verdict | None:
    """The finest entry that there is: code with subcode, the subcode alone, the code alone."""
    keys: Iterable[Key] = ((code, subcode), (None, subcode), (code, None)) if subcode else ((code, None),)
    return next((verdicts[key] for key in keys if key in verdicts), None)
