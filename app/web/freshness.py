"""Is my copy current? Files are hashed in the browser, and only the hashes are sent."""

import re
from typing import Any

from flask import Blueprint, render_template, request

from app.errors import HubError, Invalid
from app.http.uploads import new_file
from app.inputs.freshness import MOST, Copies
from app.queries import freshness, page_freshness
from app.queries.freshness import Copy
from app.services import judging
from app.web.actor import current_actor
from app.web.forms import Answer, ask_again, checked

bp = Blueprint("freshness", __name__, url_prefix="/freshness")
HASH = re.compile(r"\b[0-9a-fA-F]{64}\b")
NO_FILE = "Choose a file first."
NO_HASH = "Paste SHA-256 hashes: 64 characters of 0-9 and a-f each, as “sha256sum” prints them."


@bp.get("")
def index() -> str:
    """Where files or a folder are dropped."""
    return render_template("freshness/page.html", copies=[], values={}, errors={}, most=MOST)


@bp.post("")
def check() -> Answer:
    """Verdicts for pasted hashes; for a script the rows alone."""
    is_script = request.headers.get("X-Freshness") == "rows"
    try:
        copies = _copies()
    except Invalid as problem:
        if is_script:
            raise
        return ask_again("freshness/page.html", problem, copies=[], most=MOST)
    template = "freshness/_rows.html" if is_script else "freshness/page.html"
    return render_template(
        template, copies=copies, values={"hashes": request.form["hashes"]}, errors={}, most=MOST
    )


@bp.post("/pages")
def pages() -> Answer:
    """Verdicts for each page of a changed copy; for a script the table alone."""
    is_script = request.headers.get("X-Freshness") == "pages"
    sent = request.files.get("file")
    context: dict[str, Any] = {
        "filename": sent.filename if sent else "",
        "pages": [],
        "problem": "",
    }
    status = 200
    try:
        if sent is None or not sent.filename:
            raise Invalid({"file": [NO_FILE]})
        context["pages"] = judging.judge(current_actor(), new_file(sent))
    except HubError as problem:
        context["problem"], status = problem.detail, problem.status
    main = page_freshness.main_version(context["pages"])
    template = "freshness/_pages.html" if is_script else "freshness/judged.html"
    told = page_freshness.told(context["filename"], context["pages"])
    return render_template(template, main=main, told=told, **context), status


def _copies() -> list[Copy]:
    hashes = HASH.findall(request.form.get("hashes", ""))
    if not hashes:
        raise Invalid({"hashes": [NO_HASH]})
    return freshness.copies(current_actor(), checked(Copies, {"sha256": hashes}).sha256)
