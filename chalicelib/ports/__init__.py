"""What the use cases need from the world. Adapters implement these; fakes stand here in tests."""

from chalicelib.ports.account import Connectable, Examination, Renewal, Webhooks
from chalicelib.ports.addresses import AddressStore, Found, Owned
from chalicelib.ports.afterwards import ChangedLater, Held, HeldStore, KeptNotice, NoticeStore, Pointer
from chalicelib.ports.calendar import HolidayCalendar
from chalicelib.ports.channel import (
    Channel,
    Download,
    OutboundMessage,
    Profile,
    Signal,
)
from chalicelib.ports.commerce import (
    Bought,
    CartAsRead,
    Changed,
    CommerceStore,
    Counter,
    KeptCart,
    KeptOrder,
    ShopChange,
    ShopSystem,
)
from chalicelib.ports.consents import ConsentStore, Counted, Marketed, Reached, TierUsed, Unclear
from chalicelib.ports.erasing import ErasingStore
from chalicelib.ports.errors import (
    AddressErased,
    AlreadyThere,
    BodyGone,
    ChannelDown,
    ChatMigrated,
    Conflict,
    CredentialsRejected,
    InvalidSignature,
    NotSent,
    OutcomeUnknown,
    RetryLater,
    SendError,
    SendRejected,
    SetupError,
    StoreBusy,
    StoreRefused,
)
from chalicelib.ports.faq import FaqStore
from chalicelib.ports.files import (
    Fetched,
    Fetcher,
    FetchLater,
    FileGone,
    FileNotTaken,
    FileRows,
    FileStore,
)
from chalicelib.ports.pacing import PaceStore, Taken
from chalicelib.ports.people import LinkStore, PeopleStore
from chalicelib.ports.queues import BodyStore, Clock, DueStore, Outbox
from chalicelib.ports.reports import ReportStore
from chalicelib.ports.self_call import SelfCall
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.staff import StaffStore
from chalicelib.ports.surveys import SurveyStore
from chalicelib.ports.templates import TemplateStore
from chalicelib.ports.threads import (
    Change,
    Claim,
    Joined,
    Kept,
    Noted,
    Paced,
    SentAgain,
    ThreadStore,
    Told,
)

__all__ = [
    "AddressErased",
    "AddressStore",
    "AlreadyThere",
    "BodyGone",
    "BodyStore",
    "Bought",
    "CartAsRead",
    "Change",
    "Changed",
    "ChangedLater",
    "Channel",
    "ChannelDown",
    "ChatMigrated",
    "Claim",
    "Clock",
    "CommerceStore",
    "Conflict",
    "Connectable",
    "ConsentStore",
    "Counted",
    "Counter",
    "CredentialsRejected",
    "Download",
    "DueStore",
    "ErasingStore",
    "Examination",
    "FaqStore",
    "FetchLater",
    "Fetched",
    "Fetcher",
    "FileGone",
    "FileNotTaken",
    "FileRows",
    "FileStore",
    "Found",
    "Held",
    "HeldStore",
    "HolidayCalendar",
    "InvalidSignature",
    "Joined",
    "Kept",
    "KeptCart",
    "KeptNotice",
    "KeptOrder",
    "LinkStore",
    "Marketed",
    "NotSent",
    "Noted",
    "NoticeStore",
    "OutboundMessage",
    "Outbox",
    "OutcomeUnknown",
    "Owned",
    "PaceStore",
    "Paced",
    "PeopleStore",
    "Pointer",
    "Profile",
    "Reached",
    "Renewal",
    "ReportStore",
    "RetryLater",
    "SelfCall",
    "SendError",
    "SendRejected",
    "SentAgain",
    "SetupError",
    "ShopChange",
    "ShopStore",
    "ShopSystem",
    "Signal",
    "StaffStore",
    "StoreBusy",
    "StoreRefused",
    "SurveyStore",
    "Taken",
    "TemplateStore",
    "ThreadStore",
    "TierUsed",
    "Told",
    "Unclear",
    "Webhooks",
]
