"""Field feedback: a short form that knows where it was opened, and the owner's list."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.choices import FeedbackState, Verdict
from app.db import transaction
from app.errors import Invalid, NotFound
from app.inputs.feedback import Decline, FeedbackListing, Fix, NewFeedback
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.person import User
from app.models.use import Use
from app.queries import assets, deals, timeline, uses
from app.queries import feedback as questions
from app.services import feedback as verbs
from app.web.actor import current_actor
from app.web.forms import Answer, checked, entered, form, is_row_number, or_ask_again

bp = Blueprint("feedback", __name__, url_prefix="/feedback")
SHOWN = 50
LISTS, SINGLE = ("asset", "state", "verdict"), ("unanswered", "about_piece", "from", "to", "team")
OFFERED, SUGGESTED, MOST = 30, 100, 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A piece that the feedback can be about; `key` is how the form names it with its version."""

    slug: str
    key: str
    title: str
    version: str
    is_chosen: bool


@bp.get("")
def index() -> str:
    """What waits for the person's answer; what all have said; what they said themselves."""
    actor = current_actor()
    waiting = questions.count_to_answer(actor)
    view = request.args.get("view") or ("answer" if waiting else "all")
    listed, asked = None, None
    if view == "answer":
        items = questions.mine_to_answer(actor, SHOWN)
    elif view == "mine":
        items = questions.by(actor, SHOWN)
    else:
        asked = _listing()
        listed = questions.listing(actor, asked)
        items = listed.items
    return render_template(
        "feedback/list.html",
        items=items,
        view=view,
        waiting=waiting,
        seen=questions.deals_seen(actor, items),
        here=_here(),
        asked=asked,
        total=listed.total if listed else 0,
        older_url=url_for("feedback.index", view="all", **_here(), cursor=listed.next)
        if listed and listed.next
        else None,
        verdicts=[verdict.value for verdict in Verdict],
        states=[state.value for state in FeedbackState],
    )


@bp.get("/new")
def new() -> str:
    """The form, with everything that is known from where it was opened."""
    return render_template("feedback/new.html", values=_known(), errors={}, **_form())


@bp.post("")
def give() -> Answer:
    """Say from the field what a piece did."""
    actor = current_actor()

    def work() -> Response:
        asked = _asked(actor)
        with transaction():
            made = verbs.give(actor, asked)
        flash("Thank you. It is with the owner now.", "success")
        return redirect(url_for("feedback.one", feedback_id=made.id), 303)

    return or_ask_again(work, "feedback/new.html", _form)


@bp.get("/<int:feedback_id>")
def one(feedback_id: int) -> str:
    """One piece of feedback, and what became of it."""
    return render_template("feedback/one.html", values={}, errors={}, **_one(feedback_id))


@bp.post("/<int:feedback_id>/accept")
def accept(feedback_id: int) -> Response:
    """Say that it is right and will be seen to."""
    actor = current_actor()
    with transaction():
        verbs.accept(actor, questions.get(actor, feedback_id))
    flash("Accepted. Say in which version it is fixed when that is out.", "success")
    return redirect(url_for("feedback.one", feedback_id=feedback_id), 303)


@bp.post("/<int:feedback_id>/fix")
def fix(feedback_id: int) -> Answer:
    """Say which version has put it right."""
    actor = current_actor()

    def work() -> Response:
        asked = form(Fix)
        with transaction():
            verbs.fix(actor, questions.get(actor, feedback_id), asked)
        flash("Fixed. The rep sees in which version.", "success")
        return redirect(url_for("feedback.one", feedback_id=feedback_id), 303)

    return or_ask_again(work, "feedback/one.html", lambda: _one(feedback_id))


@bp.post("/<int:feedback_id>/decline")
def decline(feedback_id: int) -> Answer:
    """Say why nothing will be done."""
    actor = current_actor()

    def work() -> Response:
        asked = form(Decline)
        with transaction():
            verbs.decline(actor, questions.get(actor, feedback_id), asked)
        flash("Declined. The rep sees your reason.", "success")
        return redirect(url_for("feedback.one", feedback_id=feedback_id), 303)

    return or_ask_again(work, "feedback/one.html", lambda: _one(feedback_id))


def _asked(actor: User) -> NewFeedback:
    said = entered()
    names = ("verdict", "reaction", "competitor", "note")
    given: dict[str, Any] = {name: said.get(name, "") for name in names}
    given["quotable"] = "quotable" in said
    named = [ref for ref in request.form.getlist("asset") if ref]
    pages = [said.get("page", ""), *[""] * len(named)]
    given["assets"] = [_about(actor, *pair) for pair in zip(named, pages, strict=False)]
    if deal_id := said.get("deal", ""):
        deal = _deal(actor, deal_id)
        if deal is None:
            raise Invalid({"deal": ["There is no such deal, or you may not see it."]})
        given["deal"] = deal.external_id
    return checked(NewFeedback, given)


def _about(actor: User, ref: str, page: str) -> dict[str, Any]:
    """A piece as the form names it: its address with its version, or its title as it was typed."""
    slug, _, version = ref.partition("@")
    typed = None if version else assets.titled(actor, ref)
    return {"id": typed.slug if typed else slug, "version": version, "page": page}


def _known() -> dict[str, Any]:
    """What the address tells: the verdict, the page."""
    return {name: request.args.get(name, "") for name in ("verdict", "page", "note", "competitor")}


def _form() -> dict[str, Any]:
    """The pieces and deals to choose from; what is known is chosen."""
    actor = current_actor()
    deal = _deal(actor, request.values.get("deal", ""))
    chosen = [ref for ref in request.values.getlist("asset") if ref]
    if request.method == "GET" and (number := request.args.get("version")):
        chosen = [f"{slug}@{number}" for slug in chosen[:1]] + chosen[1:]
    offered = [choice for ref in chosen[:MOST] if (choice := _named(actor, ref))]
    offered += [_choice(use.asset, str(use.version.number), is_chosen=False) for use in _used(deal)]
    return {
        "deal": deal,
        "deals": deals.likely(actor, "", OFFERED),
        "pieces": list({choice.slug: choice for choice in reversed(offered)}.values())[::-1],
        "suggestions": assets.recent(actor, SUGGESTED),
        "verdicts": [verdict.value for verdict in Verdict],
    }


def _named(actor: User, ref: str) -> Choice | None:
    """A piece that the form or the address names, with its version or the current one."""
    slug, _, number = ref.partition("@")
    try:
        asset = (None if number else assets.titled(actor, ref)) or assets.get(actor, slug)
    except NotFound:
        return None
    current = asset.current_version
    return _choice(asset, number or (str(current.number) if current else ""), is_chosen=True)


def _choice(asset: Asset, number: str, *, is_chosen: bool) -> Choice:
    return Choice(asset.slug, f"{asset.slug}@{number}", asset.title, number, is_chosen)


def _deal(actor: User, deal_id: str) -> Deal | None:
    try:
        return deals.by_id(actor, int(deal_id)) if is_row_number(deal_id) else None
    except NotFound:
        return None


def _used(deal: Deal | None) -> list[Use]:
    return [piece.use for piece in timeline.pieces(uses.of_deal(deal))] if deal else []


def _one(feedback_id: int) -> dict[str, Any]:
    actor = current_actor()
    found = questions.get(actor, feedback_id)
    current = found.about[0].asset.current_version if len(found.about) == 1 else None
    newer = current.number if current and current.number > found.about[0].version.number else ""
    return {"feedback": found, "newer": newer, "seen": questions.deals_seen(actor, [found])}


def _here() -> dict[str, Any]:
    """The filters of the address."""
    lists = {name: [v for v in request.args.getlist(name) if v] for name in LISTS}
    single = {name: request.args.get(name, "") for name in SINGLE}
    return {name: value for name, value in {**lists, **single}.items() if value}


def _listing() -> FeedbackListing:
    given = {**_here(), "cursor": request.args.get("cursor"), "limit": SHOWN}
    return checked(FeedbackListing, given)
