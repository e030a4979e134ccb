"""The table of who may do what, from small predicates."""

from collections.abc import Callable, Mapping

from app.choices import Role, Status
from app.errors import Forbidden
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.feedback import Feedback
from app.models.field_review import FieldReview
from app.models.person import Team, User
from app.models.use import Use
from app.models.version import Version
from app.policy.permissions import Permission

Subject = Asset | Version | Deal | Use | Feedback | FieldReview | Team | None
Predicate = Callable[[User, Subject], bool]


def is_admin(actor: User, _subject: Subject = None) -> bool:
    """An admin can do everything."""
    return actor.role is Role.ADMIN


def is_marketer(actor: User, _subject: Subject = None) -> bool:
    """Somebody who looks after the collateral, and sees every deal."""
    return actor.role in (Role.MARKETER, Role.ADMIN)


def owns(actor: User, subject: Subject) -> bool:
    """The person whom the asset, or the version's, or the deal belongs to."""
    owned = subject.asset if isinstance(subject, Version) else subject
    return isinstance(owned, Asset | Deal) and owned.owner_id == actor.id


def is_in_use(_actor: User, subject: Subject) -> bool:
    """An asset, or the card of one, that is not retired."""
    status = getattr(subject, "status", None)
    return status is not None and status != Status.RETIRED


def is_manager(actor: User, _subject: Subject = None) -> bool:
    """Somebody who leads a team."""
    return actor.role is Role.MANAGER


def is_on_the_team(actor: User, subject: Subject) -> bool:
    """Somebody of the team of the deal's owner, or of the team itself."""
    if isinstance(subject, Team):
        return actor.team_id == subject.id
    owner = subject.owner if isinstance(subject, Deal) else None
    return owner is not None and owner.team_id is not None and owner.team_id == actor.team_id


def did_it(actor: User, subject: Subject) -> bool:
    """The person who logged the use."""
    return isinstance(subject, Use) and subject.person_id == actor.id


def owns_a_piece(actor: User, subject: Subject) -> bool:
    """The owner of any asset that the feedback is about."""
    return isinstance(subject, Feedback) and any(
        about.asset.owner_id == actor.id for about in subject.about
    )


def is_named(actor: User, subject: Subject) -> bool:
    """Somebody who was asked to look at the version, or in this field review."""
    if isinstance(subject, FieldReview):
        return subject.of(actor) is not None
    if isinstance(subject, Version):
        reviews = subject.asset.open_field_reviews
        return any(one.version_id == subject.id and one.of(actor) for one in reviews)
    return False


def owns_what_is_reviewed(actor: User, subject: Subject) -> bool:
    """The owner of the asset that the field review is of."""
    return isinstance(subject, FieldReview) and subject.asset.owner_id == actor.id


def has_an_account(_actor: User, _subject: Subject = None) -> bool:
    """Everybody who is signed in."""
    return True


TABLE: Mapping[Permission, tuple[Predicate, ...]] = {
    Permission.PUBLISH: (is_marketer,),
    Permission.EDIT: (is_marketer,),
    Permission.RETIRE: (is_marketer,),
    Permission.RESTORE: (is_marketer,),
    Permission.READ_WAITING: (is_marketer, owns, is_named),
    Permission.SAY_READY: (is_named,),
    Permission.COMMENT_REVIEW: (is_marketer, is_named, owns_what_is_reviewed),
    Permission.DOWNLOAD: (is_in_use, is_marketer),
    Permission.DOWNLOAD_OLD: (is_marketer,),
    Permission.CONFIRM: (is_marketer, owns),
    Permission.TRACK_RECALL: (is_marketer, owns),
    Permission.CHANGE_DEAL: (is_marketer, is_manager, owns),
    Permission.LOG_USE: (is_marketer, owns, is_on_the_team),
    Permission.UNDO_USE: (did_it, is_admin),
    Permission.COMPARE_COPY: (has_an_account,),
    Permission.GIVE_FEEDBACK: (has_an_account,),
    Permission.ANSWER_FEEDBACK: (is_marketer, owns_a_piece),
    Permission.READ_INSIGHTS: (is_marketer, is_manager, is_on_the_team),
    Permission.READ_GOVERNANCE: (is_marketer, is_manager),
    Permission.MANAGE_PEOPLE: (is_admin,),
    Permission.MANAGE_KINDS: (is_admin,),
    Permission.MANAGE_SEARCH: (is_admin,),
    Permission.READ_AUDIT: (is_admin,),
}


def allows(actor: User, permission: Permission, subject: Subject = None) -> bool:
    """Whether any predicate of the permission holds; somebody deactivated may nothing."""
    return actor.is_active and any(holds(actor, subject) for holds in TABLE[permission])


def require(actor: User, permission: Permission, subject: Subject = None) -> None:
    """Raise Forbidden with the permission's sentence unless it is allowed."""
    if not allows(actor, permission, subject):
        raise Forbidden(permission.sentence)
