"""How this deployment is set up: read once, by wiring."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The environment of the functions, as infra/template sets it. clock_url is empty in production."""

    stage: str
    version: str
    shops_table: str
    threads_table: str
    due_table: str
    inbound_url: str
    outbound_url: str
    later_url: str
    bulk_url: str
    bucket: str
    kms_key_id: str
    admin_key_hash: str
    public_url: str = ""
    clock_url: str = ""
    graph_url: str = ""
    instagram_url: str = ""
    telegram_url: str = ""

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
            bucket=env["MEDIA_BUCKET"],
            kms_key_id=env["KMS_KEY_ID"],
            admin_key_hash=env["ADMIN_KEY_HASH"],
            public_url=env.get("PUBLIC_URL", "").rstrip("/"),
            clock_url=env.get("CLOCK_URL", ""),
            graph_url=env.get("GRAPH_URL", "").rstrip("/"),
            instagram_url=env.get("INSTAGRAM_URL", "").rstrip("/"),
            telegram_url=env.get("TELEGRAM_URL", "").rstrip("/"),
        )
