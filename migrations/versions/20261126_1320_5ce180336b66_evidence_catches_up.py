"""Evidence that catches up with new uses, coverage by team, and an index for the uses of a period."""

import sqlalchemy as sa
from alembic import op

revision = "5ce180336b66"
down_revision = "0167e298c5e1"
branch_labels = None
depends_on = None

OLD, NEW = "ix_use_occurred_at_how_asset_id", "ix_use_of_a_period"


def _forget() -> None:
    """Snapshots are made anew by the worker within a minute."""
    op.execute("DELETE FROM evidence_row")
    op.execute("DELETE FROM evidence_asset")
    op.execute("DELETE FROM evidence_snapshot")


def upgrade() -> None:
    """Forward."""
    _forget()
    # SQLite takes a column without a default only into a new table, PostgreSQL into an empty one.
    recreate = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("evidence_snapshot", recreate=recreate) as batch_op:
        batch_op.add_column(sa.Column("settled", sa.String(length=500), nullable=False))
        batch_op.add_column(sa.Column("open_uses", sa.String(length=100), nullable=False))
        batch_op.add_column(sa.Column("last_use", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("last_seconds", sa.Double(), nullable=False))
        batch_op.add_column(sa.Column("coverage", sa.JSON(), nullable=False))
    op.drop_index(OLD, "use")
    op.create_index(NEW, "use", ["occurred_at", "how", "asset_id", "person_id", "version_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index(NEW, "use")
    op.create_index(OLD, "use", ["occurred_at", "how", "asset_id"])
    with op.batch_alter_table("evidence_snapshot") as batch_op:
        for name in ("coverage", "last_seconds", "last_use", "open_uses", "settled"):
            batch_op.drop_column(name)
