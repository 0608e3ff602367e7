"""One sender in a process of its own, as each concurrent function is: its own store, pace and channel.

Reads what to do as JSON from its first argument, says `ready`, waits for a line, and sends until its time is
over. At the end it says what became of it, as JSON.
"""

import json
import sys
import time
from dataclasses import replace
from typing import Any

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import text_content
from chalicelib.domain.events import Address
from chalicelib.ports.channel import OutboundMessage
from chalicelib.ports.errors import RetryLater
from chalicelib.services.sending.pace import Pace
from chalicelib.storage import models
from chalicelib.storage.pacing import DynamoPace
from integrations.clock import SystemClock
from integrations.registry import CHANNELS, BaseUrls


def main(plan: dict[str, Any]) -> None:
    models.bind(*plan["tables"])
    url = plan["sandbox_url"]
    channel = CHANNELS[plan["channel"]](BaseUrls(f"{url}/graph", f"{url}/instagram", f"{url}/telegram"))
    connection = Connection(**plan["connection"])
    pace = Pace(DynamoPace(), SystemClock(), time.sleep)
    message = OutboundMessage(to=Address(*plan["to"]), content=text_content("Hello"), reference="th_1/2#3")
    told = {"sent": 0, "refused": 0, "longest_wait_s": 0.0}
    # Clients are made on the first call: a function that is warm has them.
    pace(replace(connection, connection_id="cn_warm"), "text", channel.capabilities.rates, urgent=True)
    channel.send(message, connection)
    print("ready", flush=True)
    sys.stdin.readline()
    ends_at = time.monotonic() + plan["lasts_s"]
    while (wanted_at := time.monotonic()) < ends_at:
        while wait_s := pace(connection, "text", channel.capabilities.rates, urgent=plan["is_urgent"]):
            time.sleep(wait_s)
        told["longest_wait_s"] = max(told["longest_wait_s"], time.monotonic() - wanted_at)
        try:
            channel.send(message, connection)
            told["sent"] += 1
        except RetryLater as error:
            told["refused"] += 1
            pace.hold(connection, error.after_s)
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
