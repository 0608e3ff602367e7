"""Parley's table of contents: every route, queue and schedule. What they do stands in functions/."""

from collections.abc import Callable
from typing import Any

from chalice.app import Chalice, CloudWatchEvent, Rate, Request, Response, SQSEvent

from functions import api, merchants, pages, setup, threads, webhooks

app = Chalice(app_name="parley")
ANY_BODY = ["*/*"]


def asked() -> Request:
    """The request that is being answered."""
    assert app.current_request is not None
    return app.current_request


@app.middleware("http")
def tell_errors(event: Any, get_response: Callable[[Any], Any]) -> Any:
    return api.guarded(event, get_response)


@app.route("/webhooks/{id}", methods=["GET"])
def handshake_shared(id: str) -> Response:
    return webhooks.handshake(asked(), id)


@app.route("/webhooks/{id}", methods=["POST"], content_types=ANY_BODY)
def receive_shared(id: str) -> Response:
    return webhooks.receive(asked(), id)


@app.route("/webhooks/{id}/{connection_id}", methods=["GET"])
def handshake(id: str, connection_id: str) -> Response:
    return webhooks.handshake(asked(), id, connection_id)


@app.route("/webhooks/{id}/{connection_id}", methods=["POST"], content_types=ANY_BODY)
def receive(id: str, connection_id: str) -> Response:
    return webhooks.receive(asked(), id, connection_id)


@app.route("/merchants", methods=["POST"], content_types=ANY_BODY)
def create_merchant() -> Response:
    return merchants.create(asked())


@app.route("/merchants", methods=["GET"])
def list_merchants() -> Response:
    return merchants.listing(asked())


@app.route("/merchants/{id}", methods=["DELETE"])
def remove_merchant(id: str) -> Response:
    return merchants.remove(asked(), id)


@app.route("/keys", methods=["POST"], content_types=ANY_BODY)
def create_key() -> Response:
    return merchants.create_key(asked())


@app.route("/keys", methods=["GET"])
def list_keys() -> Response:
    return merchants.keys(asked())


@app.route("/keys/{id}", methods=["DELETE"])
def remove_key(id: str) -> Response:
    return merchants.remove_key(asked(), id)


@app.route("/apps/{id}", methods=["PUT"], content_types=ANY_BODY)
def save_app(id: str) -> Response:
    return merchants.save_app(asked(), id)


@app.route("/setup", methods=["GET"])
def list_connections() -> Response:
    return setup.listing(asked())


@app.route("/setup/{id}", methods=["POST"], content_types=ANY_BODY)
def connect(id: str) -> Response:
    return setup.connect(asked(), id)


@app.route("/setup/{id}", methods=["GET"])
def read_connection(id: str) -> Response:
    return setup.read(asked(), id)


@app.route("/setup/{id}", methods=["DELETE"])
def disconnect(id: str) -> Response:
    return setup.disconnect(asked(), id)


@app.route("/settings", methods=["GET"])
def read_settings() -> Response:
    return merchants.settings(asked())


@app.route("/settings", methods=["PUT"], content_types=ANY_BODY)
def save_settings() -> Response:
    return merchants.save_settings(asked())


@app.route("/threads", methods=["GET"])
def list_threads() -> Response:
    return threads.listing(asked())


@app.route("/threads/{id}", methods=["GET"])
def read_thread(id: str) -> Response:
    return threads.read(asked(), id)


@app.route("/threads/{id}", methods=["PATCH"], content_types=ANY_BODY)
def change_thread(id: str) -> Response:
    return threads.change(asked(), id)


@app.route("/threads/{id}/messages", methods=["POST"], content_types=ANY_BODY)
def reply(id: str) -> Response:
    return threads.reply(asked(), id)


@app.route("/threads/{id}/notes", methods=["POST"], content_types=ANY_BODY)
def note(id: str) -> Response:
    return threads.note(asked(), id)


@app.route("/health", methods=["GET"])
def health() -> Response:
    return pages.health(asked())


@app.route("/openapi.json", methods=["GET"])
def openapi() -> Response:
    return pages.openapi(asked())


@app.route("/docs", methods=["GET"])
def docs() -> Response:
    return pages.docs(asked())


@app.on_sqs_message(queue="inbound", batch_size=10)
def receive_inbound(event: SQSEvent) -> Any:
    return queues().receive(event.to_dict(), event.context)


@app.on_sqs_message(queue="outbound", batch_size=10)
def send_outbound(event: SQSEvent) -> Any:
    return queues().send_in_order(event.to_dict(), event.context)


@app.on_sqs_message(queue="later", batch_size=10)
def send_later(event: SQSEvent) -> Any:
    return queues().send(event.to_dict(), event.context)


@app.on_sqs_message(queue="bulk", batch_size=10)
def send_bulk(event: SQSEvent) -> Any:
    return queues().send(event.to_dict(), event.context)


@app.schedule(Rate(1, unit=Rate.MINUTES))
def tick(event: CloudWatchEvent) -> Any:
    return queues().tick()


def queues() -> Any:
    """Loaded when a queue calls: a webhook does not wait for what it does not use."""
    from functions import queues as loaded

    return loaded
