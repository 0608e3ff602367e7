"""`usd_per_1000_threads`, `usd_idle_month`: what AWS asks for, from the counted requests of a run and a dated
table of public prices (`prices.json`). Estimates, without free tiers, storage and traffic.

A thread: a shopper writes and is answered at once, a person of the shop looks and replies, the shopper
writes once more, and the person looks and replies again; each of the three messages tells that it was sent,
delivered and read. Of Lambda's time, what the functions took here, on the memory that the template gives
them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from bench.cost import PRICES, Call, per_million
from bench.rows import Row
from chalicelib.domain.campaigns.prices import WORDS_COST_SINCE, price_of
from infra.template import alarms, stores
from infra.template.functions import FUNCTIONS
from infra.template.queues import QUEUES

THREADS_AIM: Final = 0.25
IDLE_AIM: Final = 5.0
# What a function writes into its log beside what Lambda adds about each run.
LOG_LINE_BYTES: Final = 600
_MONTH_MINUTES: Final = 30 * 24 * 60
# Lambda asks each queue by several pollers, each for up to 20 seconds, whether there is anything or not.
# Source: docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
_POLLERS: Final = 5
_POLLS_A_MINUTE: Final = 3
_NAMES: Final = {
    "app": "APIHandler",
    "receive_inbound": "ReceiveInbound",
    "send_outbound": "SendOutbound",
    "send_later": "SendLater",
    "tick": "Tick",
}
_MILLION: Final = 1_000_000


def per_1000_threads(calls: Sequence[Call]) -> Row:
    """What a thousand such conversations cost."""
    parts = _usd(calls, 1000)
    return Row("usd_per_1000_threads", sum(parts.values()), "USD", THREADS_AIM, _told(parts))


def idle_month(tick: Sequence[Call]) -> Row:
    """What a stack costs in which nothing happens."""
    parts = _usd(tick, _MONTH_MINUTES)
    polls = len(QUEUES) * _POLLERS * _POLLS_A_MINUTE * _MONTH_MINUTES
    parts["polling"] = polls * PRICES["sqs_standard"] / _MILLION
    parts["keys"] = _count(stores.build(), "AWS::KMS::Key") * PRICES["kms_key_month"]
    parts["alarms"] = _count(alarms.build(), "AWS::CloudWatch::Alarm") * PRICES["alarm_month"]
    return Row("usd_idle_month", sum(parts.values()), "USD", IDLE_AIM, _told(parts))


def told() -> list[str]:
    """What the platforms ask for beside it."""
    on = date.fromisoformat(PRICES["as_of"])
    lines = []
    for country in ("US", "DE", "BR", "IN"):
        currency, low, high = price_of(True, "template", "marketing", country, False, on)
        _, utility_low, utility_high = price_of(True, "template", "utility", country, False, on)
        lines.append(f"{country} {low}-{high} marketing, {utility_low}-{utility_high} utility ({currency})")
    words = (
        f"words in an open window since {WORDS_COST_SINCE}: as a utility template, but for a number's first"
    )
    return [
        f"Meta's own fees for a WhatsApp template: {'; '.join(lines)}",
        f"  {words} 1 000 a month; Messenger, Instagram and Telegram ask for nothing",
    ]


def _usd(calls: Sequence[Call], times: int) -> dict[str, float]:
    parts = {name: usd * times / _MILLION for name, usd in per_million(calls).items()}
    ran = [call for call in calls if call.service == "lambda"]
    seconds = sum(call.seconds * FUNCTIONS[_NAMES[call.operation]].memory_mb / 1024 for call in ran)
    parts["lambda_time"] = seconds * times * PRICES["lambda_gb_second"] / _MILLION
    parts["logs"] = len(ran) * LOG_LINE_BYTES * times / 1e9 * PRICES["log_gb"]
    return parts


def _count(template: Any, kind: str) -> int:
    return sum(one["Type"] == kind for one in template["Resources"].values())


def _told(parts: dict[str, float]) -> str:
    return ", ".join(f"{name} {usd:.3f}" for name, usd in sorted(parts.items(), key=lambda one: -one[1]))
