"""Publishing: new assets, new versions, going back, taking out and giving back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.choices import Kind
from app.db import session, transaction
from app.errors import Duplicate, HubError, Invalid
from app.http.uploads import new_file
from app.inputs.asset import NewAsset, NewVersion, Publish, Retirement, Rollback
from app.models.asset import Asset
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, holders, impact, people, uses, versions
from app.services import assets as verbs
from app.services import field_reviews, publishing, retirement, reviews
from app.web.actor import current_actor, max_upload_mb
from app.web.filters import day
from app.web.forms import Answer, form, or_ask_again

bp = Blueprint("publishing", __name__, url_prefix="/assets")
NO_FILE = "Choose a file first."
SUGGESTED = 100
WAITS = "Your file is in and waits to be published."
OVERTAKEN = (
    "Somebody else published a version while you worked on yours. Nothing is lost: your file is "
    "version {number} and waits. Compare the two, then publish yours if it should follow."
)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What became of one file of an upload."""

    filename: str
    asset: Asset | None = None
    problem: str | None = None
    duplicate_of: Asset | None = None
    status: int = 201


@bp.get("/new")
def new() -> str:
    """The form to publish files and links."""
    require(current_actor(), Permission.PUBLISH)
    return render_template("publishing/new.html", values={"shareable": "true"}, errors={}, **_new())


@bp.post("")
def create() -> Answer:
    """Take files in, each an asset of its own, or a link."""
    require(current_actor(), Permission.PUBLISH)
    files = [sent for sent in request.files.getlist("file") if sent.filename]
    if request.headers.get("X-Upload") == "row":
        result = _take(files[0] if files else None)
        return render_template("publishing/_uploaded.html", result=result), result.status
    if not files and not request.form.get("url"):
        return or_ask_again(_nothing_sent, "publishing/new.html", _new)
    if request.form.get("url"):
        return or_ask_again(_take_link, "publishing/new.html", _new)
    results = [_take(sent) for sent in files]
    status = 201 if any(result.asset for result in results) else results[0].status
    return render_template("publishing/uploaded.html", results=results), status


@bp.get("/<slug>/versions/new")
def new_version(slug: str) -> str:
    """The form to add a version."""
    context = _adding(slug)
    return render_template(
        "publishing/new_version.html", values={"publish": "true"}, errors={}, **context
    )


@bp.post("/<slug>/versions")
def publish_version(slug: str) -> Answer:
    """Take a new version in."""
    actor = current_actor()
    require(actor, Permission.PUBLISH)

    def work() -> Response:
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            raise Invalid({"file": [NO_FILE]})
        # A box that is not ticked is not sent at all.
        asked = form(NewVersion).model_copy(update={"publish": "publish" in request.form})
        file = new_file(sent)
        with transaction():
            version = publishing.add_version(actor, assets.get(actor, slug), asked, file)
        if asked.publish and not version.is_current:
            flash(_why_waiting(version), "danger")
            return redirect(url_for("library.versions", slug=slug), 303)
        flash(f"Version {version.number} is in. Its text is being read.", "success")
        return redirect(url_for("library.asset", slug=slug), 303)

    return or_ask_again(work, "publishing/new_version.html", lambda: _adding(slug))


def _why_waiting(version: Version) -> str:
    """Why a version that was to be published is not."""
    missing = field_reviews.wanting(version.asset, version)
    return f"{WAITS} {missing}" if missing else OVERTAKEN.format(number=version.number)


@bp.post("/<slug>/publish")
def publish_draft(slug: str) -> Response:
    """Give a draft, or a version that waits, to reps."""
    actor, asked = current_actor(), form(Publish)
    with transaction():
        publishing.publish(actor, assets.get(actor, slug), asked.version)
    flash("It is published.", "success")
    return redirect(url_for("library.asset", slug=slug), 303)


@bp.post("/<slug>/confirm")
def confirm(slug: str) -> Response:
    """Say that a piece is still right."""
    actor = current_actor()
    with transaction():
        asset = reviews.confirm(actor, assets.get(actor, slug))
    flash(
        f"Noted: “{asset.title}” is still right. Its next review is due by {day(asset.review_by)}.",
        "success",
    )
    there = {"home": "home.index", "reviews": "reviews.index"}.get(request.form.get("back", ""))
    return redirect(url_for(there) if there else url_for("library.asset", slug=slug), 303)


@bp.post("/<slug>/rollback")
def rollback(slug: str) -> Answer:
    """Publish an old version again."""
    actor = current_actor()

    def work() -> Response:
        asked = form(Rollback)
        with transaction():
            version = publishing.rollback(actor, assets.get(actor, slug), asked)
        flash(f"Version {asked.to} is published again, as version {version.number}.", "success")
        return redirect(url_for("library.asset", slug=slug), 303)

    return or_ask_again(work, "library/versions.html", lambda: _versions(slug))


@bp.route("/<slug>/retire", methods=["GET", "POST"])
def retire(slug: str) -> Answer:
    """Take an asset out of use."""
    actor = current_actor()
    if request.method == "GET":
        return render_template("publishing/retire.html", values={}, errors={}, **_retiring(slug))
    require(actor, Permission.RETIRE, assets.get(actor, slug))

    def work() -> Response:
        asked = form(Retirement)
        with transaction():
            retirement.retire(actor, assets.get(actor, slug), asked)
        flash("It is retired. Its page stays and says so.", "success")
        return redirect(url_for("library.asset", slug=slug), 303)

    return or_ask_again(work, "publishing/retire.html", lambda: _retiring(slug))


@bp.post("/<slug>/restore")
def restore(slug: str) -> Response:
    """Give a retired asset back."""
    actor = current_actor()
    with transaction():
        retirement.restore(actor, assets.get(actor, slug))
    flash("It is back in use.", "success")
    return redirect(url_for("library.asset", slug=slug), 303)


def _take(sent: FileStorage | None) -> Uploaded:
    """One file or link of an upload; what goes wrong with it concerns it alone."""
    name = (sent.filename if sent else None) or request.form.get("url", "")
    try:
        return Uploaded(name, asset=_create(sent))
    except Duplicate as problem:
        same = session.get(Asset, problem.asset_id)
        return Uploaded(name, problem=problem.detail, duplicate_of=same, status=problem.status)
    except HubError as problem:
        return Uploaded(name, problem=problem.detail, status=problem.status)


def _create(sent: FileStorage | None) -> Asset:
    actor = current_actor()
    boxes = {name: name in request.form for name in ("shareable", "publish")}
    asked = form(NewAsset).model_copy(update=boxes)
    file = new_file(sent) if sent else None
    with transaction():
        return verbs.create(actor, asked, file)


def _take_link() -> Response:
    return redirect(url_for("library.asset", slug=_create(None).slug), 303)


def _nothing_sent() -> Response:
    raise Invalid({"file": [NO_FILE]})


def _versions(slug: str) -> Mapping[str, Any]:
    """What the page of versions needs."""
    actor = current_actor()
    asset = assets.get(actor, slug)
    return {
        "asset": asset,
        "versions": versions.of_asset(actor, asset),
        "open_deals": uses.open_deals_by_version(actor, asset),
    }


def _new() -> Mapping[str, Any]:
    return {
        "kinds": [kind.value for kind in Kind],
        "owners": people.owners(),
        "max_upload_mb": max_upload_mb(),
    }


def _retiring(slug: str) -> Mapping[str, Any]:
    """What the page of a retirement needs."""
    context = _of(slug, Permission.RETIRE)
    held = holders.count(current_actor(), context["asset"])
    return {
        **context,
        "impact": impact.of(current_actor(), context["asset"]),
        "holders_count": held,
    }


def _adding(slug: str) -> Mapping[str, Any]:
    """What the page of a new version needs."""
    context = _of(slug, Permission.PUBLISH)
    asset = context["asset"]
    current = asset.current_version
    held = holders.count(current_actor(), asset, current) if current else 0
    return {**context, "holders_count": held}


def _of(slug: str, permission: Permission) -> Mapping[str, Any]:
    """What the forms about one asset need, for those who may use them."""
    actor = current_actor()
    asset = assets.get(actor, slug)
    require(actor, permission, asset)
    return {
        "asset": asset,
        "max_upload_mb": max_upload_mb(),
        "suggestions": [one for one in assets.recent(actor, SUGGESTED) if one.id != asset.id],
    }
