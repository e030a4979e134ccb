"""The page of the governance board: its filters, headings, quadrants and choices."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import render_template, request, url_for

from app.choices import Kind, Quadrant, Status, Suggestion
from app.inputs.governance import BoardListing
from app.policy.permissions import Permission
from app.policy.rules import allows
from app.queries import people, stages
from app.queries.governance import board as questions
from app.queries.paging import cursor
from app.web.actor import current_actor
from app.web.filters import label
from app.web.forms import checked
from app.web.governance_words import HEADS, NUMBERS, PANELS, QUADRANTS, SUGGESTIONS

LISTS = ("kind", "status", "stage", "suggestion", "quadrant")
FILTERS = (*LISTS, "owner", "overdue")
ANYTHING, INACTIVE = "all", "inactive"


def listing() -> BoardListing:
    """The page that the address asks for; raises Invalid."""
    return checked(BoardListing, asked() | {"cursor": request.args.get("cursor")})


def asked() -> dict[str, Any]:
    """The filters of the address, as the question takes them."""
    given: dict[str, Any] = {name: [v for v in request.args.getlist(name) if v] for name in LISTS}
    if ANYTHING in given["status"]:
        given["status"] = list(Status)
    owner = request.args.get("owner", "")
    given["inactive_owner"] = owner == INACTIVE
    given["owner"] = [owner] if owner and owner != INACTIVE else []
    given["overdue"] = bool(request.args.get("overdue"))
    given["sort"] = request.args.get("sort") or "-overdue"
    return given


def here() -> dict[str, Any]:
    """The filters and the order of the address, to be kept in links."""
    there = {name: [v for v in request.args.getlist(name) if v] for name in (*FILTERS, "sort")}
    return {name: values for name, values in there.items() if values}


def page(wanted: BoardListing, **context: Any) -> str:
    """The board, with what is said of an attempt to change some of its pieces."""
    actor = current_actor()
    found = questions.board(actor, wanted)
    if wanted.cursor and not found.rows:
        # What stood on this page has gone in the meantime.
        found = questions.board(actor, wanted.model_copy(update={"cursor": None}))
    address = here()
    shown: dict[str, Any] = {
        "problem": None,
        "outcome": None,
        "errors": {},
        "values": {},
        "ticked": (),
    }
    return render_template(
        "governance/board.html",
        found=found,
        here=address,
        there=address | {"cursor": wanted.cursor},
        is_filtered=any(name in address for name in FILTERS),
        heads=_heads(wanted.sort, address),
        panels=_panels(found, wanted.quadrant, address),
        previous_url=_at(address, found.first - wanted.limit) if found.first else None,
        next_url=_at(address, found.first + wanted.limit) if found.next else None,
        quadrants=QUADRANTS,
        suggestions=SUGGESTIONS,
        people=people.owners() if allows(actor, Permission.EDIT) else [],
        **_choices(),
        **(shown | context),
    )


def _at(address: dict[str, Any], first: int) -> str:
    return url_for("governance.index", **address, cursor=cursor(first) if first > 0 else None)


def _heads(order: str, address: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """The headings, each with the address that sorts by it, or the other way round."""
    by, is_down = order.removeprefix("-"), order.startswith("-")
    heads = []
    for name, text, is_down_first in HEADS:
        goes_down = not is_down if name == by else is_down_first
        url = url_for("governance.index", **address | {"sort": f"{'-' * goes_down}{name}"})
        sorted_so = ("descending" if is_down else "ascending") if name == by else None
        heads.append({"text": text, "url": url, "sorted": sorted_so, "is_number": name in NUMBERS})
    return heads


def _panels(
    found: questions.Board, chosen: Sequence[Quadrant], address: dict[str, Any]
) -> Sequence[dict[str, Any]]:
    """The quadrants, each with the address that shows its pieces, or all again."""
    return [
        {
            "quadrant": quadrant,
            "sentence": sentence,
            "count": found.panels.get(quadrant, 0),
            "is_chosen": quadrant in chosen,
            "url": url_for(
                "governance.index",
                **address | {"quadrant": None if quadrant in chosen else quadrant.value},
            ),
        }
        for quadrant, sentence in PANELS.items()
    ]


def _choices() -> dict[str, Any]:
    """What there is to filter by, each value with its words."""
    found: Mapping[str, Iterable[str]] = {
        "kinds": Kind,
        "statuses": Status,
        "stages": [stage.name for stage in stages.in_order()],
        "all_suggestions": Suggestion,
    }
    return {name: [(str(one), label(one)) for one in values] for name, values in found.items()}
