"""Notices, reminders of review dates, recalls with their holders, and rules by kind."""

import sqlalchemy as sa
from alembic import op

revision = "b110d2f21e60"
down_revision = "7c1d0a55e2b4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "kind_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "deck",
                "battlecard",
                "one_pager",
                "case_study",
                "white_paper",
                "pricing",
                "proposal",
                "email_template",
                "video",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("review_days", sa.Integer(), nullable=False),
        sa.Column("needs_field_review", sa.Boolean(), nullable=False),
        sa.CheckConstraint("review_days BETWEEN 1 AND 3650", name=op.f("ck_kind_rule_review_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kind_rule")),
        sa.UniqueConstraint("kind", name=op.f("uq_kind_rule_kind")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "review_digest",
                "review_escalation",
                "hand_over",
                "unreadable",
                "recall",
                "recall_reminder",
                "field_review",
                "review_answer",
                "feedback",
                "feedback_answer",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "mail_state",
            sa.Enum(
                "waiting",
                "sending",
                "sent",
                "failed",
                "none",
                name="mailstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("mail_tries", sa.Integer(), nullable=False),
        sa.Column("mail_problem", sa.Text(), nullable=False),
        sa.Column("mail_after", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("address LIKE '/%'", name=op.f("ck_notice_address_in_the_hub")),
        sa.CheckConstraint("mail_tries >= 0", name=op.f("ck_notice_mail_tries")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["user.id"], name=op.f("fk_notice_person_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("person_id", "kind", "key", name=op.f("uq_notice_person_id_kind_key")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_mail_state"), ["mail_state"], unique=False)
        batch_op.create_index("ix_notice_person_id_seen_at", ["person_id", "seen_at"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["asset.id"], name=op.f("fk_reminder_asset_id_asset"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "asset_id", "review_by", "days", name=op.f("uq_reminder_asset_id_review_by_days")
        ),
    )
    op.create_table(
        "recall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "silent",
                "notify",
                "must_replace",
                name="recalllevel",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_pages", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("level <> 'silent'", name=op.f("ck_recall_not_silent")),
        sa.CheckConstraint(
            "successor_id <> version_id", name=op.f("ck_recall_succeeded_by_another")
        ),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["asset.id"], name=op.f("fk_recall_asset_id_asset"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_recall_created_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["version.id"],
            name=op.f("fk_recall_successor_id_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["version.id"],
            name=op.f("fk_recall_version_id_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall")),
    )
    with op.batch_alter_table("recall", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recall_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_recall_created_by_id"), ["created_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_recall_successor_id"), ["successor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recall_version_id"), ["version_id"], unique=False)

    op.create_table(
        "recall_holder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recall_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(done_at IS NULL) = (done_by_id IS NULL)", name=op.f("ck_recall_holder_done_by")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["user.id"], name=op.f("fk_recall_holder_done_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["user.id"],
            name=op.f("fk_recall_holder_person_id_user"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recall_id"],
            ["recall.id"],
            name=op.f("fk_recall_holder_recall_id_recall"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_holder")),
        sa.UniqueConstraint(
            "recall_id", "person_id", name=op.f("uq_recall_holder_recall_id_person_id")
        ),
    )
    with op.batch_alter_table("recall_holder", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recall_holder_done_by_id"), ["done_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_recall_holder_person_id_done_at", ["person_id", "done_at"], unique=False
        )

    op.create_table(
        "recall_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column(
            "why",
            sa.Enum(
                "downloaded",
                "shared",
                "open_deal",
                name="holding",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "why <> 'open_deal' OR deal_id IS NOT NULL",
            name=op.f("ck_recall_reason_open_deal_named"),
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_recall_reason_deal_id_deal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["recall_holder.id"],
            name=op.f("fk_recall_reason_holder_id_recall_holder"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["version.id"],
            name=op.f("fk_recall_reason_version_id_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_reason")),
    )
    with op.batch_alter_table("recall_reason", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recall_reason_deal_id"), ["deal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recall_reason_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_recall_reason_version_id"), ["version_id"], unique=False
        )

    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("wants_mail", sa.Boolean(), server_default=sa.true(), nullable=False)
        )

    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "recall",
                sa.Enum(
                    "silent",
                    "notify",
                    "must_replace",
                    name="recalllevel",
                    native_enum=False,
                    create_constraint=True,
                    length=20,
                ),
                server_default="notify",
                nullable=False,
            )
        )

    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_asset_replaced_if_retired"), "status = 'retired' OR replaced_by_id IS NULL"
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_asset_replaced_if_retired"), type_="check")

    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_version_recalllevel"), type_="check")
        batch_op.drop_column("recall")

    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.drop_column("wants_mail")

    with op.batch_alter_table("recall_reason", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recall_reason_version_id"))
        batch_op.drop_index(batch_op.f("ix_recall_reason_holder_id"))
        batch_op.drop_index(batch_op.f("ix_recall_reason_deal_id"))

    op.drop_table("recall_reason")
    with op.batch_alter_table("recall_holder", schema=None) as batch_op:
        batch_op.drop_index("ix_recall_holder_person_id_done_at")
        batch_op.drop_index(batch_op.f("ix_recall_holder_done_by_id"))

    op.drop_table("recall_holder")
    with op.batch_alter_table("recall", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recall_version_id"))
        batch_op.drop_index(batch_op.f("ix_recall_successor_id"))
        batch_op.drop_index(batch_op.f("ix_recall_created_by_id"))
        batch_op.drop_index(batch_op.f("ix_recall_asset_id"))

    op.drop_table("recall")
    op.drop_table("reminder")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_person_id_seen_at")
        batch_op.drop_index(batch_op.f("ix_notice_mail_state"))

    op.drop_table("notice")
    op.drop_table("kind_rule")
