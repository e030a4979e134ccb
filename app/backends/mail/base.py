"""The contract of a mailer: one message to one person, given away or told why not."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_OURS = re.compile(r"from|to|b?cc|sender|subject|date|message-id|mime-version|content-.*")
_LONGEST_ID = 250


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one address; `html` is "" where there is only text.

    `message_id` is the caller's, `<…@…>` in ASCII, the same when the same message is sent again.
    `headers` come on top of the mailer's own and may replace Auto-Submitted. Raises ValueError
    for an id or a header's name that no message can have; values are cleaned when it is sent.
    """

    to: str
    to_name: str
    subject: str
    text: str
    html: str
    message_id: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what only a mistake of the caller can bring about."""
        if not _MESSAGE_ID.fullmatch(self.message_id) or len(self.message_id) > _LONGEST_ID:
            raise ValueError(f"{self.message_id!r} is no message id. Use <something@host>.")
        for name in self.headers:
            if not _HEADER.fullmatch(name) or _OURS.fullmatch(name.lower()):
                raise ValueError(f"a message cannot be given the header {name!r}.")


class MailFailed(Exception):
    """A message that was not taken; `sentence` says why and what to do.

    `is_final`: this message will never be taken. Otherwise trying again later may help.
    """

    def __init__(self, sentence: str, *, is_final: bool) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.is_final = is_final


class Mailer(Protocol):
    """Gives messages to whoever delivers them."""

    @property
    def shown(self) -> str:
        """Where messages go, for people."""

    def send(self, message: Message) -> None:
        """Give one message away; raises MailFailed."""

    def send_all(self, messages: Iterable[Message]) -> Iterator[MailFailed | None]:
        """Give messages away by one connection, one at each step of the iterator.

        Answers in their order: None for what was taken, else why not. A message whose answer got
        lost on the way may have been taken all the same; its id tells that it is the same.
        """

    def check(self) -> None:
        """Raise MailFailed when messages could not be given away now."""
