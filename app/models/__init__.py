"""The nouns: one aggregate a file, with the rules that need no database."""

from app.models.activity import Activity
from app.models.asset import Asset, Facet
from app.models.audit import AuditLine
from app.models.confirmation import Confirmation
from app.models.deal import Deal, StageEntry
from app.models.evidence import EvidenceAsset, EvidenceRow, EvidenceSnapshot
from app.models.example import ExampleCompany, ExampleRow
from app.models.feedback import Feedback, FeedbackAsset
from app.models.field_review import FieldReview, ReviewComment, Reviewer
from app.models.idempotency import IdempotencyKey
from app.models.index_change import IndexChange
from app.models.kind_rule import KindRule
from app.models.likeness import NearDuplicate, PageBand
from app.models.notice import Notice
from app.models.page_image import PageImage
from app.models.person import SignedIn, SignInAttempt, Team, Token, User
from app.models.recall import Recall, RecallHolder, RecallReason
from app.models.reminder import Reminder
from app.models.saved_search import SavedMatch, SavedSearch
from app.models.search_log import PopularSearch, SearchClick, SearchQuery
from app.models.stage import Stage
from app.models.synonym import Synonym, SynonymGroup
from app.models.tally import AssetTally
from app.models.use import Use
from app.models.version import Page, Version

__all__ = [
    "Activity",
    "Asset",
    "AssetTally",
    "AuditLine",
    "Confirmation",
    "Deal",
    "EvidenceAsset",
    "EvidenceRow",
    "EvidenceSnapshot",
    "ExampleCompany",
    "ExampleRow",
    "Facet",
    "Feedback",
    "FeedbackAsset",
    "FieldReview",
    "IdempotencyKey",
    "IndexChange",
    "KindRule",
    "NearDuplicate",
    "Notice",
    "Page",
    "PageBand",
    "PageImage",
    "PopularSearch",
    "Recall",
    "RecallHolder",
    "RecallReason",
    "Reminder",
    "ReviewComment",
    "Reviewer",
    "SavedMatch",
    "SavedSearch",
    "SearchClick",
    "SearchQuery",
    "SignInAttempt",
    "SignedIn",
    "Stage",
    "StageEntry",
    "Synonym",
    "SynonymGroup",
    "Team",
    "Token",
    "Use",
    "User",
    "Version",
]
