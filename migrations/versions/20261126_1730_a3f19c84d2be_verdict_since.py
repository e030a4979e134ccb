"""Since when a verdict of the evidence stands."""

import sqlalchemy as sa
from alembic import op

revision = "a3f19c84d2be"
down_revision = "5ce180336b66"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("evidence_row") as batch_op:
        batch_op.add_column(sa.Column("since", sa.Date(), nullable=True))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("evidence_row") as batch_op:
        batch_op.drop_column("since")
