"""The nouns: one aggregate a file, with the rules that need no database."""

from app.models.activity import Activity
from app.models.asset import Asset, Facet
from app.models.audit import AuditLine
from app.models.confirmation import Confirmation
from app.models.deal import Deal, StageEntry
from app.models.example import ExampleCompany, ExampleRow
from app.models.feedback import Feedback, FeedbackAsset
from app.models.idempotency import IdempotencyKey
from app.models.index_change import IndexChange
from app.models.person import SignedIn, SignInAttempt, Team, Token, User
from app.models.stage import Stage
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
    "ExampleCompany",
    "ExampleRow",
    "Facet",
    "Feedback",
    "FeedbackAsset",
    "IdempotencyKey",
    "IndexChange",
    "Page",
    "SignInAttempt",
    "SignedIn",
    "Stage",
    "StageEntry",
    "Team",
    "Token",
    "Use",
    "User",
    "Version",
]
