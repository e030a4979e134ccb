"""Everything that needs leave, each with the sentence that a refused person reads."""

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """A thing to do; the value is its name in templates."""

    PUBLISH = "publish"
    EDIT = "edit"
    RETIRE = "retire"
    RESTORE = "restore"
    READ_WAITING = "read_waiting"
    DOWNLOAD = "download"
    DOWNLOAD_OLD = "download_version"
    CONFIRM = "confirm"
    COMPARE_COPY = "compare_copy"
    SAY_READY = "say_ready"
    COMMENT_REVIEW = "comment_review"
    TRACK_RECALL = "track_recall"
    CHANGE_DEAL = "change_deal"
    LOG_USE = "log_use"
    UNDO_USE = "undo_use"
    GIVE_FEEDBACK = "give_feedback"
    ANSWER_FEEDBACK = "answer_feedback"
    READ_INSIGHTS = "read_insights"
    READ_GOVERNANCE = "read_governance"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_KINDS = "manage_kinds"
    MANAGE_SEARCH = "manage_search"
    READ_AUDIT = "read_audit"

    @property
    def sentence(self) -> str:
        """Who may, and what to do for those who may not."""
        return SENTENCES[self]


SENTENCES: Mapping[Permission, str] = {
    Permission.PUBLISH: "Only marketers and admins publish. Ask one of them.",
    Permission.EDIT: "Only marketers and admins change an asset. Ask its owner.",
    Permission.RETIRE: "Only marketers and admins retire an asset. Ask its owner.",
    Permission.RESTORE: "Only marketers and admins restore an asset. Ask its owner.",
    Permission.READ_WAITING: "This version has not been published yet.",
    Permission.DOWNLOAD_OLD: (
        "This version is no longer current, so its file is not given out. Use the current one."
    ),
    Permission.DOWNLOAD: (
        "This asset is retired, so its file is not given out. Use what replaced it."
    ),
    Permission.COMPARE_COPY: "Only people with an account compare a copy.",
    Permission.CONFIRM: "Only its owner, marketers and admins confirm a piece. Ask its owner.",
    Permission.SAY_READY: "Only those who were named say whether it is ready.",
    Permission.COMMENT_REVIEW: (
        "Only those who were named, the owner, marketers and admins remark on it."
    ),
    Permission.TRACK_RECALL: "Only the owner of the piece, marketers and admins follow a recall.",
    Permission.CHANGE_DEAL: (
        "Only the deal's owner, marketers, managers and admins change it. Ask one of them."
    ),
    Permission.LOG_USE: "Uses are logged by those who can see the deal.",
    Permission.UNDO_USE: "Only the person who logged this use, or an admin, can undo it.",
    Permission.GIVE_FEEDBACK: "Only people with an account give feedback.",
    Permission.ANSWER_FEEDBACK: (
        "Only the owner of the piece, marketers and admins answer feedback. Ask one of them."
    ),
    Permission.READ_INSIGHTS: "You see the figures of your own team only. Leave the team out.",
    Permission.READ_GOVERNANCE: (
        "Only marketers, managers and admins read the governance board. Ask one of them."
    ),
    Permission.MANAGE_PEOPLE: "Only admins manage people and teams.",
    Permission.MANAGE_KINDS: "Only admins settle what holds for a kind. Ask one of them.",
    Permission.MANAGE_SEARCH: "Only admins keep synonyms and the search index. Ask one of them.",
    Permission.READ_AUDIT: "Only admins read the audit log.",
}
