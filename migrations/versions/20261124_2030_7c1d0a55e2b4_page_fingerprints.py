"""The fingerprint of each page's text, also of those that were read before."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "7c1d0a55e2b4"
down_revision = "4b2ca7dddb36"
branch_labels = None
depends_on = None

BATCH = 1000


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("fingerprint", sa.String(length=32), server_default="", nullable=False)
        )
    _fill(op.get_bind())
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.alter_column("fingerprint", server_default=None)
        batch_op.create_index(batch_op.f("ix_page_fingerprint"), ["fingerprint"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_fingerprint"))
        batch_op.drop_column("fingerprint")


def _fill(connection: sa.Connection) -> None:
    page = sa.table(
        "page",
        sa.column("id", sa.Integer),
        sa.column("title", sa.Text),
        sa.column("text", sa.Text),
        sa.column("fingerprint", sa.String),
    )
    last = 0
    while True:
        some = sa.select(page.c.id, page.c.title, page.c.text).where(page.c.id > last)
        rows = connection.execute(some.order_by(page.c.id).limit(BATCH)).all()
        if not rows:
            return
        found = [{"at": row.id, "it": _of_page(f"{row.title} {row.text}")} for row in rows]
        change = page.update().where(page.c.id == sa.bindparam("at"))
        connection.execute(change.values(fingerprint=sa.bindparam("it")), found)
        last = rows[-1].id


def _of_page(text: str) -> str:
    """As app/text/fingerprint.py had it when this was written."""
    words = text.casefold().split()
    if len(words) < 6:
        return ""
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()[:32]
