"""`make bench`. An aim that is missed is said plainly; only a measurement that fails is an error."""

import sys
from typing import Final

from bench import (
    campaign_speed,
    decisions,
    gate_violations,
    orders,
    per_message,
    start_up,
    ticks,
    webhook_cpu,
)
from bench.promises import kept
from bench.rows import RESULTS, Row, show, write
from infra.local.settings import LocalStackFailed
from infra.package import DIST, PROJECT, PackagingFailed, package

ZIP_AIM_MB: Final = 40.0


def zip_size() -> Row:
    """Lambda takes 50 MB."""
    package()
    return Row("zip_mb", (DIST / "deployment.zip").stat().st_size / 1e6, "MB", ZIP_AIM_MB)


def main() -> None:
    try:
        start = start_up.measure()
        cpu = webhook_cpu.measure()
        requests, told = per_message.measure()
        gate, broken = gate_violations.measure()
        decided, mistaken = decisions.measure()
        asked_after, misread = orders.measure()
        rows = [
            start,
            *cpu,
            *requests,
            *campaign_speed.measure(),
            ticks.measure(),
            gate,
            kept.measure(),
            *decided,
            *asked_after,
            zip_size(),
        ]
    except (PackagingFailed, LocalStackFailed, RuntimeError) as error:
        sys.exit(f"bench: {error}")
    write(rows)
    print(
        show(rows),
        *told,
        *broken,
        *mistaken,
        *misread,
        f"Written to {RESULTS.relative_to(PROJECT)}",
        sep="\n",
    )


if __name__ == "__main__":
    main()
