"""How a line of the log looks: JSON, and nothing in it that opens a door."""

import re
from typing import Any, Final

from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

# Tokens of the four channels, our own keys, and whatever travels as a bearer or in a query.
_SECRET: Final = re.compile(
    r"\d{6,}:[A-Za-z0-9_-]{30,}|\b(?:EAA|IGAA|IGQ)[A-Za-z0-9]{8,}|\b(?:pk|ak)_[A-Za-z0-9_-]{16,}"
    r"|(?i:bearer\s+)[^\s\"\\]+|(?i:access_token|verify_token|secret)=[^&\s\"\\]+"
)


class RedactingFormatter(LambdaPowertoolsFormatter):
    """JSON lines in which anything that looks like a secret is blacked out, wherever it stands."""

    def format(self, record: Any) -> str:
        return _SECRET.sub("[redacted]", super().format(record))
