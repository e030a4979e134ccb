"""The nouns: one aggregate a file, with the rules that need no database."""

from app.models.activity import Activity
from app.models.asset import Asset, Facet
from app.models.audit import AuditLine
from app.models.index_change import IndexChange
from app.models.person import SignedIn, SignInAttempt, Team, Token, User
from app.models.version import Page, Version

__all__ = [
    "Activity",
    "Asset",
    "AuditLine",
    "Facet",
    "IndexChange",
    "Page",
    "SignInAttempt",
    "SignedIn",
    "Team",
    "Token",
    "User",
    "Version",
]
