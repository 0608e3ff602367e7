"""What the use cases need from the world. Adapters implement these; fakes stand here in tests.

A name is loaded with the module that it stands in when somebody asks for it: a webhook needs a few of them,
and a cold process would pay for all.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from chalicelib.ports.account import (
        Connectable as Connectable,
        Examination as Examination,
        Renewal as Renewal,
        Webhooks as Webhooks,
    )
    from chalicelib.ports.addresses import AddressStore as AddressStore, Found as Found, Owned as Owned
    from chalicelib.ports.afterwards import (
        ChangedLater as ChangedLater,
        Held as Held,
        HeldStore as HeldStore,
        KeptNotice as KeptNotice,
        NoticeStore as NoticeStore,
        Pointer as Pointer,
    )
    from chalicelib.ports.calendar import HolidayCalendar as HolidayCalendar
    from chalicelib.ports.channel import (
        Channel as Channel,
        Download as Download,
        OutboundMessage as OutboundMessage,
        Profile as Profile,
        Signal as Signal,
    )
    from chalicelib.ports.commerce import (
        Bought as Bought,
        CartAsRead as CartAsRead,
        Changed as Changed,
        CommerceStore as CommerceStore,
        Counter as Counter,
        KeptCart as KeptCart,
        KeptOrder as KeptOrder,
        ShopChange as ShopChange,
        ShopSystem as ShopSystem,
    )
    from chalicelib.ports.consents import (
        ConsentStore as ConsentStore,
        Counted as Counted,
        Marketed as Marketed,
        Reached as Reached,
        TierUsed as TierUsed,
        Unclear as Unclear,
    )
    from chalicelib.ports.erasing import ErasingStore as ErasingStore
    from chalicelib.ports.errors import (
        AddressErased as AddressErased,
        AlreadyThere as AlreadyThere,
        BodyGone as BodyGone,
        ChannelDown as ChannelDown,
        ChatMigrated as ChatMigrated,
        Conflict as Conflict,
        CredentialsRejected as CredentialsRejected,
        InvalidSignature as InvalidSignature,
        NotSent as NotSent,
        OutcomeUnknown as OutcomeUnknown,
        RetryLater as RetryLater,
        SendError as SendError,
        SendRejected as SendRejected,
        SetupError as SetupError,
        StoreBusy as StoreBusy,
        StoreRefused as StoreRefused,
    )
    from chalicelib.ports.faq import FaqStore as FaqStore
    from chalicelib.ports.files import (
        FetchLater as FetchLater,
        Fetched as Fetched,
        Fetcher as Fetcher,
        FileGone as FileGone,
        FileNotTaken as FileNotTaken,
        FileRows as FileRows,
        FileStore as FileStore,
    )
    from chalicelib.ports.pacing import PaceStore as PaceStore, Taken as Taken
    from chalicelib.ports.people import LinkStore as LinkStore, PeopleStore as PeopleStore
    from chalicelib.ports.queues import (
        BodyStore as BodyStore,
        Clock as Clock,
        DueStore as DueStore,
        Outbox as Outbox,
    )
    from chalicelib.ports.reports import ReportStore as ReportStore
    from chalicelib.ports.returns import KeptReturn as KeptReturn, ReturnStore as ReturnStore, Sums as Sums
    from chalicelib.ports.self_call import SelfCall as SelfCall
    from chalicelib.ports.shops import ShopStore as ShopStore
    from chalicelib.ports.staff import StaffStore as StaffStore
    from chalicelib.ports.surveys import SurveyStore as SurveyStore
    from chalicelib.ports.templates import TemplateStore as TemplateStore
    from chalicelib.ports.threads import (
        Change as Change,
        Claim as Claim,
        Joined as Joined,
        Kept as Kept,
        Noted as Noted,
        Paced as Paced,
        SentAgain as SentAgain,
        ThreadStore as ThreadStore,
        Told as Told,
    )

_ROOMS: Final[dict[str, tuple[str, ...]]] = {
    "account": (
        "Connectable",
        "Examination",
        "Renewal",
        "Webhooks",
    ),
    "addresses": (
        "AddressStore",
        "Found",
        "Owned",
    ),
    "afterwards": (
        "ChangedLater",
        "Held",
        "HeldStore",
        "KeptNotice",
        "NoticeStore",
        "Pointer",
    ),
    "calendar": ("HolidayCalendar",),
    "channel": (
        "Channel",
        "Download",
        "OutboundMessage",
        "Profile",
        "Signal",
    ),
    "commerce": (
        "Bought",
        "CartAsRead",
        "Changed",
        "CommerceStore",
        "Counter",
        "KeptCart",
        "KeptOrder",
        "ShopChange",
        "ShopSystem",
    ),
    "consents": (
        "ConsentStore",
        "Counted",
        "Marketed",
        "Reached",
        "TierUsed",
        "Unclear",
    ),
    "erasing": ("ErasingStore",),
    "errors": (
        "AddressErased",
        "AlreadyThere",
        "BodyGone",
        "ChannelDown",
        "ChatMigrated",
        "Conflict",
        "CredentialsRejected",
        "InvalidSignature",
        "NotSent",
        "OutcomeUnknown",
        "RetryLater",
        "SendError",
        "SendRejected",
        "SetupError",
        "StoreBusy",
        "StoreRefused",
    ),
    "faq": ("FaqStore",),
    "files": (
        "FetchLater",
        "Fetched",
        "Fetcher",
        "FileGone",
        "FileNotTaken",
        "FileRows",
        "FileStore",
    ),
    "pacing": (
        "PaceStore",
        "Taken",
    ),
    "people": (
        "LinkStore",
        "PeopleStore",
    ),
    "queues": (
        "BodyStore",
        "Clock",
        "DueStore",
        "Outbox",
    ),
    "reports": ("ReportStore",),
    "returns": (
        "KeptReturn",
        "ReturnStore",
        "Sums",
    ),
    "self_call": ("SelfCall",),
    "shops": ("ShopStore",),
    "staff": ("StaffStore",),
    "surveys": ("SurveyStore",),
    "templates": ("TemplateStore",),
    "threads": (
        "Change",
        "Claim",
        "Joined",
        "Kept",
        "Noted",
        "Paced",
        "SentAgain",
        "ThreadStore",
        "Told",
    ),
}
_ROOM_OF: Final = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """The type, from its room. Raises AttributeError for what no room has."""
    if name not in _ROOM_OF:
        raise AttributeError(f"there is no port {name!r}")
    return getattr(import_module(f"chalicelib.ports.{_ROOM_OF[name]}"), name)
