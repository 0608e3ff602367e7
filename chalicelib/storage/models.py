"""The rows of Parley's three tables.

Several kinds of row share a table; a row's kind shows in its keys. A base class owns each table's connection,
so that all rows of a table use one client. Tables are named by `bind`, never at import.
"""

import re
from typing import Any, Final

from botocore.session import Session, get_session
from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    MapAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.connection import Connection
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from chalicelib.storage.aws import AT_ONCE, ATTEMPTS, CONNECT_S, READ_S

_HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")


class TextAttribute(UnicodeAttribute):
    """What people write, or are called. UTF-8 has no form for half characters: they are replaced."""

    def serialize(self, value: Any) -> str:
        return str(super().serialize(_HALF_CHARACTER.sub("\ufffd", value)))


class ShopsRow(Model):
    """The table of what changes rarely: merchants, keys, settings, connections.

    Access patterns (add a row here before you add a query):
    1. A merchant, their settings       get(merchant_id, "merchant" | "settings")
    2. A merchant's keys, connections   query(merchant_id, "key#" | "connection#")
    3. Whose key is this                get("key#<hash>", "key")
    4. A webhook's connection           get("connection#<id>", "connection")
    5. Who holds an external account    get("claim#<channel>#<account>", "claim")
    6. The deployment's shared apps     query("apps")
    7. All merchants, by id             query("merchants", after)
    8. A connection's response times    query("<merchant>#waits#<connection>", "m<month>#<hour>" onwards),
        and who waits there now         which ends with the rows "now#<thread>"
    9. Who hangs on one subscription    query("group#<webhook group>")
    10. What signs a merchant's links   get(merchant_id, "link_key")
    11. Whose account somebody connected  query("owner#<hash of their id>")
    12. Who of the shop gets notices    query("<merchant>#staff"), get(the same, <staff>)
    13. What a month's contacts were    query("<merchant>#contacts#<month>")
    14. A shop's own answers, by id     query("<merchant>#faq", "a#<article>" onwards)
    Never scan.
    """

    class Meta:
        table_name = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)


class MerchantItem(ShopsRow):
    """A merchant: under their own id, and once more in the list of all."""

    name = TextAttribute()
    created_at = UTCDateTimeAttribute()


class SettingsItem(ShopsRow):
    """The shop's settings, as the schema has checked them."""

    settings = JSONAttribute()
    version = NumberAttribute()


class KeyItem(ShopsRow):
    """An API key: found by its hash, listed under its merchant."""

    merchant_id = UnicodeAttribute()
    key_id = UnicodeAttribute()
    name = TextAttribute()
    role = UnicodeAttribute()
    secret_hash = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()


class ConnectionItem(ShopsRow):
    """A connection: found by its id from a webhook's path, listed under its merchant (without `sealed`).

    sealed: token and secrets, encrypted for the merchant; gone once disconnected. began_at: since when it is
    connected without a break. token_expires_at, checked_at, findings: what the last check of it has found.
    """

    merchant_id = UnicodeAttribute()
    connection_id = UnicodeAttribute()
    channel = UnicodeAttribute()
    account = UnicodeAttribute()
    name = TextAttribute()
    status = UnicodeAttribute()
    details = JSONAttribute()
    next_steps = JSONAttribute()
    connected_at = UTCDateTimeAttribute(null=True)
    began_at = UTCDateTimeAttribute(null=True)
    sealed = UnicodeAttribute(null=True)
    token_expires_at = UTCDateTimeAttribute(null=True)
    checked_at = UTCDateTimeAttribute(null=True)
    findings = JSONAttribute(null=True)


class ClaimItem(ShopsRow):
    """An external account belongs to one connection at a time, over all merchants."""

    merchant_id = UnicodeAttribute()
    connection_id = UnicodeAttribute()


class GroupItem(ShopsRow):
    """A connection that hangs on one subscription of its channel, together with others, whoever's."""


class OwnerItem(ShopsRow):
    """A connection, under the person who connected it."""


class SharedAppItem(ShopsRow):
    """A Meta app of the deployment."""

    sealed = UnicodeAttribute()


class LinkKeyItem(ShopsRow):
    """What a merchant's deep links are signed with, encrypted for them; made with the first link."""

    sealed = UnicodeAttribute()


class StaffItem(ShopsRow):
    """One of the shop's own people, invited by a link that works until ends_at. thread_id: their chat, once
    they came by it."""

    name = TextAttribute()
    connection_id = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    ends_at = UTCDateTimeAttribute()
    thread_id = UnicodeAttribute(null=True)
    linked_at = UTCDateTimeAttribute(null=True)


class WaitsItem(ShopsRow):
    """The waits of a month that began in one hour of the week: first_at, of the first of them, and a counter
    for each bucket of their sketches, by `domain.waits`; or since when somebody waits. Times in seconds."""

    first_at = NumberAttribute(null=True)
    since = NumberAttribute(null=True)
    expires_at = NumberAttribute(null=True)


class InboxIndex(GlobalSecondaryIndex[Any]):
    """Threads of one merchant, state and channel, by the time that shopper or human last spoke."""

    class Meta:
        index_name = "inbox"
        projection = AllProjection()

    inbox = UnicodeAttribute(hash_key=True)
    inbox_at = UnicodeAttribute(range_key=True)


class ThreadsRow(Model):
    """The table of conversations.

    Access patterns (add a row here before you add a query):
    1. Whose address is this         get("<merchant>#address#<connection>#<kind>#<value>", "address")
    2. A thread                      get("<merchant>#<thread>", "thread"), several at once
    3. A thread's messages           query("<merchant>#<thread>", "m#<time>#<id>"), backwards
    4. A message of ours             get("<merchant>#<thread>", "m#<time>#<id>")
    5. A channel's message id        get("<merchant>#pointer#<connection>#<chat>#<id>", "pointer")
    6. An idempotency key            get("<merchant>#key#<key>", "key")
    7. A shopper                     get("<merchant>#<shopper>", "shopper")
    8. A merchant's inbox            inbox index, hash "<merchant>#<state>#<channel>", backwards
    9. What could not be understood  query("<merchant>#unreadable#<connection>", after)
    10. What waits for a connection  query("<merchant>#held#<connection>")
    11. What a channel told of it    query("<merchant>#notices#<connection>"), backwards
    12. A test call that has come    get("<merchant>#selftest#<connection>", nonce)
    13. A merge of two shoppers      get("<merchant>#merge#<merge>", "merge")
    14. What a deep link stands for  get("<merchant>#link#<link>", "link")
    15. How fast a connection sends  update("<merchant>#pace#<connection>", "all" | "files"), never read
    16. What one message may be      get("<merchant>#claim#<name>", "claim")
    17. What asks for nothing        query("<merchant>#news#<connection>"), backwards
    18. What was said of consent     query("<merchant>#consent#<address>")
    19. The same by month, to export query("<merchant>#consents#<month>", after)
    20. What marketing one got       get("<merchant>#<shopper>", "marketed"), several at once
    21. What may have been a STOP    query("<merchant>#unclear", after)
    22. Who was written to outside   query("<merchant>#reached#<portfolio>", "h#<hour>" onwards),
        their window                 get(the same, "s#<shopper>")
    23. When was an address erased   get("<merchant>#erased#<hash of the address>", "erased"), several at once
    24. How far an erasing has come  get("<merchant>#erasure#<shopper>", "erasure" | "same")
    25. What waits with their words  query("<merchant>#parked#<hash of the address>")
    26. What became of a deletion    get("deletion#<code>", "deletion")
    27. A connection's templates     query("<merchant>#templates#<connection>"),
        one, when they were fetched  get(the same, <template> | "fetch")
    28. Where words were said before get("<merchant>#repeated#<connection>", <digest of the words>)
    29. What no article answered      query("<merchant>#unanswered#<month>"),
        in whose words               get("<merchant>#<thread>", "m#<time>#<id>"), several at once
    30. How a month's surveys went   query("<merchant>#surveys#<month>"),
        one, those of some messages  get(the same, "<place>#<thread>"), several at once
    31. Which notices quote a thread query("<merchant>#quoted#<thread>")
    32. A cart, an order, as it is   get("<merchant>#cart#<connection>#<hash of its id>", "cart"), the same
                                     with "order"; several at once
    33. What somebody has in carts   query("<merchant>#buyer#<hash of a number, e-mail, …>", "c#"), backwards,
        and has ordered              the same with "o#"; each row names a row of 32
    34. What a shop has told us      query("<merchant>#bought#<connection>", "c#" | "o#"), backwards
    35. Whose is an order's number   query("<merchant>#number#<hash of the number>", "o#"), backwards
    36. What a month's carts were    query("<merchant>#commerce#<month>")
    37. How far a shop was asked     get("<merchant>#caught_up#<connection>", "until")
    38. A return                     get("<merchant>#return#<return>", "return"), several at once
    39. An order's returns, somebody's, query("<merchant>#returns_of#<connection>#<hash of its id>"), the same
        those in a state             with "returns_by#<shopper>", "returns#<state>", backwards
    40. What a month's returns were  query("<merchant>#returned#<month>")
    41. A campaign                   get("<merchant>#campaign#<campaign>", "campaign"), several at once
    42. A merchant's campaigns       query("<merchant>#campaigns", before), backwards; each names one of 41
    43. A run, a page of it, all     get("<merchant>#run#<run>", "run" | "p#<number>"), query(the same, "p#"),
        pages, what it may cost      query(the same, "spent#"), get(the same, "reserved#<page>#<currency>")
    44. What a shopper got of a run, get("<merchant>#recipient#<shopper>", "<run>" | "<run>#click"), several
        of all runs                  at once; query(the same)
    45. A merchant's segments        query("<merchant>#segments"), get(the same, "s#<segment>")
    46. Whose profile is to be made  query("<merchant>#touched", after)
        anew, whose segments turn    query("<merchant>#turns", up to "<ms>#")
    47. What is known of shoppers    get("<merchant>#profiles", <shopper>), several at once; query(the same,
                                     after)
    48. Who is in a segment          query("<merchant>#segment#<segment>", after)
    49. Where a campaign's link leads  get("campaign_link#<link>", "link")
    50. How far an import is, what it  get("<merchant>#import#<import>", "import"), query(the same, "p#")
        did not take
    Never scan.
    """

    class Meta:
        table_name = ""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    # Seconds since 1970: DynamoDB deletes the row some time after.
    expires_at = NumberAttribute(null=True)
    # Only threads have these; the index stands here because a table's connection must know it.
    inbox_index = InboxIndex()
    inbox = UnicodeAttribute(null=True)
    inbox_at = UnicodeAttribute(null=True)


class AddressItem(ThreadsRow):
    """An address points to a shopper, so that a merge only re-points. erased_at: it was somebody's who was
    erased then; what was told before is not theirs."""

    shopper_id = UnicodeAttribute()
    thread_id = UnicodeAttribute()
    erased_at = UTCDateTimeAttribute(null=True)


class ShopperItem(ThreadsRow):
    """A shopper: the addresses they write from (`<connection>#<kind>#<value>`), their threads, the carts that
    a link tied to them, and the merges into them.

    merged_into, merged_by: the shopper who they turned out to be, and by which merge. merging: the merge that
    is at work on this row, so that no other begins before it is finished.
    """

    name = TextAttribute(null=True)
    language = TextAttribute(null=True)
    addresses = UnicodeSetAttribute(null=True)
    threads = UnicodeSetAttribute(null=True)
    carts = UnicodeSetAttribute(null=True)
    merges = UnicodeSetAttribute(null=True)
    merged_into = UnicodeAttribute(null=True)
    merged_by = UnicodeAttribute(null=True)
    merging = UnicodeAttribute(null=True)


class MergeItem(ThreadsRow):
    """A merge: threads and carts are those that it moved, and its undoing moves back."""

    stayed = UnicodeAttribute()
    merged = UnicodeAttribute()
    proof = UnicodeAttribute()
    note = TextAttribute(null=True)
    by = TextAttribute(null=True)
    at = UTCDateTimeAttribute()
    state = UnicodeAttribute()
    undone_at = UTCDateTimeAttribute(null=True)
    threads = UnicodeSetAttribute(null=True)
    carts = UnicodeSetAttribute(null=True)


class LinkItem(ThreadsRow):
    """What a deep link stands for: a cart, a shopper, one of the shop's people; used_by, used_in: the first
    who came by it."""

    connection_id = UnicodeAttribute()
    cart_id = TextAttribute(null=True)
    shopper_id = UnicodeAttribute(null=True)
    opt_in_text = TextAttribute(null=True)
    staff_id = UnicodeAttribute(null=True)
    ends_at = UTCDateTimeAttribute()
    used_by = UnicodeAttribute(null=True)
    used_in = UnicodeAttribute(null=True)


class ThreadItem(ThreadsRow):
    """A thread. `version` makes a concurrent save fail rather than overwrite."""

    thread_id = UnicodeAttribute()
    connection_id = UnicodeAttribute()
    channel = UnicodeAttribute()
    shopper_id = UnicodeAttribute()
    wire_kind = UnicodeAttribute()
    wire_value = UnicodeAttribute()
    shopper_name = TextAttribute(null=True)
    language = TextAttribute(null=True)
    language_hint = TextAttribute(null=True)
    state = UnicodeAttribute()
    assignee = TextAttribute(null=True)
    tags: ListAttribute[Any] = ListAttribute(of=TextAttribute, null=True)
    spoken_at = UTCDateTimeAttribute(null=True)
    last_sort = UnicodeAttribute(null=True)
    last_text = TextAttribute(null=True)
    last_at = UTCDateTimeAttribute(null=True)
    first_at = UTCDateTimeAttribute(null=True)
    shopper_at = UTCDateTimeAttribute(null=True)
    human_at = UTCDateTimeAttribute(null=True)
    heard_at = UTCDateTimeAttribute(null=True)
    waiting_since = UTCDateTimeAttribute(null=True)
    promised_at = UTCDateTimeAttribute(null=True)
    answer = UnicodeAttribute(null=True)
    spell = JSONAttribute(null=True)
    opened_at = UTCDateTimeAttribute(null=True)
    direct_at = UTCDateTimeAttribute(null=True)
    delivered_up_to = UTCDateTimeAttribute(null=True)
    read_up_to = UTCDateTimeAttribute(null=True)
    choices = JSONAttribute(null=True)
    marks: MapAttribute[str, str] = MapAttribute(default=dict)
    paced_ms = NumberAttribute(default=0)
    wrote = JSONAttribute(null=True)
    version = NumberAttribute()


class RepeatedItem(ThreadsRow):
    """In which threads the shop's side has said the same words."""

    threads = UnicodeSetAttribute(null=True)


class MessageItem(ThreadsRow):
    """A message, inbound or ours. `rank` is the status as a number that only grows, but for `given_up`: the
    channel's ids of attempts that failed later and were made again.

    reactions: who put what, as "<time in ms> <emoji>", so that a late one does not undo a newer one.
    named: the keys of the rows that only this message may have; they go with it.
    again: the sort key of the message as which a person has sent this one again.
    """

    message_id = UnicodeAttribute()
    author = UnicodeAttribute()
    kind = UnicodeAttribute()
    text = TextAttribute(null=True)
    sent_at = UTCDateTimeAttribute()
    status = UnicodeAttribute()
    rank = NumberAttribute()
    purpose = UnicodeAttribute(null=True)
    reason = TextAttribute(null=True)
    by = TextAttribute(null=True)
    chat = UnicodeAttribute(null=True)
    channel_message_id = UnicodeAttribute(null=True)
    reply_to = UnicodeAttribute(null=True)
    media = JSONAttribute(null=True)
    content = JSONAttribute(null=True)
    payload = TextAttribute(null=True)
    ref = TextAttribute(null=True)
    details = JSONAttribute(null=True)
    edited = UnicodeAttribute(null=True)
    deleted_at = UTCDateTimeAttribute(null=True)
    given_up = UnicodeSetAttribute(null=True)
    reactions: MapAttribute[str, str] = MapAttribute(default=dict)
    received_at = UTCDateTimeAttribute(null=True)
    attempt = NumberAttribute(default=0)
    claim = UnicodeAttribute(null=True)
    lease_until = UTCDateTimeAttribute(null=True)
    started_at = UTCDateTimeAttribute(null=True)
    named = UnicodeSetAttribute(null=True)
    again = UnicodeAttribute(null=True)


class ConnectionOrSettingsItem(ConnectionItem, SettingsItem):
    """Either of them, where one call reads both; their attributes have no name in common."""


class MessageOrThreadItem(MessageItem, ThreadItem):
    """Either of them, where one call reads both; their attributes have no name in common."""


class PointerItem(ThreadsRow):
    """A channel's message id: the row it means, or the facts that came before it. erased: the row was erased,
    and whatever is told of it is dropped."""

    thread_id = UnicodeAttribute(null=True)
    sort = UnicodeAttribute(null=True)
    parked: ListAttribute[str] = ListAttribute(null=True)
    erased = BooleanAttribute(null=True)


class IdempotencyItem(ThreadsRow):
    """The message that was made under a caller's key, or has a claim."""

    thread_id = UnicodeAttribute()
    sort = UnicodeAttribute()


class QuoteItem(ThreadsRow):
    """A notice to one of the shop's own people that quotes a thread: in whose chat, and where. connection_id:
    of that chat."""

    connection_id = UnicodeAttribute()


class UnreadableItem(ThreadsRow):
    """An event as it came: `envelope` is the queue message to queue again."""

    merchant_id = UnicodeAttribute()
    connection_id = UnicodeAttribute()
    reason = TextAttribute()
    envelope = UnicodeAttribute()
    received_at = UTCDateTimeAttribute()


class HeldItem(ThreadsRow):
    """A message that waits until its connection can send again. mark: which time it was held."""

    thread_id = UnicodeAttribute()
    sort = UnicodeAttribute()
    group = UnicodeAttribute()
    mark = UnicodeAttribute()


class NoticeItem(ThreadsRow):
    """What a channel told the shop about its account."""

    kind = UnicodeAttribute()
    subject = TextAttribute(null=True)
    problem = UnicodeAttribute(null=True)
    details = JSONAttribute(null=True)
    at = UTCDateTimeAttribute()


class TemplateItem(ThreadsRow):
    """A template of a connection, by our id; or, under "fetch", when all of them were last fetched.

    told_…: what webhooks have told, as "<time in ms> <JSON>", so that a late one does not undo a newer one.
    """

    name = TextAttribute(null=True)
    language = UnicodeAttribute(null=True)
    definition = JSONAttribute(null=True)
    fetched_ms = NumberAttribute(null=True)
    gone_ms = NumberAttribute(null=True)
    told_state = UnicodeAttribute(null=True)
    told_category = UnicodeAttribute(null=True)
    told_quality = UnicodeAttribute(null=True)
    told_words = TextAttribute(null=True)


class SelfTestItem(ThreadsRow):
    """A test call of ours that came through the channel's own way."""


class ErasedItem(ThreadsRow):
    """What stays of an address whose shopper was erased: that, and when."""

    erased_at = UTCDateTimeAttribute()


class ErasureItem(ThreadsRow):
    """A person's erasing: how far it has come, then the account of it, without anything that names them."""

    erasure_id = UnicodeAttribute()
    by = TextAttribute(null=True)
    at = UTCDateTimeAttribute()
    stage = UnicodeAttribute()
    shoppers: ListAttribute[str] = ListAttribute(null=True)
    places: ListAttribute[str] = ListAttribute(null=True)
    gone: ListAttribute[str] = ListAttribute(null=True)
    rooms: ListAttribute[str] = ListAttribute(null=True)
    cursor = UnicodeAttribute(null=True)
    rows = NumberAttribute(default=0)
    files = NumberAttribute(default=0)
    done_at = UTCDateTimeAttribute(null=True)
    version = NumberAttribute(default=0)


class ErasedAsItem(ThreadsRow):
    """A shopper who was merged into the one under whom the erasing stands."""

    same_as = UnicodeAttribute()


class ParkedItem(ThreadsRow):
    """Facts wait under a pointer, `sk`, and hold words or an address of whoever told them."""


class DeletionItem(ThreadsRow):
    """What was done when a person asked Meta that their data be deleted."""

    connections = NumberAttribute()
    at = UTCDateTimeAttribute()


class PaceItem(ThreadsRow):
    """When a connection's next message may go, and the clock of whoever wrote that, in microseconds."""

    next_us = NumberAttribute()
    clock_us = NumberAttribute()


class DueIndex(GlobalSecondaryIndex[Any]):
    """What is due, oldest first, in each of sixteen shards."""

    class Meta:
        index_name = "due"
        projection = AllProjection()

    shard = NumberAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class DueItem(Model):
    """Work that waits for its moment.

    Access patterns:
    1. Set, move, take away   put, update, delete by id
    2. What is due now        due index, hash shard, range up to now
    Never scan: a tick costs the work that is due.
    """

    class Meta:
        table_name = ""

    id = UnicodeAttribute(hash_key=True)
    due_index = DueIndex()
    shard = NumberAttribute()
    due_at = UnicodeAttribute()
    since = UTCDateTimeAttribute()
    work = JSONAttribute()


class _SharedConnection(Connection):
    """PynamoDB's connection on a session that other clients use too."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            connect_timeout_seconds=CONNECT_S,
            read_timeout_seconds=READ_S,
            max_retry_attempts=ATTEMPTS - 1,
            max_pool_connections=AT_ONCE,
        )
        self._shared = session

    @property
    def session(self) -> Session:
        return self._shared


def bind(shops: str, threads: str, due: str, session: Session | None = None) -> None:
    """Name the tables, and give their rows one connection.

    session: the one that other clients are made from, so that botocore's data is read once.
    """
    shared = _SharedConnection(session or get_session())
    for base, name in ((ShopsRow, shops), (ThreadsRow, threads), (DueItem, due)):
        base.Meta.table_name = name
        base._connection = None
        table = base._get_connection()
        shared.add_meta_table(table.get_meta_table())
        table.connection = shared
