"""What a deployment may choose."""

from chalicelib.settings import DAYS
from infra.template.syntax import Json, ref

# Days that CloudWatch Logs accepts.
# Source: docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]


def build() -> Json:
    return {
        "Parameters": {
            "Stage": _text(
                "dev", "Names this deployment in metrics and logs.", pattern="[a-z][a-z0-9-]{0,19}"
            ),
            "AdminKeyHash": {
                "Type": "String",
                "NoEcho": True,
                "AllowedPattern": "[0-9a-f]{64}",
                "Description": "SHA-256 of the admin key, in hex. The key itself is kept nowhere.",
            },
            "PublicUrl": _text("", "Where platforms reach the API; empty: the API's own address."),
            "GraphUrl": _text("https://graph.facebook.com", "Meta's Graph API."),
            "InstagramUrl": _text("https://graph.instagram.com", "Instagram's own Graph API."),
            "TelegramUrl": _text("https://api.telegram.org", "Telegram's Bot API."),
            "ShopifyUrl": _text("https://{shop}", "A Shopify shop, with {shop} where its domain stands."),
            "WooCommerceUrl": _text("", "Below it, WooCommerce shops may be inside; empty: none may."),
            "ClockUrl": _text("", "A clock to ask for the time; empty, as in production: the machine's own."),
            "MediaMostMb": {
                "Type": "Number",
                "Default": 100,
                "MinValue": 1,
                "MaxValue": 400,
                "Description": "Shoppers' files up to so many megabytes are kept; functions have 512.",
            },
            "MessageDays": _days("MESSAGE_DAYS", 730, "Messages and their threads are kept so many days."),
            "RawDays": _days("RAW_DAYS", 30, "Events as they came, where they could not be understood."),
            "MediaDays": _days("MEDIA_DAYS", 90, "Shoppers' files."),
            "PlainHttp": {
                "Type": "String",
                "Default": "refused",
                "AllowedValues": ["refused", "taken"],
                "Description": "Whether the bucket may be reached without TLS; only a local AWS has none.",
            },
            "AlertEmail": _text("", "Gets the alarms by mail; empty: nobody does."),
            "PromisesAtRiskLimit": _limit(
                20, "More promises than this at four fifths of their time in a quarter of an hour: an alarm."
            ),
            "PromisesBrokenLimit": _limit(
                10, "More promises than this past their time in a quarter of an hour: an alarm."
            ),
            "LogLevel": {
                "Type": "String",
                "Default": "INFO",
                "AllowedValues": ["DEBUG", "INFO", "WARNING", "ERROR"],
            },
            "LogRetentionDays": {"Type": "Number", "Default": 30, "AllowedValues": RETENTION_DAYS},
            "VisibilityTimeoutSeconds": {
                "Type": "Number",
                "Default": 180,
                "MinValue": 31,
                "Description": "When a failed message is handed out again; 180 is six timeouts.",
            },
        },
        "Conditions": {
            "HasClock": {"Fn::Not": [{"Fn::Equals": [ref("ClockUrl"), ""]}]},
            "RefusesPlainHttp": {"Fn::Equals": [ref("PlainHttp"), "refused"]},
            "HasAlertEmail": {"Fn::Not": [{"Fn::Equals": [ref("AlertEmail"), ""]}]},
        },
    }


def _text(default: str, description: str, pattern: str = ".*") -> Json:
    return {"Type": "String", "Default": default, "Description": description, "AllowedPattern": pattern}


def _limit(default: int, description: str) -> Json:
    return {"Type": "Number", "Default": default, "MinValue": 0, "Description": description}


def _days(name: str, default: int, description: str) -> Json:
    shortest, longest = DAYS[name]
    return {
        "Type": "Number",
        "Default": default,
        "MinValue": shortest,
        "MaxValue": longest,
        "Description": description,
    }
