"""What the use cases need from the world. Adapters implement these; fakes stand here in tests."""

from chalicelib.ports.addresses import AddressStore, Found, Owned
from chalicelib.ports.afterwards import ChangedLater, Held, HeldStore, KeptNotice, NoticeStore, Pointer
from chalicelib.ports.calendar import HolidayCalendar
from chalicelib.ports.channel import (
    Channel,
    Download,
    Examination,
    OutboundMessage,
    Profile,
    Renewal,
    Signal,
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
    "Change",
    "ChangedLater",
    "Channel",
    "ChannelDown",
    "ChatMigrated",
    "Claim",
    "Clock",
    "Conflict",
    "ConsentStore",
    "Counted",
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
    "KeptNotice",
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
    "ShopStore",
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
]
