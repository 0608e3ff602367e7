"""Parley's table of contents: every route, queue and schedule. What they do stands in functions/."""

from importlib import import_module
from typing import Any

from chalice.app import Chalice, CloudWatchEvent, Rate, Response, SQSEvent

from functions import api

app = Chalice(app_name="parley")
ANY_BODY = ["*/*"]


def answer(route: str, *ids: str) -> Response:
    """Chalice answers errors of a view before a middleware sees them, so each view goes through here.

    route: a module of functions/ and its function, loaded when it is called: a webhook does not wait for
    what it does not use.
    """
    assert app.current_request is not None
    module, _, name = route.partition(".")
    return api.guarded(app.current_request, getattr(import_module(f"functions.{module}"), name), *ids)


@app.route("/webhooks/{id}", methods=["GET"])
def handshake_shared(id: str) -> Response:
    return answer("webhooks.handshake", id)


@app.route("/webhooks/{id}", methods=["POST"], content_types=ANY_BODY)
def receive_shared(id: str) -> Response:
    return answer("webhooks.receive", id)


@app.route("/webhooks/{id}/{connection_id}", methods=["GET"])
def handshake(id: str, connection_id: str) -> Response:
    return answer("webhooks.handshake", id, connection_id)


@app.route("/webhooks/{id}/{connection_id}", methods=["POST"], content_types=ANY_BODY)
def receive(id: str, connection_id: str) -> Response:
    return answer("webhooks.receive", id, connection_id)


@app.route("/merchants", methods=["POST"], content_types=ANY_BODY)
def create_merchant() -> Response:
    return answer("merchants.create")


@app.route("/merchants", methods=["GET"])
def list_merchants() -> Response:
    return answer("merchants.listing")


@app.route("/merchants/{id}", methods=["DELETE"])
def remove_merchant(id: str) -> Response:
    return answer("merchants.remove", id)


@app.route("/keys", methods=["POST"], content_types=ANY_BODY)
def create_key() -> Response:
    return answer("merchants.create_key")


@app.route("/keys", methods=["GET"])
def list_keys() -> Response:
    return answer("merchants.keys")


@app.route("/keys/{id}", methods=["DELETE"])
def remove_key(id: str) -> Response:
    return answer("merchants.remove_key", id)


@app.route("/apps/{id}", methods=["PUT"], content_types=ANY_BODY)
def save_app(id: str) -> Response:
    return answer("merchants.save_app", id)


@app.route("/setup", methods=["GET"])
def list_connections() -> Response:
    return answer("setup.listing")


@app.route("/setup/{id}", methods=["POST"], content_types=ANY_BODY)
def connect(id: str) -> Response:
    return answer("setup.connect", id)


@app.route("/setup/{id}", methods=["GET"])
def read_connection(id: str) -> Response:
    return answer("setup.read", id)


@app.route("/setup/{id}", methods=["DELETE"])
def disconnect(id: str) -> Response:
    return answer("setup.disconnect", id)


@app.route("/setup/{id}/check", methods=["POST"], content_types=ANY_BODY)
def check_connection(id: str) -> Response:
    return answer("setup.check", id)


@app.route("/settings", methods=["GET"])
def read_settings() -> Response:
    return answer("merchants.settings")


@app.route("/settings", methods=["PUT"], content_types=ANY_BODY)
def save_settings() -> Response:
    return answer("merchants.save_settings")


@app.route("/threads", methods=["GET"])
def list_threads() -> Response:
    return answer("threads.listing")


@app.route("/threads/{id}", methods=["GET"])
def read_thread(id: str) -> Response:
    return answer("threads.read", id)


@app.route("/threads/{id}", methods=["PATCH"], content_types=ANY_BODY)
def change_thread(id: str) -> Response:
    return answer("threads.change", id)


@app.route("/threads/{id}/messages", methods=["POST"], content_types=ANY_BODY)
def reply(id: str) -> Response:
    return answer("threads.reply", id)


@app.route("/threads/{id}/signals", methods=["POST"], content_types=ANY_BODY)
def signal(id: str) -> Response:
    return answer("threads.signal", id)


@app.route("/threads/{id}/notes", methods=["POST"], content_types=ANY_BODY)
def note(id: str) -> Response:
    return answer("threads.note", id)


@app.route("/shoppers/{id}", methods=["GET"])
def read_shopper(id: str) -> Response:
    return answer("shoppers.read", id)


@app.route("/shoppers/{id}", methods=["POST"], content_types=ANY_BODY)
def import_shoppers(id: str) -> Response:
    return answer("imports.begin", id)


@app.route("/imports/{id}", methods=["GET"])
def read_import(id: str) -> Response:
    return answer("imports.read", id)


@app.route("/shoppers/{id}/can-send", methods=["GET"])
def can_send(id: str) -> Response:
    return answer("consents.can_send", id)


@app.route("/shoppers/{id}/consent", methods=["GET"])
def read_consent(id: str) -> Response:
    return answer("consents.history", id)


@app.route("/shoppers/{id}/consent", methods=["POST"], content_types=ANY_BODY)
def note_consent(id: str) -> Response:
    return answer("consents.note", id)


@app.route("/consents", methods=["GET"])
def list_consents() -> Response:
    return answer("consents.journal")


@app.route("/consents", methods=["POST"], content_types=ANY_BODY)
def bring_consents() -> Response:
    return answer("consents.bring")


@app.route("/consents/{id}", methods=["GET"])
def list_of_consents(id: str) -> Response:
    return answer("consents.listing", id)


@app.route("/consents/{id}", methods=["POST"], content_types=ANY_BODY)
def settle_consents(id: str) -> Response:
    return answer("consents.settle", id)


@app.route("/shoppers/{id}/merge", methods=["POST"], content_types=ANY_BODY)
def merge_shoppers(id: str) -> Response:
    return answer("shoppers.merge", id)


@app.route("/shoppers/{id}/unmerge", methods=["POST"], content_types=ANY_BODY)
def unmerge_shoppers(id: str) -> Response:
    return answer("shoppers.unmerge", id)


@app.route("/templates", methods=["GET"])
def list_templates() -> Response:
    return answer("templates.listing")


@app.route("/templates", methods=["POST"], content_types=ANY_BODY)
def fetch_templates() -> Response:
    return answer("templates.fetch")


@app.route("/templates/{id}", methods=["GET"])
def read_template(id: str) -> Response:
    return answer("templates.read", id)


@app.route("/templates/{id}/preview", methods=["POST"], content_types=ANY_BODY)
def preview_template(id: str) -> Response:
    return answer("templates.preview", id)


@app.route("/shoppers/{id}/export", methods=["GET"])
def export_shopper(id: str) -> Response:
    return answer("personal_data.export", id)


@app.route("/shoppers/{id}/erase", methods=["POST"], content_types=ANY_BODY)
def erase_shopper(id: str) -> Response:
    return answer("personal_data.erase", id)


@app.route("/shoppers/{id}/erase", methods=["GET"])
def read_erasing(id: str) -> Response:
    return answer("personal_data.erasing", id)


@app.route("/privacy/{id}", methods=["POST"], content_types=ANY_BODY)
def hear_privacy(id: str) -> Response:
    return answer("privacy.hear", id)


@app.route("/privacy/{id}", methods=["GET"])
def read_privacy(id: str) -> Response:
    return answer("privacy.status", id)


@app.route("/faq", methods=["GET"])
def list_articles() -> Response:
    return answer("faq.listing")


@app.route("/faq/{id}", methods=["PUT"], content_types=ANY_BODY)
def save_article(id: str) -> Response:
    return answer("faq.save", id)


@app.route("/faq/{id}", methods=["DELETE"])
def remove_article(id: str) -> Response:
    return answer("faq.remove", id)


@app.route("/faq/{id}", methods=["GET"])
def faq_page(id: str) -> Response:
    return answer("faq.page", id)


@app.route("/shops/{id}/carts/{cart_id}", methods=["PUT"], content_types=ANY_BODY)
def save_cart(id: str, cart_id: str) -> Response:
    return answer("shops.save_cart", id, cart_id)


@app.route("/shops/{id}/orders/{order_id}", methods=["PUT"], content_types=ANY_BODY)
def save_order(id: str, order_id: str) -> Response:
    return answer("shops.save_order", id, order_id)


@app.route("/t/{id}", methods=["GET"])
def order_page(id: str) -> Response:
    return answer("pages.order", id)


@app.route("/c/{id}", methods=["GET", "HEAD"])
def follow_campaign_link(id: str) -> Response:
    return answer("clicks.follow", id)


@app.route("/returns", methods=["GET"])
def list_returns() -> Response:
    return answer("returns.listing")


@app.route("/returns", methods=["POST"], content_types=ANY_BODY)
def open_return() -> Response:
    return answer("returns.create")


@app.route("/returns/{id}", methods=["GET"])
def read_return(id: str) -> Response:
    return answer("returns.read", id)


@app.route("/returns/{id}", methods=["PATCH"], content_types=ANY_BODY)
def change_return(id: str) -> Response:
    return answer("returns.change", id)


@app.route("/segments", methods=["GET"])
def list_segments() -> Response:
    return answer("segments.listing")


@app.route("/segments", methods=["POST"], content_types=ANY_BODY)
def create_segment() -> Response:
    return answer("segments.create")


@app.route("/segments/{id}", methods=["GET"])
def read_segment(id: str) -> Response:
    return answer("segments.read", id)


@app.route("/segments/{id}", methods=["PUT"], content_types=ANY_BODY)
def save_segment(id: str) -> Response:
    return answer("segments.save", id)


@app.route("/segments/{id}", methods=["DELETE"])
def remove_segment(id: str) -> Response:
    return answer("segments.remove", id)


@app.route("/campaigns", methods=["GET"])
def list_campaigns() -> Response:
    return answer("campaigns.listing")


@app.route("/campaigns", methods=["POST"], content_types=ANY_BODY)
def create_campaign() -> Response:
    return answer("campaigns.create")


@app.route("/campaigns/{id}", methods=["GET"])
def read_campaign(id: str) -> Response:
    return answer("campaigns.read", id)


@app.route("/campaigns/{id}", methods=["PUT"], content_types=ANY_BODY)
def save_campaign(id: str) -> Response:
    return answer("campaigns.save", id)


@app.route("/campaigns/{id}", methods=["PATCH"], content_types=ANY_BODY)
def move_campaign(id: str) -> Response:
    return answer("campaigns.move", id)


@app.route("/campaigns/{id}/dry-run", methods=["POST"], content_types=ANY_BODY)
def begin_dry_run(id: str) -> Response:
    return answer("campaigns.begin_dry_run", id)


@app.route("/campaigns/{id}/dry-run", methods=["GET"])
def read_dry_run(id: str) -> Response:
    return answer("campaigns.read_dry_run", id)


@app.route("/campaigns/{id}/test", methods=["POST"], content_types=ANY_BODY)
def try_campaign(id: str) -> Response:
    return answer("campaigns.test", id)


@app.route("/campaigns/{id}/recipients", methods=["GET"])
def list_recipients(id: str) -> Response:
    return answer("campaigns.recipients", id)


@app.route("/links", methods=["POST"], content_types=ANY_BODY)
def create_link() -> Response:
    return answer("links.create")


@app.route("/staff", methods=["POST"], content_types=ANY_BODY)
def invite_staff() -> Response:
    return answer("staff.invite")


@app.route("/staff", methods=["GET"])
def list_staff() -> Response:
    return answer("staff.listing")


@app.route("/staff/{id}", methods=["DELETE"])
def remove_staff(id: str) -> Response:
    return answer("staff.remove", id)


@app.route("/insights/{id}", methods=["GET"])
def insight(id: str) -> Response:
    return answer("insights.read", id)


@app.route("/health", methods=["GET"])
def health() -> Response:
    return answer("pages.health")


@app.route("/openapi.json", methods=["GET"])
def openapi() -> Response:
    return answer("pages.openapi")


@app.route("/docs", methods=["GET"])
def docs() -> Response:
    return answer("pages.docs")


@app.on_sqs_message(queue="inbound", batch_size=10)
def receive_inbound(event: SQSEvent) -> Any:
    return queues().receive(event.to_dict(), event.context)


@app.on_sqs_message(queue="outbound", batch_size=1)
def send_outbound(event: SQSEvent) -> Any:
    return queues().send_in_order(event.to_dict(), event.context)


@app.on_sqs_message(queue="later", batch_size=1)
def send_later(event: SQSEvent) -> Any:
    return queues().send(event.to_dict(), event.context)


@app.on_sqs_message(queue="bulk", batch_size=64, maximum_batching_window_in_seconds=1)
def send_bulk(event: SQSEvent) -> Any:
    return queues().send_bulk(event.to_dict(), event.context)


@app.on_sqs_message(queue="media", batch_size=1)
def fetch_media(event: SQSEvent) -> Any:
    return queues().send(event.to_dict(), event.context)


@app.schedule(Rate(1, unit=Rate.MINUTES))
def tick(event: CloudWatchEvent) -> Any:
    return queues().tick()


def queues() -> Any:
    """Loaded when a queue calls: a webhook does not wait for what it does not use."""
    from functions import queues as loaded

    return loaded
