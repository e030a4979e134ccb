"""Which assets a search is about at all, before its words: what the asker may see, and filters."""

from app import bitmaps
from app.choices import FacetName, Status
from app.clock import start_of_day
from app.inputs.listing import Search
from app.queries import stages
from app.queries.catalogue import Catalogue
from app.text.query import Query
from app.text.words import facet_key

NARROWED_BY = ("kind", *(name.singular for name in FacetName), "owner")
FACETS = (*NARROWED_BY, "status")


def filters(kept: Catalogue, query: Query, asked: Search) -> dict[str, int]:
    """A set for each filter; the default scope is what is published."""
    statuses = [status.value for status in asked.status] or sorted(query.statuses)
    found = {"status": kept.having("status", statuses or [Status.PUBLISHED.value])}
    for name in NARROWED_BY:
        if values := getattr(asked, name):
            found[name] = kept.having(name, [str(value) for value in values])
    if asked.shareable is not None:
        found["shareable"] = kept.having("shareable", [str(asked.shareable).lower()])
    return found


def in_time(kept: Catalogue, query: Query, asked: Search) -> int:
    """The assets last changed in the time that was asked for; all where none was."""
    since = [asked.updated_since] if asked.updated_since else []
    if query.updated_from:
        since.append(start_of_day(query.updated_from))
    before = start_of_day(query.updated_before) if query.updated_before else None
    if not since and before is None:
        return kept.all
    return bitmaps.of(
        asset_id
        for asset_id, at in kept.updated.items()
        if (not since or at >= max(since)) and (before is None or at < before)
    )


def facets(
    kept: Catalogue, everything: int, chosen_by: dict[str, int]
) -> dict[str, list[tuple[str, int]]]:
    """Each facet counted under all the other filters, but not its own; the most first.

    Stages come in the order of the pipeline, by its names; then those that it does not have.
    """
    found = {}
    for name in FACETS:
        chosen = everything
        for other, bits in chosen_by.items():
            if other != name:
                chosen &= bits
        found[name] = kept.counts(name, chosen)
    found["stage"] = _in_order(found["stage"])
    return found


def _in_order(counted: list[tuple[str, int]]) -> list[tuple[str, int]]:
    if not counted:
        return counted
    by_key = {facet_key("stage", value): (value, number) for value, number in counted}
    names = {facet_key("stage", name): name for name in stages.names()}
    ours = [(name, by_key.pop(key)[1]) for key, name in names.items() if key in by_key]
    return [*ours, *by_key.values()]
