"""A shop on every channel: its environment, and signed calls as Lambda gets them."""

import hashlib
import hmac
import json
import time
from base64 import b64encode
from typing import Any, Final

REGION: Final = "us-east-1"
ACCOUNT: Final = "000000000000"
MERCHANT: Final = "me_bench"
PHONE_NUMBER_ID: Final = "106540352242922"
BOT_ID: Final = "7000000001"
BOT_TOKEN: Final = f"{BOT_ID}:{'A' * 35}"
ACCOUNTS: Final = {
    "whatsapp": PHONE_NUMBER_ID,
    "messenger": "108824017345866",
    "instagram": "17841402900000001",
    "telegram": BOT_ID,
}
# Those that are measured: the longest way and the shortest.
MEASURED: Final = ("whatsapp", "telegram")
SECRET: Final = "0123456789abcdef0123456789abcdef"
API_KEY: Final = "pk_bench_0123456789abcdef"
QUEUES: Final = {
    "INBOUND": "inbound.fifo",
    "OUTBOUND": "outbound.fifo",
    "LATER": "later",
    "BULK": "bulk",
    "MEDIA": "media",
}
TABLES: Final = {"SHOPS_TABLE": "Shops", "THREADS_TABLE": "Threads", "DUE_TABLE": "Due"}


def environment(aws_url: str, kms_key: str = "alias/bench") -> dict[str, str]:
    """What the template gives each function, with AWS at `aws_url`."""
    urls = {f"{name}_QUEUE_URL": f"{aws_url}/{ACCOUNT}/{queue}" for name, queue in QUEUES.items()}
    return {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": aws_url,
        "AWS_EC2_METADATA_DISABLED": "true",
        "STAGE": "bench",
        "VERSION": "bench",
        "LOG_LEVEL": "INFO",
        "MEDIA_BUCKET": "bench-media",
        "KMS_KEY_ID": kms_key,
        "ADMIN_KEY_HASH": "0" * 64,
        **TABLES,
        **urls,
    }


def connection_id(channel: str) -> str:
    return f"cn_{channel}"


def whatsapp_texts(*shoppers: str, now_s: float | None = None) -> dict[str, Any]:
    """One body in which each of these phone numbers wrote a text."""
    said_at = str(int(time.time() if now_s is None else now_s))
    messages = [
        {
            "from": phone,
            "from_user_id": f"GB.{phone}",
            "id": f"wamid.HBgM{phone}{said_at}{place}",
            "timestamp": said_at,
            "type": "text",
            "text": {"body": "Is the blue one in stock? Could you send it by Friday?"},
        }
        for place, phone in enumerate(shoppers)
    ]
    people = [
        {"profile": {"name": "Ann Example"}, "wa_id": phone, "user_id": f"GB.{phone}"}
        for phone in dict.fromkeys(shoppers)
    ]
    return _whatsapp({"contacts": people, "messages": messages})


def whatsapp_status(shopper: str, status: str, message_id: str, reference: str) -> dict[str, Any]:
    """One status of a message of ours."""
    told = {
        "id": message_id,
        "status": status,
        "timestamp": str(int(time.time())),
        "recipient_id": shopper,
        "recipient_user_id": f"GB.{shopper}",
        "biz_opaque_callback_data": reference,
    }
    return _whatsapp({"statuses": [told]})


def _whatsapp(told: dict[str, Any]) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550783881", "phone_number_id": PHONE_NUMBER_ID}
    value = {"messaging_product": "whatsapp", "metadata": metadata, **told}
    entry = {"id": "102290129340398", "changes": [{"value": value, "field": "messages"}]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def telegram_text() -> dict[str, Any]:
    person = {"id": 5550001234567, "first_name": "Ann", "last_name": "Example"}
    message = {
        "message_id": 41,
        "from": {**person, "is_bot": False, "language_code": "en"},
        "chat": {**person, "type": "private"},
        "date": int(time.time()),
        "text": "Is the blue one in stock? Could you send it by Friday?",
    }
    return {"update_id": 700000001, "message": message}


def lambda_event(channel: str, body: dict[str, Any]) -> dict[str, Any]:
    """The signed call of a channel as API Gateway hands it on: headers of its own, the body in base64."""
    raw = json.dumps(body, separators=(",", ":")).encode()
    headers = {
        "Accept": "*/*",
        "Accept-Encoding": "deflate, gzip",
        "Content-Type": "application/json",
        "Host": "abcdefghij.execute-api.us-east-1.amazonaws.com",
        "User-Agent": "facebookexternalua",
        "X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678",
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
        **_signature(channel, raw),
    }
    ids = {"id": channel, "connection_id": connection_id(channel)}
    return {
        "resource": "/webhooks/{id}/{connection_id}",
        "path": f"/webhooks/{channel}/{ids['connection_id']}",
        "httpMethod": "POST",
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": ids,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": "/webhooks/{id}/{connection_id}",
            "httpMethod": "POST",
            "path": f"/api/webhooks/{channel}/{ids['connection_id']}",
            "stage": "api",
            "identity": {"sourceIp": "203.0.113.9"},
        },
        "body": b64encode(raw).decode(),
        "isBase64Encoded": True,
    }


def api_event(method: str, resource: str, path_id: str, body: dict[str, Any]) -> dict[str, Any]:
    """A call of the API with the shop's key, as API Gateway hands it on."""
    event = lambda_event("telegram", body)
    headers = {**event["headers"], "Authorization": f"Bearer {API_KEY}", "User-Agent": "bench"}
    path = resource.replace("{id}", path_id)
    return event | {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "pathParameters": {"id": path_id},
        "requestContext": event["requestContext"]
        | {"resourcePath": resource, "httpMethod": method, "path": f"/api{path}"},
    }


def key_row() -> dict[str, dict[str, str]]:
    """The shop's API key as it stands in the table of shops."""
    hashed = hashlib.sha256(API_KEY.encode()).hexdigest()
    row = {
        "pk": f"key#{hashed}",
        "sk": "key",
        "merchant_id": MERCHANT,
        "key_id": "ky_bench",
        "name": "Ben",
        "role": "owner",
        "secret_hash": hashed,
        "created_at": "2026-01-01T00:00:00.000000+0000",
    }
    return {name: {"S": value} for name, value in row.items()}


def _signature(channel: str, raw: bytes) -> dict[str, str]:
    if channel == "telegram":
        return {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()}


def connection_row(channel: str) -> dict[str, dict[str, str]]:
    """The connection as it stands in the table of shops; `sealed` opens to `opened(channel)`."""
    row = {
        "pk": f"connection#{connection_id(channel)}",
        "sk": "connection",
        "merchant_id": MERCHANT,
        "connection_id": connection_id(channel),
        "channel": channel,
        "account": ACCOUNTS[channel],
        "name": "Sample shop",
        "status": "active",
        "details": json.dumps({"waba_id": "102290129340398"} if channel == "whatsapp" else {}),
        "next_steps": "[]",
        "sealed": b64encode(channel.encode()).decode(),
    }
    return {name: {"S": value} for name, value in row.items()}


def opened(channel: str) -> dict[str, Any]:
    """What the vault has sealed for a connection."""
    token = BOT_TOKEN if channel == "telegram" else "EAAG" + "A" * 60
    return {"token": token, "signing_secrets": [SECRET], "verify_token": "verify-me"}
