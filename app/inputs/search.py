"""What is said of a search: which hit was opened, and what it is to be kept as."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.inputs.fields import Input, Line, Number, none_if_empty
from app.inputs.listing import AssetFilter
from app.inputs.use import AssetRef

Words = Annotated[Line, Field(min_length=1, max_length=120)]


class Click(Input):
    """The hit that was opened: the asset, its page, and its place in the list, from 1."""

    asset: AssetRef
    page: Annotated[Number | None, BeforeValidator(none_if_empty)] = None
    position: Annotated[Number, Field(le=100_000)]


class Choice(Click):
    """The piece that was chosen among suggestions, and what was typed for it."""

    q: Annotated[Line, Field(min_length=1, max_length=512)]


class SynonymWords(Input):
    """Words that stand for each other; the verb refuses fewer than two."""

    words: Annotated[list[Words], Field(max_length=20)]


class NewSavedSearch(AssetFilter):
    """A search to keep: its words and filters, a name for it, and whether to be told of matches."""

    name: Words
    q: Annotated[Line, Field(max_length=512)] = ""
    notify: bool = True


class NoticeWish(Input):
    """Whether to be told of new matches."""

    notify: bool


class Typed(Input):
    """What was typed so far; nothing asks for the person's last searches."""

    q: Annotated[str, Field(max_length=2000)] = ""
