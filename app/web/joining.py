"""A piece that is nearly the same as another: what was found, and making it a version of that."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.choices import TextState
from app.db import transaction
from app.inputs.asset import Join
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, duplicates
from app.services import field_reviews, joining
from app.services.versions import shown
from app.web.actor import current_actor
from app.web.forms import Answer, form, or_ask_again

bp = Blueprint("joining", __name__, url_prefix="/assets")


@bp.get("/<slug>/taken-in")
def taken_in(slug: str) -> str:
    """What is known of an upload by now, for a page that asks again until all is."""
    actor = current_actor()
    asset = assets.get(actor, slug)
    version = shown(actor, asset)
    is_read = version is None or version.text_state in (TextState.FAILED, TextState.NONE)
    return render_template(
        "publishing/_taken_in.html",
        asset=asset,
        version=version,
        near=duplicates.of(actor, asset),
        wanting=field_reviews.wanting(asset, version) if version else "",
        is_done=is_read or (version is not None and version.is_compared),
    )


@bp.get("/<slug>/join")
def ask(slug: str) -> str:
    """The form that makes a piece a version of another."""
    values = {"into": request.args.get("into", "")}
    return render_template("publishing/join.html", values=values, errors={}, **_joining(slug))


@bp.post("/<slug>/join")
def join(slug: str) -> Answer:
    """Make a piece a version of another."""
    actor = current_actor()
    require(actor, Permission.PUBLISH)

    def work() -> Response:
        asked = form(Join)
        with transaction():
            version = joining.join(actor, assets.get(actor, slug), asked)
        flash(f"It is version {version.number} now.", "success")
        return redirect(url_for("library.asset", slug=version.asset.slug), 303)

    return or_ask_again(work, "publishing/join.html", lambda: _joining(slug))


def _joining(slug: str) -> Mapping[str, Any]:
    actor = current_actor()
    asset = assets.get(actor, slug)
    require(actor, Permission.PUBLISH, asset)
    near = duplicates.of(actor, asset)
    known = {one.asset.id for one in near}
    others = [one for one in assets.recent(actor, 100) if one.id != asset.id]
    return {
        "asset": asset,
        "near": near,
        "suggestions": [*(one.asset for one in near), *(o for o in others if o.id not in known)],
    }
