"""What is written down about a run: never a secret, never what a shopper said."""

import traceback
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger


@cache
def logger() -> "Logger":
    """The process's logger. Log ids and counts; errors by their type. Most webhooks have nothing to say, and
    never load it."""
    from aws_lambda_powertools import Logger

    from functions.log_lines import RedactingFormatter

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
