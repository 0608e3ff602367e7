"""English."""

from dataclasses import replace
from typing import Final

from chalicelib.domain.texts.sentences import Spoken, Texts

_FRIENDLY: Final = Texts(
    hello="Hi!",
    hello_name="Hi {name}!",
    thanks="Thanks for writing to us.",
    thanks_shop="Thanks for writing to {shop}.",
    answer="We'll answer {estimate}.",
    within="within {duration}",
    by="by {time} {day}",
    opened="{day} from {time}",
    soon="as soon as we can",
    back="We're closed right now and will be back {next_open}.",
    opens="{day} at {time}",
    today="today",
    tomorrow="tomorrow",
    weekdays=(
        "on Monday",
        "on Tuesday",
        "on Wednesday",
        "on Thursday",
        "on Friday",
        "on Saturday",
        "on Sunday",
    ),
    on_date="on {date}",
    zone_of="({city} time)",
    handover="We're passing your message on to a person on our team.",
    complaint="We're really sorry about this. We'll look at your message first.",
    urgent="We're really sorry about this. We see that it's urgent: your message is now at the top "
    "of our list.",
    still_on_it="Sorry, this is taking longer than we said. We're still on it.",
    faq_more="More: {url}",
    faq_after="If this doesn't help, just write here and a person will answer.",
    suggestion="Did you mean one of these?",
    something_else="Something else",
    survey="How was our service?",
    survey_titles=("😊 Good", "😐 So-so", "😞 Bad"),
    solved="Was your question solved at the first try?",
    solved_titles=("Yes", "No"),
    survey_thanks="Thank you, that helps us get better!",
)
ENGLISH: Final = Spoken(_FRIENDLY, replace(_FRIENDLY, hello="Hello!", hello_name="Hello {name}!"))
