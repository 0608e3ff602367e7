"""A message on its way out, with all that is looked at before it leaves."""

from dataclasses import dataclass, replace

from chalicelib.domain.connections import Connection
from chalicelib.domain.content import Content, text_content
from chalicelib.domain.messages import Message
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import Send
from chalicelib.ports.channel import Channel
from chalicelib.ports.threads import Told


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, the thread that it stands in, and the connection that it leaves by."""

    work: Send
    message: Message
    thread: Thread
    connection: Connection | None
    channel: Channel

    def saying(self, told: Told) -> "Letter":
        """With what was decided in this moment."""
        content = told.content or self.message.content
        details = {**self.message.details, **told.decision}
        return replace(self, message=replace(self.message, content=content, details=details))


def content_of(message: Message, text: str) -> Content:
    """What is sent: most messages are their text."""
    return text_content(text) if message.content is None else replace(message.content, text=text)
