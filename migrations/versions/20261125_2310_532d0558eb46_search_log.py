"""What was searched and opened, synonyms, and searches that people keep."""

import sqlalchemy as sa
from alembic import op

revision = "532d0558eb46"
down_revision = "1c164a869432"
branch_labels = None
depends_on = None

NOTICES = (
    "'review_digest', 'review_escalation', 'hand_over', 'unreadable', 'recall', "
    "'recall_reminder', 'field_review', 'review_answer', 'feedback', 'feedback_answer'"
)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "synonym_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_group")),
    )
    op.create_table(
        "synonym",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.CheckConstraint("folded <> ''", name=op.f("ck_synonym_folded")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["synonym_group.id"],
            name=op.f("fk_synonym_group_id_synonym_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
        sa.UniqueConstraint("folded", name=op.f("uq_synonym_folded")),
    )
    with op.batch_alter_table("synonym", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_synonym_group_id"), ["group_id"], unique=False)

    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=512), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("wants_notice", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["user.id"],
            name=op.f("fk_saved_search_person_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_search_person_id_name")),
    )
    op.create_table(
        "saved_match",
        sa.Column("saved_search_id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["asset.id"],
            name=op.f("fk_saved_match_asset_id_asset"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_search_id"],
            ["saved_search.id"],
            name=op.f("fk_saved_match_saved_search_id_saved_search"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("saved_search_id", "asset_id", name=op.f("pk_saved_match")),
    )
    with op.batch_alter_table("saved_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_match_asset_id"), ["asset_id"], unique=False)

    op.create_table(
        "search_query",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(length=512), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "page",
                "api",
                name="searchsource",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("deal_id", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("best_position", sa.Integer(), nullable=True),
        sa.Column("is_failed", sa.Boolean(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("best_position >= 1", name=op.f("ck_search_query_best_position")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_search_query_total")),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_search_query_deal_id_deal"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["user.id"],
            name=op.f("fk_search_query_person_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_query")),
    )
    with op.batch_alter_table("search_query", schema=None) as batch_op:
        batch_op.create_index(
            "ix_search_query_summed",
            ["at", "person_id", "best_position", "is_failed", "is_used"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_search_query_deal_id"), ["deal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_query_folded"), ["folded"], unique=False)
        batch_op.create_index(
            "ix_search_query_unjudged",
            ["at"],
            unique=False,
            sqlite_where=sa.text("judged_at IS NULL"),
            postgresql_where=sa.text("judged_at IS NULL"),
        )
        batch_op.create_index("ix_search_query_person_id_at", ["person_id", "at"], unique=False)

    op.create_table(
        "popular_search",
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("text", sa.String(length=512), nullable=False),
        sa.Column("askers", sa.Integer(), nullable=False),
        sa.CheckConstraint("askers >= 2", name=op.f("ck_popular_search_askers")),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_popular_search")),
    )
    with op.batch_alter_table("popular_search", schema=None) as batch_op:
        batch_op.create_index(
            "ix_popular_search_folded",
            ["folded"],
            unique=False,
            postgresql_ops={"folded": "text_pattern_ops"},
        )

    op.create_table(
        "search_click",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "search_query_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("page >= 1", name=op.f("ck_search_click_page_positive")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_search_click_position")),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["asset.id"],
            name=op.f("fk_search_click_asset_id_asset"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["search_query_id"],
            ["search_query.id"],
            name=op.f("fk_search_click_search_query_id_search_query"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_click")),
    )
    with op.batch_alter_table("search_click", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_click_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_search_click_search_query_id"), ["search_query_id"], unique=False
        )

    _notices(f"kind IN ({NOTICES}, 'saved_search')")


def _notices(allowed: str) -> None:
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_notice_noticekind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_notice_noticekind"), allowed)


def downgrade() -> None:
    """Back."""
    op.execute("DELETE FROM notice WHERE kind = 'saved_search'")
    _notices(f"kind IN ({NOTICES})")
    with op.batch_alter_table("search_click", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_click_search_query_id"))
        batch_op.drop_index(batch_op.f("ix_search_click_asset_id"))

    op.drop_table("search_click")
    with op.batch_alter_table("popular_search", schema=None) as batch_op:
        batch_op.drop_index("ix_popular_search_folded")

    op.drop_table("popular_search")
    with op.batch_alter_table("search_query", schema=None) as batch_op:
        batch_op.drop_index("ix_search_query_person_id_at")
        batch_op.drop_index(batch_op.f("ix_search_query_folded"))
        batch_op.drop_index("ix_search_query_unjudged")
        batch_op.drop_index(batch_op.f("ix_search_query_deal_id"))
        batch_op.drop_index("ix_search_query_summed")

    op.drop_table("search_query")
    with op.batch_alter_table("saved_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_match_asset_id"))

    op.drop_table("saved_match")
    op.drop_table("saved_search")
    with op.batch_alter_table("synonym", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_synonym_group_id"))

    op.drop_table("synonym")
    op.drop_table("synonym_group")
