"""What a new asset's first text tells of it: its title and kind, where nobody has given them."""

from app.clock import local
from app.models.asset import Asset
from app.queries.kinds import rule
from app.services import audit, kinds
from app.text.titles import telling

READ = 4000


def from_text(asset: Asset, document_title: str, first_page: str) -> None:
    """Replace guesses from the file's name by better ones: the document's own title, its words.

    The address stays as it is, and what somebody has written themselves too.
    """
    before = (asset.title, asset.kind)
    title = telling(document_title)
    if asset.is_title_guessed and title:
        asset.title = title
    if asset.is_kind_guessed:
        _take_kind(asset, first_page)
    asset.is_title_guessed = asset.is_kind_guessed = False
    if (asset.title, asset.kind) != before:
        audit.record(None, "asset.guessed", asset, {"title": asset.title, "kind": asset.kind.value})


def _take_kind(asset: Asset, first_page: str) -> None:
    """The kind that the words speak for; a review date that followed from the old one follows."""
    made_on = local(asset.created_at).date()
    was_usual = asset.review_by == kinds.review_by(asset.kind, made_on)
    words = f"{asset.title} {first_page[:READ]}"
    kind = kinds.guess_from_text(asset.kind, words)
    if asset.published_at is not None and rule(kind).needs_field_review:
        # It would not have been published without one.
        return
    asset.kind = kind
    if was_usual:
        asset.review_by = kinds.review_by(asset.kind, made_on)
