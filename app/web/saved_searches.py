"""The searches that a person keeps."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.db import transaction
from app.inputs.search import NewSavedSearch
from app.queries import saved_searches as questions
from app.services import saved_searches as verbs
from app.web.actor import current_actor
from app.web.forms import Answer, checked, or_ask_again
from app.web.search_page import FILTERS

bp = Blueprint("saved_searches", __name__, url_prefix="/saved-searches")


@bp.get("")
def index() -> str:
    """All of them, with what is told of each."""
    return render_template("saved_searches/list.html", errors={}, values={}, **_kept())


@bp.post("")
def save() -> Answer:
    """Keep a search under a name."""
    actor = current_actor()

    def work() -> Response:
        asked = checked(NewSavedSearch, _given(request.form))
        with transaction():
            saved = verbs.save(actor, asked)
            address = questions.address(saved)
        flash(f"Saved as “{saved.name}”. It is under the search box and in the menu.", "success")
        return redirect(address, 303)

    return or_ask_again(
        work,
        "saved_searches/list.html",
        lambda: {"refused": _given(request.form), **_kept()},
    )


@bp.post("/<int:saved_id>/remove")
def remove(saved_id: int) -> Response:
    """Keep it no longer."""
    actor = current_actor()
    with transaction():
        verbs.remove(actor, questions.get(actor, saved_id))
    flash("It is removed.", "success")
    return redirect(url_for("saved_searches.index"), 303)


@bp.post("/<int:saved_id>/notices")
def notices(saved_id: int) -> Response:
    """Be told of new matches, or no longer."""
    actor, wanted = current_actor(), request.form.get("wanted") == "true"
    with transaction():
        verbs.set_notices(actor, questions.get(actor, saved_id), wanted=wanted)
    flash("You are told of new matches." if wanted else "You are told no longer.", "success")
    return redirect(url_for("saved_searches.index"), 303)


def _given(sent: MultiDict[str, str]) -> dict[str, object]:
    filters = {name: values for name in FILTERS if any(values := sent.getlist(name))}
    words = {name: sent.get(name, "") for name in ("name", "q")}
    # A box that is not ticked is not sent at all.
    return {**filters, **words, "notify": "notify" in sent}


def _kept() -> dict[str, object]:
    kept = questions.of(current_actor())
    return {"saved": [(one, questions.address(one)) for one in kept]}
