"""What WhatsApp's error codes mean for a message, in the answer to a call and in a `failed` status alike.

Standard library only: statuses that come by webhook are read with this table as well.
Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes,
developers.facebook.com/docs/whatsapp/cloud-api/overview (pair limit)
"""

from typing import Final

from chalicelib.domain.outcomes import Verdict
from integrations.meta.errors import EVERYWHERE, Verdicts, codes, look_up

VERDICTS: Final[Verdicts] = {
    **EVERYWHERE,
    **codes("not_permitted", 131005),
    **codes("window_closed", 131047),
    # They stopped the shop's marketing.
    **codes("opted_out", 131050),
    # Blocked by the shop, not on WhatsApp, the shop's own number, not on a test number's list.
    **codes("unreachable", 130403, 131026, 131021, 131030),
    # Enough marketing for this shopper: a day must pass, and this message is over. Or they are in the part of
    # an experiment that gets none.
    **codes("capped", 131049, 130472),
    # Too fast for the number, and for one shopper (`limits_of`).
    **codes(5.0, 130429),
    **codes(4.0, 131056),
    # Registrations; messages of a flow.
    **codes(60.0, 133016, 132069),
    # Too many shoppers reported the shop as spam; a template in the wrong category. A campaign must stop.
    **codes(3600.0, 131048, 131064),
    **codes(10.0, 131000, 131016, 133004),
    # The number is being moved to a higher throughput; the template is being copied.
    **codes(60.0, 131057),
    **codes(600.0, 134101),
    # Its count of variables, its language, its length, its wording, its format, paused, disabled, invalid.
    **codes("template_broken", 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018),
    # Its flow is blocked; marketing is off, or goes by the API for marketing messages alone.
    **codes("template_broken", 132068, 131063, 131055, 134100, 134102),
    # The bill is not paid, a policy was broken, the account is locked.
    **codes("account_blocked", 131042, 368, 131031),
    # A step of the setup: display name, registration, a number that was deleted, terms for payments. Or a
    # country that this shop may not write to, which says nothing about the others.
    **codes("not_permitted", 131037, 131045, 133010, 33, 134011, 130497),
    # A field missing or wrong, a kind that is not known, a file, an address that this template does not take.
    **codes("invalid", 131008, 131009, 131051, 131052, 131053, 131062, 135000),
}


def verdict_for(code: int, subcode: int | None = None) -> Verdict:
    """What an error means: seconds until the same message may pass, or a reason. An unknown code is
    `invalid`: refused for good, so that nothing is tried again and again."""
    found = look_up(VERDICTS, code, subcode)
    return "invalid" if found is None else found
