"""Stages, deals, uses, feedback, idempotency keys, and the example company's rows."""

import sqlalchemy as sa
from alembic import op

revision = "085305dd2292"
down_revision = "814822f8fd1a"
branch_labels = None
depends_on = None

STAGES = [
    {"position": n, "name": name, "folded": name, "owned_by": side}
    for n, (name, side) in enumerate(
        [
            ("attention", "marketing"),
            ("interest", "marketing"),
            ("conviction", "sales"),
            ("desire", "sales"),
            ("sale", "sales"),
        ],
        start=1,
    )
]
# SQLite makes the table anew, and would forget that its numbers are never given twice.
KEPT = {"sqlite_autoincrement": True}


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "example_company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_example_company_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_example_company")),
    )
    op.create_table(
        "example_row",
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id", name=op.f("pk_example_row")),
    )
    stage = op.create_table(
        "stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.String(length=360), nullable=False),
        sa.Column(
            "owned_by",
            sa.Enum(
                "marketing",
                "sales",
                name="stageowner",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sa.UniqueConstraint("folded", name=op.f("uq_stage_folded")),
        sa.UniqueConstraint("position", name=op.f("uq_stage_position")),
    )
    op.create_table(
        "deal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_folded", sa.String(length=900), nullable=False),
        sa.Column("account", sa.String(length=300), nullable=False),
        sa.Column("account_folded", sa.String(length=900), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("segment", sa.String(length=120), nullable=False),
        sa.Column("segment_folded", sa.String(length=360), nullable=False),
        sa.Column("industry", sa.String(length=120), nullable=False),
        sa.Column("region", sa.String(length=120), nullable=False),
        sa.Column("competitors", sa.JSON(), nullable=False),
        sa.Column("lead_source", sa.String(length=200), nullable=False),
        sa.Column("campaign", sa.String(length=200), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "open",
                "won",
                "lost",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'open') = (closed_on IS NULL)", name=op.f("ck_deal_closed_on")
        ),
        sa.CheckConstraint(
            "(amount IS NULL) = (currency IS NULL)", name=op.f("ck_deal_amount_with_currency")
        ),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (ended_at IS NULL)", name=op.f("ck_deal_ended_at")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_deal_amount_not_negative")),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("ck_deal_closed_after_opened")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_deal_owner_id_user")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_deal_stage_id_stage")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
        sa.UniqueConstraint("external_id", name=op.f("uq_deal_external_id")),
    )
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deal_account_folded"), ["account_folded"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_deal_closed_on"), ["closed_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_deal_opened_on"), ["opened_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_deal_outcome"), ["outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_deal_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_deal_segment_folded"), ["segment_folded"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_deal_stage_id"), ["stage_id"], unique=False)

    op.create_table(
        "idempotency_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_committed", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("etag", sa.String(length=80), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"],
            ["token.id"],
            name=op.f("fk_idempotency_key_token_id_token"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotency_key")),
        sa.UniqueConstraint("token_id", "key", name=op.f("uq_idempotency_key_token_id_key")),
    )
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_idempotency_key_claimed_at"), ["claimed_at"], unique=False
        )

    op.create_table(
        "stage_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_stage_entry_deal_id_deal"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_stage_entry_stage_id_stage")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_entry")),
    )
    with op.batch_alter_table("stage_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_stage_entry_deal_id_entered_at", ["deal_id", "entered_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stage_entry_stage_id"), ["stage_id"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "helped",
                "did_not_help",
                "wrong",
                "out_of_date",
                "missing",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reaction", sa.Text(), nullable=False),
        sa.Column("competitor", sa.String(length=120), nullable=False),
        sa.Column("is_quotable", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "fixed",
                "declined",
                name="feedbackstate",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fixed_version_id", sa.Integer(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'declined') = (reason <> '')", name=op.f("ck_feedback_declined_with_reason")
        ),
        sa.CheckConstraint(
            "(state = 'fixed') = (fixed_version_id IS NOT NULL)",
            name=op.f("ck_feedback_fixed_in_version"),
        ),
        sa.CheckConstraint(
            "(state IN ('fixed', 'declined')) = (answered_at IS NOT NULL)",
            name=op.f("ck_feedback_answered_at"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user.id"], name=op.f("fk_feedback_answered_by_id_user")
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_feedback_deal_id_deal")),
        sa.ForeignKeyConstraint(
            ["fixed_version_id"], ["version.id"], name=op.f("fk_feedback_fixed_version_id_version")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["user.id"], name=op.f("fk_feedback_person_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_feedback_answered_by_id"), ["answered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_feedback_deal_id"), ["deal_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_feedback_fixed_version_id"), ["fixed_version_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_feedback_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedback_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedback_verdict"), ["verdict"], unique=False)

    op.create_table(
        "use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column(
            "how",
            sa.Enum(
                "shared",
                "opened",
                "presented",
                "downloaded",
                "attached",
                "claimed",
                name="how",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum(
                "page",
                "download",
                "api",
                "example",
                name="origin",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("occurred_at <= recorded_at", name=op.f("ck_use_not_in_the_future")),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("fk_use_asset_id_asset")),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_use_deal_id_deal")),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_use_person_id_user")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_use_stage_id_stage")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_use_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_use")),
        sa.UniqueConstraint(
            "deal_id",
            "version_id",
            "person_id",
            "how",
            "occurred_at",
            name=op.f("uq_use_deal_id_version_id_person_id_how_occurred_at"),
        ),
    )
    with op.batch_alter_table("use", schema=None) as batch_op:
        batch_op.create_index("ix_use_asset_id_deal_id", ["asset_id", "deal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_use_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_use_stage_id"), ["stage_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_use_version_id"), ["version_id"], unique=False)

    op.create_table(
        "feedback_asset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.CheckConstraint("page >= 1", name=op.f("ck_feedback_asset_page_positive")),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["asset.id"], name=op.f("fk_feedback_asset_asset_id_asset")
        ),
        sa.ForeignKeyConstraint(
            ["feedback_id"],
            ["feedback.id"],
            name=op.f("fk_feedback_asset_feedback_id_feedback"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_feedback_asset_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_asset")),
        sa.UniqueConstraint(
            "feedback_id", "asset_id", name=op.f("uq_feedback_asset_feedback_id_asset_id")
        ),
    )
    with op.batch_alter_table("feedback_asset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_asset_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_feedback_asset_version_id"), ["version_id"], unique=False
        )

    op.bulk_insert(stage, STAGES)
    with op.batch_alter_table("audit_line", table_kwargs=KEPT) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_audit_line_actor_id_user"), type_="foreignkey")


def downgrade() -> None:
    """Back."""
    # Refused by the database where a line names a person who has been taken out since.
    with op.batch_alter_table("audit_line", table_kwargs=KEPT) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_audit_line_actor_id_user"), "user", ["actor_id"], ["id"]
        )

    with op.batch_alter_table("feedback_asset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_asset_version_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_asset_asset_id"))

    op.drop_table("feedback_asset")
    with op.batch_alter_table("use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_use_version_id"))
        batch_op.drop_index(batch_op.f("ix_use_stage_id"))
        batch_op.drop_index(batch_op.f("ix_use_person_id"))
        batch_op.drop_index("ix_use_asset_id_deal_id")

    op.drop_table("use")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_verdict"))
        batch_op.drop_index(batch_op.f("ix_feedback_state"))
        batch_op.drop_index(batch_op.f("ix_feedback_person_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_fixed_version_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_deal_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_answered_by_id"))

    op.drop_table("feedback")
    with op.batch_alter_table("stage_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_entry_stage_id"))
        batch_op.drop_index("ix_stage_entry_deal_id_entered_at")

    op.drop_table("stage_entry")
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_key_claimed_at"))

    op.drop_table("idempotency_key")
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_stage_id"))
        batch_op.drop_index(batch_op.f("ix_deal_segment_folded"))
        batch_op.drop_index(batch_op.f("ix_deal_owner_id"))
        batch_op.drop_index(batch_op.f("ix_deal_outcome"))
        batch_op.drop_index(batch_op.f("ix_deal_opened_on"))
        batch_op.drop_index(batch_op.f("ix_deal_closed_on"))
        batch_op.drop_index(batch_op.f("ix_deal_account_folded"))

    op.drop_table("deal")
    op.drop_table("stage")
    op.drop_table("example_row")
    op.drop_table("example_company")
