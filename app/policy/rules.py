"""The table of who may do what, from small predicates."""

from collections.abc import Callable, Mapping

from app.choices import Role, Status
from app.errors import Forbidden
from app.models.asset import Asset
from app.models.person import User
from app.policy.permissions import Permission

Predicate = Callable[[User, Asset | None], bool]


def is_admin(actor: User, _subject: Asset | None = None) -> bool:
    """An admin can do everything."""
    return actor.role is Role.ADMIN


def is_marketer(actor: User, _subject: Asset | None = None) -> bool:
    """Somebody who looks after the collateral."""
    return actor.role in (Role.MARKETER, Role.ADMIN)


def owns(actor: User, subject: Asset | None) -> bool:
    """The person whom the asset belongs to."""
    return subject is not None and subject.owner_id == actor.id


def is_in_use(_actor: User, subject: Asset | None) -> bool:
    """An asset that is not retired."""
    return subject is not None and subject.status is not Status.RETIRED


TABLE: Mapping[Permission, tuple[Predicate, ...]] = {
    Permission.PUBLISH: (is_marketer,),
    Permission.EDIT: (is_marketer,),
    Permission.RETIRE: (is_marketer,),
    Permission.RESTORE: (is_marketer,),
    Permission.READ_WAITING: (is_marketer, owns),
    Permission.DOWNLOAD: (is_in_use, is_marketer),
    Permission.DOWNLOAD_OLD: (is_marketer,),
    Permission.MANAGE_PEOPLE: (is_admin,),
    Permission.READ_AUDIT: (is_admin,),
}


def allows(actor: User, permission: Permission, subject: Asset | None = None) -> bool:
    """Whether any predicate of the permission holds; somebody deactivated may nothing."""
    return actor.is_active and any(holds(actor, subject) for holds in TABLE[permission])


def require(actor: User, permission: Permission, subject: Asset | None = None) -> None:
    """Raise Forbidden with the permission's sentence unless it is allowed."""
    if not allows(actor, permission, subject):
        raise Forbidden(permission.sentence)
