"""An asset's pages: what it is, its versions, its files, and changing what is said of it."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.choices import FacetName, ImageSize, Kind, Status
from app.clock import local, today
from app.db import transaction
from app.errors import NotFound
from app.http.files import give
from app.http.pictures import send_image
from app.inputs.asset import AssetChange
from app.inputs.comparing import Comparison
from app.models.asset import Asset
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import allows, require
from app.queries import (
    assets,
    changes,
    duplicates,
    feedback,
    freshness,
    pages,
    people,
    reviews,
    uses,
    versions,
)
from app.queries.duplicates import Nearly
from app.services import activity, field_reviews
from app.services import assets as verbs
from app.services.versions import compared, resolve, shown
from app.web.actor import current_actor
from app.web.clicks import noted_click
from app.web.forms import Answer, checked, form, joined, or_ask_again

bp = Blueprint("library", __name__, url_prefix="/assets")
NEWEST, NOTES = 5, 3
TEXTS = ("title", "summary", "use_it_when", "say_this")
DATES = ("review_by", "expires_on")


@bp.get("/<slug>")
def asset(slug: str) -> str:
    """What an asset is, with the pages of its current version."""
    actor = current_actor()
    found = assets.get(actor, slug)
    noted_click(actor, found)
    version = shown(actor, found)
    if version and activity.is_first_look(actor, version):
        with transaction(is_light=True):
            activity.viewed(actor, version)
    return render_template(
        "library/asset.html",
        asset=found,
        version=version,
        pages=pages.of(version) if version else [],
        versions=versions.of_asset(actor, found, limit=NEWEST),
        versions_count=versions.count(actor, found),
        deals_count=uses.deals_with(actor, found.id),
        notes=feedback.about(actor, found, limit=NOTES),
        notes_count=feedback.count_about(actor, found),
        confirmed=reviews.last_confirmation(found),
        days_over=reviews.days_over(found, today()),
        called_wrong=feedback.called_wrong(found),
        wanting=field_reviews.wanting(found, version) if version else "",
        near=_near(actor, found),
        instead=freshness.living(found) if found.replaced_by_id else None,
    )


@bp.get("/<slug>/versions", endpoint="versions")
def versions_list(slug: str) -> str:
    """Every version, with its note."""
    actor = current_actor()
    found = assets.get(actor, slug)
    return render_template(
        "library/versions.html",
        asset=found,
        versions=versions.of_asset(actor, found),
        open_deals=uses.open_deals_by_version(actor, found),
    )


@bp.get("/<slug>/diff")
def diff(slug: str) -> str:
    """What changed between two versions, side by side."""
    actor = current_actor()
    found = assets.get(actor, slug)
    asked = checked(Comparison, {name: request.args.get(name, "") for name in ("from", "to")})
    old, new = compared(actor, found, asked)
    return render_template(
        "library/diff.html",
        asset=found,
        changes=changes.between(old, new),
        before=pages.images(old),
        after=pages.images(new),
        versions=versions.of_asset(actor, found),
    )


@bp.get("/<slug>/file")
def file(slug: str) -> AnyResponse:
    """The current file, or on to the link."""
    actor = current_actor()
    if "hit" in request.args:
        noted_click(actor, assets.get(actor, slug))
    return give(actor, slug, None, request.args.get("deal"))


@bp.get("/<slug>/versions/<int:number>/file")
def version_file(slug: str, number: int) -> AnyResponse:
    """The file of one version."""
    return give(current_actor(), slug, number, request.args.get("deal"))


@bp.get("/<slug>/versions/<int:number>/pages/<int:page>/<size>.webp")
def page_image(slug: str, number: int, page: int, size: str) -> AnyResponse:
    """The image of one page of a version, full or as a thumbnail."""
    actor = current_actor()
    version = resolve(actor, assets.get(actor, slug), number)
    if size not in list(ImageSize):
        raise NotFound("Images are full or thumbnail.")
    return send_image(pages.image(version, page), ImageSize(size))


@bp.route("/<slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> Answer:
    """Change what is said of an asset."""
    actor = current_actor()
    found = assets.get(actor, slug)
    require(actor, Permission.EDIT, found)
    if request.method == "GET":
        return render_template(
            "library/edit.html", values=_values(found), errors={}, **_choices(found)
        )

    def work() -> AnyResponse:
        # The form shows the day alone: sent back as it was, it must not move the hour.
        is_same = (
            request.form.get("publish_at", "") == _values(assets.get(actor, slug))["publish_at"]
        )
        new = form(AssetChange, leave_out=("publish_at",) if is_same else ())
        # A box that is not ticked is not sent at all.
        new = new.model_copy(update={"shareable": "shareable" in request.form})
        with transaction():
            verbs.change(actor, assets.get(actor, slug), new)
        return redirect(url_for("library.asset", slug=slug), 303)

    return or_ask_again(work, "library/edit.html", lambda: _choices(assets.get(actor, slug)))


def _near(actor: User, found: Asset) -> Sequence[Nearly]:
    """What a living piece is nearly the same as, for those who can do something about it."""
    is_asked = found.status is not Status.RETIRED and allows(actor, Permission.PUBLISH, found)
    return duplicates.of(actor, found) if is_asked else []


def _values(found: Asset) -> dict[str, str]:
    values = {
        name: getattr(found, name) for name in ("title", "summary", "use_it_when", "say_this")
    }
    values.update({name: joined(found.facets[name]) for name in found.facets})
    values.update({name: str(getattr(found, name) or "") for name in DATES})
    values["kind"] = found.kind.value
    values["owner"] = found.owner.email
    values["shareable"] = "true" if found.is_shareable else ""
    day = local(found.publish_at).date() if found.publish_at else None
    values["publish_at"] = day.isoformat() if day else ""
    return values


def _choices(found: Asset) -> dict[str, Any]:
    return {
        "asset": found,
        "kinds": [kind.value for kind in Kind],
        "owners": people.owners(),
        "facet_names": [(name.value, name.value.capitalize()) for name in FacetName],
        "suggestions": {name.value: assets.facet_values(name) for name in FacetName},
    }
