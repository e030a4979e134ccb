"""The example company's deals, uses and field notes, as rows of their own."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.choices import FeedbackState, Origin, Verdict
from app.clock import now
from app.db import session
from app.example.history import ExampleDeal
from app.example.notes import ExampleNote, notes
from app.example.usage import ExampleUse
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.feedback import Feedback, FeedbackAsset
from app.models.person import User
from app.models.stage import Stage
from app.models.use import Use
from app.models.version import Version
from app.queries import stages
from app.services.deals import end_of_day
from app.services.example.content import by_key
from app.services.example.rows import brought, persons

Versions = Mapping[tuple[str, int], Version]
People = Mapping[str, User]


def bring(examples: Sequence[ExampleDeal]) -> None:
    """Make these deals, with their stages and all that was used on them."""
    staged, versions, people = stages.by_name(), _versions(), persons()
    made = [_deal(example, staged, people) for example in examples]
    session.add_all(made)
    session.flush()
    for deal, example in zip(made, examples, strict=True):
        session.add_all([_use(deal, use, versions, people) for use in example.uses])
    session.flush()
    brought("deal", [deal.id for deal in made])


def bring_notes(examples: Sequence[ExampleDeal]) -> None:
    """Make the field notes, each on a deal on which its piece was used."""
    versions, people, taken = _versions(), persons(), set[str]()
    made = []
    for place, note in enumerate(notes()):
        example, use = _where(note, examples, taken, place)
        taken.add(example.external_id)
        person = people[use.person if use else example.owner]
        made.append(_note(note, person, example, use, versions))
    session.add_all(made)
    session.flush()
    brought("feedback", [one.id for one in made])


def _deal(example: ExampleDeal, staged: Mapping[str, Stage], people: People) -> Deal:
    closed = example.closed_on
    deal = Deal(
        external_id=example.external_id,
        name=example.name,
        account=example.account,
        owner=people[example.owner],
        amount=example.amount,
        currency=example.currency,
        segment=example.segment,
        industry=example.industry,
        region=example.team,
        competitors=example.competitors,
        lead_source=example.lead_source,
        campaign=example.campaign,
        opened_on=example.opened_on,
        created_at=example.stages[0][1],
        updated_at=example.stages[-1][1],
        stage_history=[],
    )
    deal.replace_history([(staged[name], at) for name, at in example.stages])
    deal.end(example.outcome, closed, end_of_day(closed) if closed else None)
    return deal


def _use(deal: Deal, use: ExampleUse, versions: Versions, people: People) -> Use:
    version = versions[use.asset, use.version]
    return Use(
        deal=deal,
        asset_id=version.asset_id,
        version=version,
        person=people[use.person],
        stage=deal.stage_at(use.occurred_at),
        how=use.how,
        origin=Origin.EXAMPLE,
        occurred_at=use.occurred_at,
        recorded_at=use.recorded_at,
        note=use.note,
    )


def _versions() -> Versions:
    """Every version by its asset's key and its number."""
    keys = {asset_id: key for key, asset_id in by_key().items()}
    found = session.scalars(select(Version).where(Version.asset_id.in_(keys)))
    return {(keys[version.asset_id], version.number): version for version in found}


def _where(
    note: ExampleNote, examples: Sequence[ExampleDeal], taken: set[str], place: int
) -> tuple[ExampleDeal, ExampleUse | None]:
    """A deal that fits a note, and the use that it is about."""
    fits = [
        (example, use)
        for example in examples
        for use in example.uses
        if use.asset == note.asset and use.version == note.version and use.is_genuine
    ]
    alike = [one for one in fits if note.competitor in ("", *one[0].competitors)]
    free = [one for one in alike or fits if one[0].external_id not in taken]
    if free:
        return free[place % len(free)]
    return examples[-1 - 5 * (place % 20)], None


def _note(
    note: ExampleNote,
    person: User,
    example: ExampleDeal,
    use: ExampleUse | None,
    versions: Versions,
) -> Feedback:
    said = min((use.occurred_at if use else example.stages[-1][1]) + timedelta(hours=3), now())
    deal = session.scalars(select(Deal).where(Deal.external_id == example.external_id)).one()
    feedback = Feedback(
        person=person,
        deal=deal if note.verdict is not Verdict.MISSING else None,
        verdict=note.verdict,
        note=note.note,
        reaction=note.reaction,
        competitor=note.competitor,
        is_quotable=note.quotable,
        created_at=said,
        about=[],
        state=FeedbackState.OPEN,
        reason="",
    )
    if note.asset:
        version = versions[note.asset, note.version]
        feedback.about = [FeedbackAsset(asset=version.asset, version=version, page=note.page)]
        _answer(feedback, note, version.asset, versions)
    return feedback


def _answer(feedback: Feedback, note: ExampleNote, asset: Asset, versions: Versions) -> None:
    said = feedback.created_at
    by: User = asset.owner
    if note.fixed_in is not None:
        version = versions[note.asset, note.fixed_in]
        out: datetime = version.published_at or said
        feedback.fix(version, by, max(out, said + timedelta(days=1)))
    elif note.reason:
        feedback.decline(note.reason, by, said + timedelta(days=2))
    elif note.accepted:
        feedback.accept(by, said + timedelta(days=1))
