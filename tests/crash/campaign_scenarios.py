"""One campaign to three shoppers: one gets it, one has said stop, one is left alone to compare with."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from phones import WhatsApp, encoded
from scenes import SAID_AT, Scenario, unfaulted
from world import MERCHANT, World

from chalicelib.domain.campaigns.campaigns import Campaign
from chalicelib.domain.campaigns.results import STATES, summed
from chalicelib.domain.commerce.reminding import is_held_out
from chalicelib.domain.work import Due, MindCampaign
from chalicelib.ports.segments import Segment
from chalicelib.storage.campaigns import DynamoCampaigns
from chalicelib.storage.segments import DynamoSegments

CAMPAIGN: Final = "cp_sale"
SEGMENT: Final = "sg_all"
# By day, on the second of November; nobody is disturbed by what they have written before.
SENT_AT: Final = SAID_AT + timedelta(minutes=30)
# By then it has been sent, should it have been tried again, and was looked at twice.
COUNTED_AT: Final = SENT_AT + timedelta(minutes=40)
PEOPLE: Final = {"447700900123": "GB.1", "447700900124": "GB.2", "447700900125": "GB.3"}


def campaign_sent(world: World) -> None:
    """Its moment comes."""
    unfaulted(world, _booked)
    world.until_at(COUNTED_AT)
    _holds(world, {"intended": 1, "skipped": 1, "held_out": 1, "sent": 1})


def _booked(world: World) -> None:
    """They have written, are in a segment, and a campaign to that is booked."""
    for number, (phone, user_id) in enumerate(PEOPLE.items()):
        at = SAID_AT + timedelta(seconds=number)
        world.platform.says(_says(world, f"4{number}", "START", at, phone, user_id))
    world.until_at(SAID_AT + timedelta(minutes=10))
    phones = {
        row["shopper_id"]: row["wire_value"] for row in world.rows("ThreadsTable") if row["sk"] == "thread"
    }
    held_out, stops, _ = sorted(phones, key=_bucket)
    at = world.clock.now()
    world.platform.says(_says(world, "51", "STOP", at, phones[stops], PEOPLE[phones[stops]]))
    world.until_at(SAID_AT + timedelta(minutes=20))
    now = world.clock.now()
    DynamoSegments().save(
        Segment(
            merchant_id=MERCHANT,
            segment_id=SEGMENT,
            name="All",
            filter={"channel": "whatsapp"},
            created_at=now,
            built_at=now,
        )
    )
    world.process.work.begin_run.count(_campaign(now, 0.0), now)
    share = 100 / 10_000 * (_bucket(held_out) + 1)
    due = Due(MindCampaign(MERCHANT, CAMPAIGN), SENT_AT)
    DynamoCampaigns().save(_campaign(now, share), [due])


def _campaign(now: datetime, holdout: float) -> Campaign:
    return Campaign(
        merchant_id=MERCHANT,
        campaign_id=CAMPAIGN,
        name="Winter sale",
        segment_id=SEGMENT,
        schedule={"once": f"{SENT_AT:%Y-%m-%dT%H:%M}", "zone": "UTC"},
        content={"messages": {"en": {"text": "All mugs for half!"}}, "link": "https://shop.example/mugs"},
        state="booked",
        holdout=holdout,
        created_at=now,
        booked_at=now,
        next_at=SENT_AT,
    )


def _holds(world: World, wanted: Mapping[str, int]) -> None:
    store = DynamoCampaigns()
    campaign = store.campaign(MERCHANT, CAMPAIGN)
    assert campaign is not None
    run = store.run(MERCHANT, CAMPAIGN, campaign.runs[-1])
    assert run is not None and run.shoppers == 3
    counts = summed(store.pages(run))
    assert sum(counts.get(state, 0) for state in STATES) == 3, counts
    # Of what may have left when the process died, nobody knows whether it has.
    unsure = {"sent": 0, "uncertain": 1} if counts.get("uncertain") else {}
    assert {name: counts.get(name, 0) for name in {**wanted, **unsure}} == {**wanted, **unsure}, counts


def _says(world: World, id: str, text: str, at: datetime, phone: str, user_id: str) -> bytes:
    body: Any = json.loads(world.platform.phone.says(id, text, at))
    value = body["entry"][0]["changes"][0]["value"]
    value["contacts"][0] |= {"wa_id": phone, "user_id": user_id}
    value["messages"][0] |= {"from": phone, "from_user_id": user_id}
    return encoded(body)


def _bucket(shopper_id: str) -> int:
    """The smallest share, in hundredths of a percent, at which they are left alone."""
    low, high = 0, 10_000
    while low < high:
        middle = (low + high) // 2
        low, high = (
            (low, middle) if is_held_out(MERCHANT, shopper_id, (middle + 1) / 100) else (middle + 1, high)
        )
    return low


CAMPAIGN_SCENARIOS: Final[Mapping[str, Scenario]] = {
    "whatsapp_campaign_sent": Scenario(WhatsApp, campaign_sent, 90),
}
