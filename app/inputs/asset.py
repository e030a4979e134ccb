"""What is said of an asset when it is made, changed, given out and taken back."""

from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from app.choices import FacetName, Kind, RecallLevel
from app.inputs.fields import (
    Day,
    Email,
    Input,
    Line,
    Note,
    Number,
    Prose,
    Title,
    Values,
    WebAddress,
    When,
    none_if_empty,
)

Short = Annotated[Line, Field(max_length=300)]
Summary = Annotated[Prose, Field(max_length=5000)]


KindOrGuess = Annotated[Kind | None, BeforeValidator(none_if_empty)]


class NewAsset(Input):
    """A new asset beside its file; what is left out is guessed or empty."""

    url: WebAddress | None = None
    title: Title = ""
    kind: KindOrGuess = None
    summary: Summary = ""
    use_it_when: Short = ""
    say_this: Short = ""
    owner: Email | None = None
    shareable: bool = True
    stages: Values = []
    personas: Values = []
    products: Values = []
    industries: Values = []
    segments: Values = []
    regions: Values = []
    competitors: Values = []
    tags: Values = []
    review_by: Day = None
    publish_at: When = None
    expires_on: Day = None
    publish: bool = False
    change_note: Annotated[Prose, Field(max_length=2000)] = ""
    allow_duplicate: bool = False


NEVER_NULL = (
    "title",
    "kind",
    "summary",
    "use_it_when",
    "say_this",
    "owner",
    "shareable",
    *(name.value for name in FacetName),
)


class AssetChange(Input):
    """Changes to an asset; a field that is left out keeps its value."""

    title: Annotated[Title, Field(min_length=1)] | None = None
    kind: Kind | None = None
    summary: Summary | None = None
    use_it_when: Short | None = None
    say_this: Short | None = None
    owner: Email | None = None
    shareable: bool | None = None
    stages: Values | None = None
    personas: Values | None = None
    products: Values | None = None
    industries: Values | None = None
    segments: Values | None = None
    regions: Values | None = None
    competitors: Values | None = None
    tags: Values | None = None
    review_by: Day = None
    publish_at: When = None
    expires_on: Day = None

    @field_validator(*NEVER_NULL, mode="before")
    @classmethod
    def _refuse_null(cls, value: object) -> object:
        if value is None:
            raise ValueError("This cannot be empty. Leave it out to keep it as it is.")
        return value


class NewVersion(Input):
    """A new version beside its file; `publish` makes it the current one.

    `recall` is how loudly those are told who hold the version before; `after` is the number of the
    version that was current when the sender looked.
    """

    change_note: Note
    publish: bool = True
    recall: RecallLevel = RecallLevel.NOTIFY
    after: Annotated[Number | None, BeforeValidator(none_if_empty)] = None


class Publish(Input):
    """Which version to give to reps; without a number the newest."""

    version: Number | None = None


class Rollback(Input):
    """Which version's bytes to publish again, and why."""

    to: Number
    change_note: Note
    recall: RecallLevel = RecallLevel.NOTIFY


class Join(Input):
    """Of which asset this one is to be a version, and what changed from the one before it."""

    into: Number | Annotated[Line, Field(min_length=1, max_length=120)]
    change_note: Note
    recall: RecallLevel = RecallLevel.NOTIFY


class Retirement(Input):
    """Why an asset goes, and the slug or id of what to use instead."""

    reason: Note
    replaced_by: Annotated[Number | Line | None, BeforeValidator(none_if_empty)] = None
    recall: RecallLevel = RecallLevel.NOTIFY
