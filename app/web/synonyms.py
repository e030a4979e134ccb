"""The synonyms that admins keep."""

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import transaction
from app.inputs.search import SynonymWords
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import synonyms as questions
from app.services import synonyms as verbs
from app.web.actor import current_actor
from app.web.forms import Answer, checked, or_ask_again

bp = Blueprint("synonyms", __name__, url_prefix="/admin/synonyms")


@bp.get("")
def index() -> str:
    """Every group, and room for another."""
    require(current_actor(), Permission.MANAGE_SEARCH)
    return _page_with(wrong="")


@bp.post("")
def add() -> Answer:
    """Make a group."""
    actor = current_actor()
    require(actor, Permission.MANAGE_SEARCH)

    def work() -> Response:
        with transaction():
            verbs.add(actor, _words())
        flash("From now on these words stand for each other.", "success")
        return redirect(url_for("synonyms.index"), 303)

    return or_ask_again(work, TEMPLATE, lambda: {"groups": questions.groups(), "wrong": "new"})


@bp.post("/<int:group_id>")
def change(group_id: int) -> Answer:
    """Replace a group's words."""
    actor = current_actor()
    require(actor, Permission.MANAGE_SEARCH)

    def work() -> Response:
        with transaction():
            verbs.change(actor, questions.group(group_id), _words())
        flash("From now on these words stand for each other.", "success")
        return redirect(url_for("synonyms.index"), 303)

    return or_ask_again(work, TEMPLATE, lambda: {"groups": questions.groups(), "wrong": group_id})


@bp.post("/<int:group_id>/remove")
def remove(group_id: int) -> Response:
    """Let the words mean themselves again."""
    actor = current_actor()
    require(actor, Permission.MANAGE_SEARCH)
    with transaction():
        verbs.remove(actor, questions.group(group_id))
    flash("They no longer stand for each other.", "success")
    return redirect(url_for("synonyms.index"), 303)


TEMPLATE = "synonyms/list.html"


def _words() -> SynonymWords:
    """The field's words, with commas, semicolons, equals signs or line ends between them."""
    texts = re.split(r"[,;=\n]", request.form.get("words", ""))
    return checked(SynonymWords, {"words": [text.strip() for text in texts if text.strip()]})


def _page_with(wrong: str) -> str:
    return render_template(TEMPLATE, groups=questions.groups(), wrong=wrong, errors={}, values={})
