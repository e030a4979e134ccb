"""Bands of pages, by which like ones are found, and pairs of versions nearly the same."""

import sqlalchemy as sa
from alembic import op

revision = "1c164a869432"
down_revision = "e2d40d8651c5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "near_duplicate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("of_pages", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "pages >= 1 AND pages <= of_pages", name=op.f("ck_near_duplicate_pages_of")
        ),
        sa.CheckConstraint("version_id <> other_id", name=op.f("ck_near_duplicate_of_another")),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["version.id"],
            name=op.f("fk_near_duplicate_other_id_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["version.id"],
            name=op.f("fk_near_duplicate_version_id_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_near_duplicate")),
        sa.UniqueConstraint(
            "version_id", "other_id", name=op.f("uq_near_duplicate_version_id_other_id")
        ),
    )
    with op.batch_alter_table("near_duplicate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_near_duplicate_other_id"), ["other_id"], unique=False)

    op.create_table(
        "page_band",
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("fk_page_band_page_id_page"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("value", "page_id", name=op.f("pk_page_band")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("page_band", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_band_page_id"), ["page_id"], unique=False)

    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_compared", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.drop_column("is_compared")

    with op.batch_alter_table("page_band", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_band_page_id"))

    op.drop_table("page_band")
    with op.batch_alter_table("near_duplicate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_near_duplicate_other_id"))

    op.drop_table("near_duplicate")
