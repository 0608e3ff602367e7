"""How this deployment is set up: read once, by wiring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from chalicelib.domain.retention import Retention

# How few and how many days may be chosen. Raw events stay for as long as queues keep what refers to them.
DAYS: Final = {"MESSAGE_DAYS": (30, 3650), "RAW_DAYS": (15, 365), "MEDIA_DAYS": (1, 3650)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The environment of the functions, as infra/template sets it. clock_url is empty in production.

    platform_urls: where a platform is not the real one, by its name in the registry: `GRAPH_URL` is `graph`.
    """

    stage: str
    version: str
    shops_table: str
    threads_table: str
    due_table: str
    inbound_url: str
    outbound_url: str
    later_url: str
    bulk_url: str
    media_url: str
    bucket: str
    kms_key_id: str
    admin_key_hash: str
    public_url: str = ""
    clock_url: str = ""
    platform_urls: Mapping[str, str] = field(default_factory=dict)
    most_file_bytes: int = 100_000_000
    kept: Retention = field(default_factory=Retention)

    @staticmethod
    def read(env: Mapping[str, str]) -> "Settings":
        """Raises KeyError with the name of what is missing."""
        return Settings(
            stage=env["STAGE"],
            version=env.get("VERSION", ""),
            shops_table=env["SHOPS_TABLE"],
            threads_table=env["THREADS_TABLE"],
            due_table=env["DUE_TABLE"],
            inbound_url=env["INBOUND_QUEUE_URL"],
            outbound_url=env["OUTBOUND_QUEUE_URL"],
            later_url=env["LATER_QUEUE_URL"],
            bulk_url=env["BULK_QUEUE_URL"],
            media_url=env["MEDIA_QUEUE_URL"],
            bucket=env["MEDIA_BUCKET"],
            kms_key_id=env["KMS_KEY_ID"],
            admin_key_hash=env["ADMIN_KEY_HASH"],
            public_url=env.get("PUBLIC_URL", "").rstrip("/"),
            clock_url=env.get("CLOCK_URL", ""),
            platform_urls={
                name.removesuffix("_URL").lower(): value.rstrip("/")
                for name, value in env.items()
                if name.endswith("_URL")
            },
            most_file_bytes=int(env.get("MEDIA_MOST_MB", "100")) * 1_000_000,
            kept=Retention(
                messages=_days(env, "MESSAGE_DAYS", 730),
                raw=_days(env, "RAW_DAYS", 30),
                media=_days(env, "MEDIA_DAYS", 90),
            ),
        )


def _days(env: Mapping[str, str], name: str, default: int) -> timedelta:
    """Raises ValueError outside of what the template allows: a wrong number would delete or keep for ever."""
    shortest, longest = DAYS[name]
    days = int(env.get(name, default))
    if not shortest <= days <= longest:
        raise ValueError(f"{name} must be from {shortest} to {longest}")
    return timedelta(days=days)
