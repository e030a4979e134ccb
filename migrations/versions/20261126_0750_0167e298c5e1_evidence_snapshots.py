"""Evidence as it was worked out last."""

import sqlalchemy as sa
from alembic import op

revision = "0167e298c5e1"
down_revision = "532d0558eb46"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "evidence_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mark", sa.String(length=200), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("cohort", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("tracked", sa.Integer(), nullable=False),
        sa.Column("undated", sa.Integer(), nullable=False),
        sa.Column("won", sa.JSON(), nullable=False),
        sa.Column("scoreboard", sa.JSON(), nullable=False),
        sa.Column("adoption", sa.JSON(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_evidence_snapshot_runs_forward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_snapshot")),
        sa.UniqueConstraint(
            "scope",
            "starts_on",
            "ends_on",
            name=op.f("uq_evidence_snapshot_scope_starts_on_ends_on"),
        ),
    )
    op.create_table(
        "evidence_asset",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("deals", sa.Integer(), nullable=False),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("wins", sa.Integer(), nullable=False),
        sa.Column("current", sa.Integer(), nullable=False),
        sa.Column("revenue", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["asset.id"],
            name=op.f("fk_evidence_asset_asset_id_asset"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["evidence_snapshot.id"],
            name=op.f("fk_evidence_asset_snapshot_id_evidence_snapshot"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "asset_id", name=op.f("pk_evidence_asset")),
    )
    with op.batch_alter_table("evidence_asset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_asset_asset_id"), ["asset_id"], unique=False)

    op.create_table(
        "evidence_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("deals", sa.Integer(), nullable=False),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("wins", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("undated", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("matched_won", sa.Integer(), nullable=False),
        sa.Column("comparable", sa.Integer(), nullable=False),
        sa.Column("comparable_won", sa.Integer(), nullable=False),
        sa.Column("strata", sa.Integer(), nullable=False),
        sa.Column("is_clustered", sa.Boolean(), nullable=False),
        sa.Column("lift", sa.Double(), nullable=True),
        sa.Column("lift_variance", sa.Double(), nullable=True),
        sa.Column("lift_in_time", sa.Double(), nullable=True),
        sa.Column("lift_in_time_variance", sa.Double(), nullable=True),
        sa.Column("peer_lift", sa.Double(), nullable=True),
        sa.Column("peer_variance", sa.Double(), nullable=True),
        sa.Column("peer_mean", sa.Double(), nullable=True),
        sa.Column("peers", sa.Integer(), nullable=True),
        sa.Column("is_among_kind", sa.Boolean(), nullable=True),
        sa.Column("shrunk", sa.Double(), nullable=True),
        sa.Column("shrunk_variance", sa.Double(), nullable=True),
        sa.Column("shrunk_low", sa.Double(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "likely_helps",
                "likely_hurts",
                "cant_tell",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "few_used",
                "few_comparable",
                "poor_match",
                "few_reps",
                "few_peers",
                "immature",
                "no_difference_seen",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("more_deals_needed", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(verdict = 'cant_tell') = (reason IS NOT NULL)",
            name=op.f("ck_evidence_row_reason_given"),
        ),
        sa.CheckConstraint(
            "wins <= closed AND closed <= deals", name=op.f("ck_evidence_row_counts")
        ),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["asset.id"],
            name=op.f("fk_evidence_row_asset_id_asset"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["evidence_snapshot.id"],
            name=op.f("fk_evidence_row_snapshot_id_evidence_snapshot"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"],
            ["stage.id"],
            name=op.f("fk_evidence_row_stage_id_stage"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_row")),
    )
    with op.batch_alter_table("evidence_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_row_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(
            "ix_evidence_row_own", ["snapshot_id", "is_own", "shrunk_low"], unique=False
        )
        batch_op.create_index(
            "ix_evidence_row_snapshot_id_asset_id", ["snapshot_id", "asset_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_evidence_row_stage_id"), ["stage_id"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("evidence_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_row_stage_id"))
        batch_op.drop_index("ix_evidence_row_snapshot_id_asset_id")
        batch_op.drop_index("ix_evidence_row_own")
        batch_op.drop_index(batch_op.f("ix_evidence_row_asset_id"))

    op.drop_table("evidence_row")
    with op.batch_alter_table("evidence_asset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_asset_asset_id"))

    op.drop_table("evidence_asset")
    op.drop_table("evidence_snapshot")
