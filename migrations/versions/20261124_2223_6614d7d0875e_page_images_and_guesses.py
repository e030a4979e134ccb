"""Images of pages, drawn later for the versions that are there; and what was only guessed."""

import sqlalchemy as sa
from alembic import op

revision = "6614d7d0875e"
down_revision = "ac7f3945ec92"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "page_image",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("store", sa.String(length=300), nullable=False),
        sa.Column("full", sa.String(length=64), nullable=False),
        sa.Column("thumbnail", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_page_image_number_positive")),
        sa.CheckConstraint("width >= 1 AND height >= 1", name=op.f("ck_page_image_has_a_size")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["version.id"],
            name=op.f("fk_page_image_version_id_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_image")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_page_image_version_id_number")),
    )
    with op.batch_alter_table("page_image", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_image_full"), ["full"], unique=False)
        batch_op.create_index(batch_op.f("ix_page_image_thumbnail"), ["thumbnail"], unique=False)

    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_title_guessed", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("is_kind_guessed", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "image_state",
                sa.Enum(
                    "pending",
                    "ready",
                    "failed",
                    "none",
                    name="imagestate",
                    native_enum=False,
                    create_constraint=True,
                    length=20,
                ),
                server_default="pending",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column("image_problem", sa.Text(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("draw_tries", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("draw_after", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE version SET image_state = 'none' WHERE sha256 IS NULL")
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.alter_column("image_state", server_default=None)
        batch_op.alter_column("image_problem", server_default=None)
        batch_op.create_check_constraint(
            op.f("ck_version_image_problem"), "(image_state = 'failed') = (image_problem <> '')"
        )
        batch_op.create_index(batch_op.f("ix_version_image_state"), ["image_state"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_version_image_state"))
        batch_op.drop_constraint(op.f("ck_version_image_problem"), type_="check")
        batch_op.drop_constraint(op.f("ck_version_imagestate"), type_="check")
        batch_op.drop_column("draw_after")
        batch_op.drop_column("draw_tries")
        batch_op.drop_column("image_problem")
        batch_op.drop_column("image_state")

    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.drop_column("is_kind_guessed")
        batch_op.drop_column("is_title_guessed")

    with op.batch_alter_table("page_image", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_image_thumbnail"))
        batch_op.drop_index(batch_op.f("ix_page_image_full"))

    op.drop_table("page_image")
