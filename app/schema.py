"""The database's schema: which migration it is at, and how to get to another."""

from functools import lru_cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.config import ROOT
from app.db import engine


@lru_cache(maxsize=1)
def head() -> str:
    """The newest migration that the code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current() -> str:
    """The migration that the database is at, "" for an empty one."""
    with engine().connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(to: str = "head") -> None:
    """Bring the database forward."""
    command.upgrade(_config(), to)


def downgrade(to: str) -> None:
    """Take the database back, such as by `-1`."""
    command.downgrade(_config(), to)


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether migrations look after a table: huey makes those of the queue by itself."""
    return kind != "table" or not (name or "").startswith("huey_")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("version_locations", str(ROOT / "migrations" / "versions"))
    config.set_main_option("path_separator", "os")
    return config
