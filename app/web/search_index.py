"""The search index of this machine, for admins: how it is, and making it anew."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.db import transaction
from app.errors import Conflict
from app.queries import search_index as questions
from app.services import indexing
from app.web.actor import current_actor

bp = Blueprint("search_index", __name__, url_prefix="/admin/search-index")


@bp.get("")
def page() -> str:
    """What it holds, what it lacks, and whether it is made anew."""
    return render_template("search_index/page.html", state=questions.state(current_actor()))


@bp.get("/state")
def state() -> str:
    """The same, for a page that asks again."""
    return render_template("search_index/_state.html", state=questions.state(current_actor()))


@bp.post("/rebuild")
def rebuild() -> Response:
    """Leave word that it is to be made anew; of a second click is told what the first one did."""
    try:
        with transaction():
            indexing.ask_for_rebuild(current_actor())
    except Conflict as problem:
        flash(problem.detail, "warning")
    else:
        flash("The index is being rebuilt. Search goes on meanwhile.", "success")
    return redirect(url_for("search_index.page"), 303)
