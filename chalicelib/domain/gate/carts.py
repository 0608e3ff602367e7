"""The gate's rules about reminders of a cart. A rule answers None where it has no objection."""

from chalicelib.domain.gate.question import Question, Verdict


def still_left(question: Question) -> Verdict | None:
    """Nobody is reminded of what they have bought, or have emptied, or are looking at again."""
    cart = question.cart
    if cart is None:
        return None
    if cart.is_bought:
        return Verdict("skip", "bought", "They have bought it meanwhile.")
    if not cart.is_open:
        return Verdict("skip", "cart_gone", "There is nothing in the cart any more.")
    if cart.touched_at != cart.seen_at:
        return Verdict("skip", "cart_changed", "The cart was changed meanwhile: it has to lie idle again.")
    return None


def may_remind(question: Question) -> Verdict | None:
    """Whoever is left alone so that it shows what reminders bring is never written to."""
    cart = question.cart
    if cart is None:
        return None
    if not cart.is_switched_on:
        return Verdict("skip", "switched_off", "The shop has switched its reminders off.")
    if cart.is_held_out:
        return Verdict("skip", "held_out", "They are among those who are never reminded, to compare with.")
    return None


def not_in_a_talk(question: Question) -> Verdict | None:
    """Who has written since they left the cart gets a person's answer, and no reminder."""
    cart = question.cart
    if cart is None:
        return None
    has_written = cart.wrote_at is not None and cart.wrote_at > cart.touched_at
    if cart.waits or has_written:
        return Verdict("skip", "shopper_wrote", "The shopper has written meanwhile: a person answers.")
    return None
