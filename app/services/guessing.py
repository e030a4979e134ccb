"""What a new asset's first text tells of it: its title and kind, where nobody has given them."""

from app.clock import local
from app.models.asset import Asset
from app.services import kinds
from app.text.titles import telling

READ = 4000


def from_text(asset: Asset, document_title: str, first_page: tuple[str, str]) -> None:
    """Replace guesses from the file's name by better ones, from the first page's title and text.

    The address stays as it is, and what somebody has written themselves too.
    """
    title = telling(document_title) or telling(first_page[0])
    if asset.is_title_guessed and title:
        asset.title = title
    if asset.is_kind_guessed:
        _take_kind(asset, first_page)
    asset.is_title_guessed = asset.is_kind_guessed = False


def _take_kind(asset: Asset, first_page: tuple[str, str]) -> None:
    """The kind that the words speak for; a review date that followed from the old one follows."""
    made_on = local(asset.created_at).date()
    was_usual = asset.review_by == kinds.review_by(asset.kind, made_on)
    words = f"{asset.title} {first_page[0]} {first_page[1][:READ]}"
    asset.kind = kinds.guess_from_text(asset.kind, words)
    if was_usual:
        asset.review_by = kinds.review_by(asset.kind, made_on)
