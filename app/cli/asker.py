"""Who asks at the command line: the machine's own administrator, who sees everything."""

from app.choices import Role
from app.clock import now
from app.models.person import User


def machine_admin() -> User:
    """An admin without an account, for questions alone."""
    return User(id=0, email="", role=Role.ADMIN, is_active=True, created_at=now())
