"""What a search matched, as tests compare it."""

from collections.abc import Mapping

from app import bitmaps
from app.backends.search.base import Matches


def pages_by_asset(matches: Matches) -> Mapping[int, int]:
    """Every asset that matches, with the number of its pages that do."""
    assets = list(bitmaps.members(matches.assets))
    return dict.fromkeys(assets, 0) | matches.pages_of(assets)
