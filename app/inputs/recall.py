"""Which recalls are asked for."""

from app.inputs.listing import Listing


class RecallListing(Listing):
    """A page of recalls; `open` without a value are both, `mine` where one is on the list."""

    open: bool | None = None
    mine: bool = False
