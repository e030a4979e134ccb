"""How often each asset was looked at and used lately."""

import sqlalchemy as sa
from alembic import op

revision = "e2d40d8651c5"
down_revision = "6614d7d0875e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "asset_tally",
        sa.Column("asset_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("open_deals", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["asset.id"],
            name=op.f("fk_asset_tally_asset_id_asset"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("asset_id", name=op.f("pk_asset_tally")),
    )
    with op.batch_alter_table("use", schema=None) as batch_op:
        batch_op.create_index(
            "ix_use_occurred_at_how_asset_id", ["occurred_at", "how", "asset_id"], unique=False
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("use", schema=None) as batch_op:
        batch_op.drop_index("ix_use_occurred_at_how_asset_id")

    op.drop_table("asset_tally")
