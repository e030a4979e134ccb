"""The closed sets of values: the words of the product that code, forms and rows share."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the hub."""

    REP = "rep"
    MANAGER = "manager"
    MARKETER = "marketer"
    ADMIN = "admin"


class Kind(StrEnum):
    """What sort of collateral an asset is."""

    DECK = "deck"
    BATTLECARD = "battlecard"
    ONE_PAGER = "one_pager"
    CASE_STUDY = "case_study"
    WHITE_PAPER = "white_paper"
    PRICING = "pricing"
    PROPOSAL = "proposal"
    EMAIL_TEMPLATE = "email_template"
    VIDEO = "video"
    OTHER = "other"


class Status(StrEnum):
    """Where an asset is in its life."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"


class TextState(StrEnum):
    """How far the reading of a version's text is."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"
    NONE = "none"


class FacetName(StrEnum):
    """What an asset can be sorted by; the value is the name in forms and answers."""

    STAGES = "stages"
    PERSONAS = "personas"
    PRODUCTS = "products"
    INDUSTRIES = "industries"
    SEGMENTS = "segments"
    REGIONS = "regions"
    COMPETITORS = "competitors"
    TAGS = "tags"

    @property
    def singular(self) -> str:
        """The name in filters and in the search language."""
        return "industry" if self is FacetName.INDUSTRIES else self.value.removesuffix("s")


class Deed(StrEnum):
    """What a person did with a version without changing anything."""

    VIEWED = "viewed"
    DOWNLOADED = "downloaded"
