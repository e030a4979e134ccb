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


class StageOwner(StrEnum):
    """Which side of the house a stage of the pipeline belongs to."""

    MARKETING = "marketing"
    SALES = "sales"


class Outcome(StrEnum):
    """How a deal ended, or that it has not."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class How(StrEnum):
    """In what way a version was used on a deal."""

    SHARED = "shared"
    OPENED = "opened"
    PRESENTED = "presented"
    DOWNLOADED = "downloaded"
    ATTACHED = "attached"
    CLAIMED = "claimed"


GENUINE = (How.SHARED, How.PRESENTED, How.ATTACHED, How.CLAIMED)
"""The ways that reach a buyer and are the rep's own doing: what evidence counts."""


class Origin(StrEnum):
    """Where a use was noted."""

    PAGE = "page"
    DOWNLOAD = "download"
    API = "api"
    EXAMPLE = "example"


class Verdict(StrEnum):
    """What a rep says of a piece after using it."""

    HELPED = "helped"
    DID_NOT_HELP = "did_not_help"
    WRONG = "wrong"
    OUT_OF_DATE = "out_of_date"
    MISSING = "missing"


class FeedbackState(StrEnum):
    """How far the answer to feedback is."""

    OPEN = "open"
    ACCEPTED = "accepted"
    FIXED = "fixed"
    DECLINED = "declined"


class NoticeKind(StrEnum):
    """Why somebody is told something; each is told once about one thing."""

    REVIEW_DIGEST = "review_digest"
    REVIEW_ESCALATION = "review_escalation"
    HAND_OVER = "hand_over"
    UNREADABLE = "unreadable"
    RECALL = "recall"
    RECALL_REMINDER = "recall_reminder"
    FIELD_REVIEW = "field_review"
    REVIEW_ANSWER = "review_answer"
    FEEDBACK = "feedback"
    FEEDBACK_ANSWER = "feedback_answer"
    SAVED_SEARCH = "saved_search"


class SearchSource(StrEnum):
    """Where somebody searched: on a page, or by the API."""

    PAGE = "page"
    API = "api"


class MailState(StrEnum):
    """How far the e-mail of a notice is; `none` where the person wants no e-mail."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    NONE = "none"


class RecallLevel(StrEnum):
    """How loudly the holders of an old version are told."""

    SILENT = "silent"
    NOTIFY = "notify"
    MUST_REPLACE = "must_replace"


class Holding(StrEnum):
    """Why somebody is taken to hold a version."""

    DOWNLOADED = "downloaded"
    SHARED = "shared"
    OPEN_DEAL = "open_deal"


class Readiness(StrEnum):
    """What a named reviewer says of a version before it is published."""

    READY = "ready"
    NOT_READY = "not_ready"


class ImageState(StrEnum):
    """How far the drawing of a version's pages is; `none` for what is shown as text."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"
    NONE = "none"


class ImageSize(StrEnum):
    """In which size a page's image is asked for."""

    FULL = "full"
    THUMBNAIL = "thumbnail"


class Suggestion(StrEnum):
    """What the hub would do with a piece."""

    KEEP = "keep"
    FIX = "fix"
    MERGE = "merge"
    RETIRE = "retire"


class Quadrant(StrEnum):
    """The pieces to look at first."""

    HOT_BUT_STALE = "hot_but_stale"
    GOOD_BUT_UNUSED = "good_but_unused"
    USED_BUT_DOES_WORSE = "used_but_does_worse"
    DEAD = "dead"
