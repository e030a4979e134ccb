"""Deals: taken in from outside or made by hand, and kept up with their stages and their end."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from app.choices import Outcome
from app.clock import local, now, start_of_day, today
from app.db import one_at_a_time, session
from app.errors import Forbidden, Invalid
from app.inputs.deal import TEXTS, DealChange
from app.models.deal import Deal
from app.models.person import User
from app.models.stage import Stage
from app.policy.permissions import Permission
from app.policy.rules import is_manager, is_marketer, require
from app.queries import deals, people, stages
from app.services import audit

DEAL_LOCK = 7305


def put(actor: User, external_id: str, new: DealChange) -> tuple[Deal, bool]:
    """Change the deal with this id or make it; answers it, and whether it is new.

    Whoever does not see every deal becomes the owner of a new one that names none. Raises
    NotFound where the deal is somebody else's and hidden.
    """
    found = _locked(external_id)
    if found is None:
        return _add(actor, external_id, new), True
    seen = deals.get(actor, external_id)
    require(actor, Permission.CHANGE_DEAL, seen)
    _change(actor, seen, new)
    return seen, False


def add(actor: User, external_id: str, new: DealChange) -> Deal:
    """Make a deal by hand; raises Invalid where there is one with this id, whoever may see it."""
    if _locked(external_id) is not None:
        raise Invalid({"external_id": ["There is a deal with this id already."]})
    return _add(actor, external_id, new)


def take_in(external_id: str, new: DealChange) -> tuple[Deal, bool]:
    """The same at the command line's word, for nobody in particular."""
    found = _locked(external_id)
    if found is None:
        return _made(None, external_id, new, _owner(new)), True
    _change(None, found, new)
    return found, False


def next_external_id() -> str:
    """A free id for a deal that is made by hand."""
    one_at_a_time(DEAL_LOCK)
    number = (session.scalar(select(func.count()).select_from(Deal)) or 0) + 1
    while deals.named(f"QD-{number}"):
        number += 1
    return f"QD-{number}"


def _locked(external_id: str) -> Deal | None:
    """The deal, while nobody else makes or changes one."""
    one_at_a_time(DEAL_LOCK)
    found = deals.named(external_id)
    if found is not None:
        session.refresh(found)
    return found


def _add(actor: User, external_id: str, new: DealChange) -> Deal:
    owner = _owner(new)
    if owner is None and "owner_email" not in new.model_fields_set and not is_marketer(actor):
        owner = actor
    if owner is not actor and not may_choose_owner(actor):
        raise Forbidden("You make deals of your own only. Leave the owner out.")
    return _made(actor, external_id, new, owner)


def may_choose_owner(actor: User) -> bool:
    """Whether the person may make deals for others."""
    return is_marketer(actor) or is_manager(actor)


def _made(actor: User | None, external_id: str, new: DealChange, owner: User | None) -> Deal:
    if new.name is None:
        raise Invalid({"name": ["This is needed."]})
    deal = Deal(
        external_id=external_id,
        name=new.name,
        owner=owner,
        opened_on=new.opened_on or today(),
        created_at=now(),
        updated_at=now(),
        competitors=[],
        stage_history=[],
        outcome=Outcome.OPEN,
    )
    _describe(deal, new)
    if new.opened_on is None:
        first = min(filter(None, (_first_day(deal), new.closed_on, today())))
        deal.opened_on = first
    _end(deal, new)
    session.add(deal)
    session.flush()
    audit.record(actor, "deal.added", deal, {"external_id": external_id})
    return deal


def _change(actor: User | None, deal: Deal, new: DealChange) -> None:
    """Take over what differs; where nothing does, nothing is written."""
    before = _snapshot(deal)
    if "owner_email" in new.model_fields_set:
        deal.owner = _owner(new)
    _describe(deal, new)
    if new.opened_on is not None:
        deal.opened_on = new.opened_on
    elif first := _first_day(deal):
        deal.opened_on = min(deal.opened_on, first)
    _end(deal, new)
    after = _snapshot(deal)
    changed = sorted(name for name in after if after[name] != before[name])
    if changed:
        deal.updated_at = now()
        session.flush()
        audit.record(actor, "deal.changed", deal, {"fields": changed})


def _describe(deal: Deal, new: DealChange) -> None:
    for name in TEXTS:
        if (value := getattr(new, name)) is not None:
            setattr(deal, name, value)
    if new.competitors is not None:
        deal.competitors = list({one.casefold(): one for one in new.competitors}.values())
    if "amount" in new.model_fields_set:
        deal.amount = new.amount.minor if new.amount else None
        deal.currency = new.amount.currency if new.amount else None
    _move(deal, new)


def _move(deal: Deal, new: DealChange) -> None:
    """Take over the stage history, or come into a stage now."""
    known = stages.by_name() if new.stage or new.stage_history else {}
    if new.stage_history is not None:
        steps = [
            (_stage(known, step.stage, "stage_history"), step.entered_at)
            for step in sorted(new.stage_history, key=lambda step: step.entered_at)
        ]
        if any(at > now() for _, at in steps):
            raise Invalid({"stage_history": ["A deal cannot come into a stage in the future."]})
        if steps != [(entry.stage, entry.entered_at) for entry in deal.stage_history]:
            deal.replace_history(steps)
        if new.stage and (not steps or deal.stage is not _stage(known, new.stage, "stage")):
            raise Invalid({"stage": ["The stage history ends in another stage. Give one of both."]})
    elif new.stage:
        _come_into(deal, _stage(known, new.stage, "stage"), new)


def _come_into(deal: Deal, stage: Stage, new: DealChange) -> None:
    """Come into a stage now; of a deal that ended before, nobody knows when it was."""
    outcome, closed_on = new.outcome or deal.outcome, new.closed_on or deal.closed_on
    if outcome is not Outcome.OPEN and closed_on and closed_on < today():
        deal.stage = stage
    else:
        deal.enter(stage, now())


def _stage(known: Mapping[str, Stage], name: str, field: str) -> Stage:
    if found := known.get(name.casefold()):
        return found
    names = ", ".join(stage.name for stage in known.values())
    raise Invalid({field: [f"There is no stage called {name}. The stages are {names}."]})


def _end(deal: Deal, new: DealChange) -> None:
    """Win, lose or reopen; the dates must go together."""
    outcome = new.outcome or deal.outcome
    closed_on = new.closed_on if "closed_on" in new.model_fields_set else deal.closed_on
    if outcome is Outcome.OPEN:
        if new.closed_on is not None:
            raise Invalid({"closed_on": ["An open deal has no closing day. Give its outcome too."]})
        closed_on = None
    elif closed_on is None:
        raise Invalid({"closed_on": [f"Give the day on which it was {outcome.value}."]})
    elif closed_on < deal.opened_on:
        raise Invalid({"closed_on": [f"This is before the deal was opened, {deal.opened_on}."]})
    elif closed_on > today():
        raise Invalid({"closed_on": ["This day is still to come. Close the deal when it is over."]})
    if deal.opened_on > today():
        raise Invalid({"opened_on": ["This day is still to come."]})
    deal.end(outcome, closed_on, end_of_day(closed_on) if closed_on else None)


def end_of_day(day: date) -> datetime:
    """The first moment after a day in the organisation's time zone, in UTC."""
    return start_of_day(day + timedelta(days=1))


def _first_day(deal: Deal) -> date | None:
    first = deal.stage_history[0].entered_at if deal.stage_history else None
    return local(first).date() if first else None


def _owner(new: DealChange) -> User | None:
    if new.owner_email is None:
        return None
    found = people.by_email(new.owner_email)
    if found is None:
        raise Invalid({"owner_email": [f"Nobody with the address {new.owner_email} is here."]})
    return found


def _snapshot(deal: Deal) -> dict[str, object]:
    names = (*TEXTS, "competitors", "amount", "currency", "outcome", "opened_on", "closed_on")
    return {name: getattr(deal, name) for name in names} | {
        "owner_email": deal.owner.email if deal.owner else None,
        "stage": deal.stage.name if deal.stage else None,
        "stage_history": [
            (entry.stage_id or entry.stage.id, entry.entered_at) for entry in deal.stage_history
        ],
    }
