"""What is written down about a run: never a secret, never what a shopper said."""

import re
import traceback
from functools import cache
from typing import Any, Final

from aws_lambda_powertools import Logger
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


@cache
def logger() -> Logger:
    """The process's logger. Log ids and counts; errors by their type."""
    return Logger(service="parley", logger_formatter=RedactingFormatter())


def place_of(error: BaseException) -> str:
    """The innermost place of an error, and no more: a traceback could hold what a shopper wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""


def count(name: str, *, stage: str, channel: str = "", value: float = 1, unit: str = "Count") -> None:
    """A metric in CloudWatch's embedded format; its dimensions are stage and channel, never a merchant."""
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    with single_metric(name=name, unit=MetricUnit(unit), value=value, namespace="Parley") as metric:
        metric.add_dimension("stage", stage)
        if channel:
            metric.add_dimension("channel", channel)
