"""The life of assets as a state machine: whatever is done in whatever order, truths stay true."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule
from sqlalchemy import func, select

from app.choices import Role, Status
from app.clock import now, today
from app.db import session, transaction
from app.errors import HubError
from app.inputs.asset import Join, NewVersion, Publish, Retirement, Rollback
from app.inputs.field_review import NewFieldReview, Opinion
from app.models import Asset, FieldReview, User, Version
from app.queries import assets, field_reviews
from app.services import field_reviews as reviewing
from app.services import joining, publishing, retirement, reviews
from app.services.versions import may_have_file
from tests.factories import a_draft, a_file

NOTE = "Another try"


@contextmanager
def tried() -> Iterator[None]:
    """A change in a transaction of its own; a refusal is an answer too."""
    session.expire_all()
    try:
        with transaction():
            yield
    except HubError:
        pass


class Lifecycle(RuleBasedStateMachine):
    """A marketer and reps, a few assets, and every verb that moves them."""

    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.max, self.rae = (
            session.scalars(select(User).where(User.email == f"{name}@example.com")).one()
            for name in ("max", "rae")
        )
        # What earlier lives have left is none of this one's business.
        self.first = (session.scalar(select(func.max(Asset.id))) or 0) + 1

    def everything(self) -> Sequence[Asset]:
        """The assets of this life."""
        session.expire_all()
        return session.scalars(select(Asset).where(Asset.id >= self.first)).all()

    def asset(self, asset_id: int) -> Asset:
        """One of the assets, read afresh."""
        return assets.get(self.max, asset_id)

    @rule(target=made, count=st.integers(1, 2))
    def make(self, count: int) -> object:
        """New drafts."""
        return multiple(*[a_draft(self.max).id for _ in range(count)])

    @rule(asset_id=made, publish=st.booleans(), after=st.none() | st.integers(1, 3))
    def add_version(self, asset_id: int, publish: bool, after: int | None) -> None:
        """One more version, perhaps by somebody who saw an older state."""
        new = NewVersion(change_note=NOTE, publish=publish, after=after)
        file = a_file(f"{now()}")
        with tried():
            publishing.add_version(self.max, self.asset(asset_id), new, file)

    @rule(asset_id=made, number=st.none() | st.integers(1, 4))
    def publish(self, asset_id: int, number: int | None) -> None:
        """Give a version to reps."""
        asked = Publish(version=number)
        with tried():
            publishing.publish(self.max, self.asset(asset_id), asked.version)

    @rule(asset_id=made, number=st.integers(1, 4))
    def roll_back(self, asset_id: int, number: int) -> None:
        """Go back to a version."""
        with tried():
            asked = Rollback(to=number, change_note=NOTE)
            publishing.rollback(self.max, self.asset(asset_id), asked)

    @rule(asset_id=made, other=st.none() | made)
    def retire(self, asset_id: int, other: int | None) -> None:
        """Take one out of use, perhaps for another."""
        with tried():
            asked = Retirement(reason=NOTE, replaced_by=other)
            retirement.retire(self.max, self.asset(asset_id), asked)

    @rule(asset_id=made)
    def restore(self, asset_id: int) -> None:
        """Give one back."""
        with tried():
            retirement.restore(self.max, self.asset(asset_id))

    @rule(asset_id=made, other=made)
    def join(self, asset_id: int, other: int) -> None:
        """Make one a version of another."""
        with tried():
            asked = Join(into=other, change_note=NOTE)
            joining.join(self.max, self.asset(asset_id), asked)

    @rule(asset_id=made)
    def confirm(self, asset_id: int) -> None:
        """Say that it is still right."""
        with tried():
            reviews.confirm(self.max, self.asset(asset_id))

    @rule(asset_id=made)
    def ask(self, asset_id: int) -> None:
        """Ask a rep to look at what waits."""
        new = NewFieldReview(reviewers=[self.rae.email])
        with tried():
            reviewing.ask(self.max, self.asset(asset_id), new)

    @rule(asset_id=made, readiness=st.sampled_from(["ready", "not_ready"]))
    def say(self, asset_id: int, readiness: str) -> None:
        """The rep says something."""
        with tried():
            for review in field_reviews.open_of(self.asset(asset_id)):
                reviewing.say(self.rae, review, Opinion(readiness=readiness))

    @rule(asset_id=made)
    def withdraw(self, asset_id: int) -> None:
        """Ask nobody any more."""
        with tried():
            for review in field_reviews.open_of(self.asset(asset_id)):
                reviewing.withdraw(self.max, review)

    @rule(asset_id=made)
    def plan(self, asset_id: int) -> None:
        """Plan a publication whose time has come, and let the clock pass."""
        with tried():
            self.asset(asset_id).publish_at = now()
        with tried():
            publishing.publish_due()

    @rule(asset_id=made)
    def expire(self, asset_id: int) -> None:
        """Let one be over, and let the clock pass."""
        with tried():
            self.asset(asset_id).expires_on = today() - timedelta(days=365)
        with tried():
            retirement.retire_expired()

    @invariant()
    def one_current_version_where_reps_may_have_it(self) -> None:
        """Exactly one of what is published or retired, none of a draft."""
        for asset in self.everything():
            current = [version for version in asset.versions if version.is_current]
            assert len(current) == (asset.status in (Status.PUBLISHED, Status.RETIRED))

    @invariant()
    def successors_end_somewhere(self) -> None:
        """No chain of replacements runs in a ring, and only what is retired has one."""
        for asset in self.everything():
            seen: set[int] = set()
            there: Asset | None = asset
            while there is not None:
                assert there.id not in seen
                seen.add(there.id)
                assert there.replaced_by is None or there.status is Status.RETIRED
                there = there.replaced_by

    @invariant()
    def a_rep_gets_no_file_that_is_not_current(self) -> None:
        """Nor any of a retired asset, nor one that waits unless they were asked to look at it."""
        for version in [one for asset in self.everything() for one in asset.versions]:
            asset = version.asset
            is_right = asset.status is Status.PUBLISHED and version.is_current
            is_asked = version.is_waiting and any(
                review.of(self.rae)
                for review in field_reviews.open_of(asset)
                if review.version_id == version.id
            )
            assert self.rae.role is Role.REP
            may = may_have_file(self.rae, asset, version)
            assert may is (is_right or (is_asked and asset.status is not Status.RETIRED))

    @invariant()
    def numbers_run_without_a_gap(self) -> None:
        """Nothing is ever taken away."""
        counted = select(func.count(), func.max(Version.number)).group_by(Version.asset_id)
        assert all(count == newest for count, newest in session.execute(counted))

    @invariant()
    def what_is_in_review_is_being_reviewed(self) -> None:
        """A draft is in review exactly while somebody is asked, and what reps have never is."""
        for asset in self.everything():
            is_asked = bool(field_reviews.open_of(asset))
            assert (asset.status is Status.IN_REVIEW) <= is_asked
            assert not (is_asked and asset.status is Status.DRAFT)
        closed = select(FieldReview).join(Version).where(Version.published_at.is_not(None))
        assert all(review.closed_at for review in session.scalars(closed))


@pytest.fixture
def lifecycle(app: object) -> type[RuleBasedStateMachine]:
    """The machine, over a database of this test's own."""
    return Lifecycle


def test_no_sequence_of_verbs_breaks_what_must_hold(lifecycle):
    checked = settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run = lifecycle.TestCase()
    run.settings = checked
    run.runTest()
