"""The governance board: what the library is in, and many pieces set right at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.choices import FacetName
from app.db import attempt, transaction
from app.errors import Conflict, HubError, Invalid
from app.http.tables import csv_file
from app.inputs.asset import AssetChange, Retirement
from app.inputs.governance import (
    BoardFilter,
    BoardListing,
    NewOwner,
    NewReason,
    NewReview,
    NewTag,
    Ticked,
)
from app.models.asset import Asset
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets
from app.queries.governance import board as questions
from app.services import assets as verbs
from app.services import retirement, reviews
from app.web.actor import current_actor
from app.web.filters import day
from app.web.forms import Answer, checked, entered
from app.web.governance_page import asked, here, listing, page
from app.web.governance_words import COLUMNS

bp = Blueprint("governance", __name__)
NOBODY = "Choose the person whose they are from now on."
Verb = Callable[[User, Asset], object]
Work = tuple[Verb, str]


@dataclass
class Outcome:
    """What became of the ticked pieces: how many went through, and why others did not."""

    done: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)


@bp.get("/governance")
def index() -> Answer:
    """A page of the board; filters that are not understood are left out and told."""
    try:
        return page(listing())
    except Invalid as refused:
        return page(BoardListing(), problem=refused.detail), 422


@bp.get("/governance.csv")
def csv() -> Response:
    """Every piece under the same filters, with every column."""
    rows = questions.every_row(current_actor(), checked(BoardFilter, asked()))
    cells = ([cell(row) for cell in COLUMNS.values()] for row in rows)
    return csv_file("governance.csv", list(COLUMNS), cells)


@bp.post("/governance/confirm")
def confirm() -> Answer:
    """Say of each piece that it is still right."""
    return _each(lambda: (reviews.confirm, "confirmed as still right"))


@bp.post("/governance/owner")
def give() -> Answer:
    """Give each piece to another owner."""

    def work() -> Work:
        if not request.form.get("owner"):
            raise Invalid({"owner": [NOBODY]})
        owner = checked(NewOwner, _sent("owner")).owner
        return _change(AssetChange(owner=owner)), f"given to {verbs.owner_by(owner).name}"

    return _each(work)


@bp.post("/governance/review")
def set_review() -> Answer:
    """Set the day by which each piece is to be looked at again."""

    def work() -> Work:
        by: date = checked(NewReview, _sent("review_by")).review_by
        return _change(AssetChange(review_by=by)), f"to be looked at again by {day(by)}"

    return _each(work)


@bp.post("/governance/tag")
def add_tag() -> Answer:
    """Add a tag to each piece."""

    def work() -> Work:
        tag = checked(NewTag, _sent("tag")).tag
        return lambda actor, asset: _tag(actor, asset, tag), f"tagged “{tag}”"

    return _each(work)


@bp.post("/governance/retire")
def retire() -> Answer:
    """Retire each piece, all for the same reason."""

    def work() -> Work:
        asked = Retirement(reason=checked(NewReason, _sent("reason")).reason)
        return lambda actor, asset: retirement.retire(actor, asset, asked), "retired"

    return _each(work)


def _change(new: AssetChange) -> Verb:
    return lambda actor, asset: verbs.change(actor, asset, new)


def _tag(actor: User, asset: Asset, tag: str) -> Asset:
    tags = asset.facets[FacetName.TAGS]
    if tag.casefold() in (one.casefold() for one in tags):
        raise Conflict("It has this tag already.")
    return verbs.change(actor, asset, checked(AssetChange, {"tags": [*tags, tag]}))


def _each(work: Callable[[], Work]) -> Answer:
    """Do it to every ticked piece by itself; what went wrong is told beside the board."""
    require(current_actor(), Permission.EDIT)
    try:
        verb, words = work()
        ids = checked(Ticked, {"asset": request.form.getlist("asset")}).asset
    except Invalid as problem:
        return _again(problem), 422
    outcome = Outcome()
    with transaction():
        for asset_id in dict.fromkeys(ids):
            _one(verb, asset_id, outcome)
    if outcome.done:
        pieces = "1 piece is" if outcome.done == 1 else f"{outcome.done} pieces are"
        flash(f"{pieces} {words}.", "success")
    if outcome.wrong:
        return _again(outcome=outcome), 200 if outcome.done else 422
    return redirect(url_for("governance.index", **here()), 303)


def _one(verb: Verb, asset_id: int, outcome: Outcome) -> None:
    title, actor = f"Number {asset_id}", current_actor()
    try:
        with attempt():
            asset = assets.get(actor, asset_id)
            title = asset.title
            verb(actor, asset)
    except HubError as problem:
        outcome.wrong.append((title, problem.detail))
        outcome.left.append(asset_id)
    else:
        outcome.done += 1


def _sent(name: str) -> dict[str, str]:
    return {name: request.form.get(name, "")}


def _again(problem: Invalid | None = None, outcome: Outcome | None = None) -> str:
    """The board with what was entered, and what is wrong; what is left to do stays ticked."""
    left = outcome.left if outcome else request.form.getlist("asset")
    try:
        wanted = listing()
    except Invalid:
        wanted = BoardListing()
    return page(
        wanted,
        outcome=outcome,
        errors=problem.fields if problem else {},
        values=entered(),
        ticked={str(one) for one in left},
    )
