"""Field reviews: who is asked about a version, what they say, and remarks on pages."""

import sqlalchemy as sa
from alembic import op

revision = "ac7f3945ec92"
down_revision = "b110d2f21e60"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "field_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user.id"],
            name=op.f("fk_field_review_asked_by_id_user"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["asset.id"],
            name=op.f("fk_field_review_asset_id_asset"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["version.id"],
            name=op.f("fk_field_review_version_id_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_review")),
    )
    with op.batch_alter_table("field_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_field_review_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_field_review_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_field_review_version_id"), ["version_id"], unique=False
        )
        batch_op.create_index(
            "uq_field_review_open",
            ["version_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "review_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_review_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("page >= 1", name=op.f("ck_review_comment_page_positive")),
        sa.ForeignKeyConstraint(
            ["field_review_id"],
            ["field_review.id"],
            name=op.f("fk_review_comment_field_review_id_field_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["user.id"],
            name=op.f("fk_review_comment_person_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    with op.batch_alter_table("review_comment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_comment_field_review_id"), ["field_review_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_comment_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "reviewer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_review_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "readiness",
            sa.Enum(
                "ready",
                "not_ready",
                name="readiness",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(readiness IS NULL) = (said_at IS NULL)", name=op.f("ck_reviewer_said_at")
        ),
        sa.ForeignKeyConstraint(
            ["field_review_id"],
            ["field_review.id"],
            name=op.f("fk_reviewer_field_review_id_field_review"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["user.id"], name=op.f("fk_reviewer_person_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewer")),
        sa.UniqueConstraint(
            "field_review_id", "person_id", name=op.f("uq_reviewer_field_review_id_person_id")
        ),
    )
    with op.batch_alter_table("reviewer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviewer_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("reviewer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviewer_person_id"))

    op.drop_table("reviewer")
    with op.batch_alter_table("review_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_comment_person_id"))
        batch_op.drop_index(batch_op.f("ix_review_comment_field_review_id"))

    op.drop_table("review_comment")
    with op.batch_alter_table("field_review", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_field_review_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_field_review_version_id"))
        batch_op.drop_index(batch_op.f("ix_field_review_asset_id"))
        batch_op.drop_index(batch_op.f("ix_field_review_asked_by_id"))

    op.drop_table("field_review")
