"""How results are laid out for the search page: hits, filters, and the ways on from there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask import url_for
from markupsafe import Markup

from app.choices import FacetName
from app.inputs.listing import Search
from app.queries import pages
from app.queries.search import HALF_TYPED, Found, Hit
from app.text.ranking import ENOUGH
from app.web.filters import label

FILTERS = ("kind", *(name.singular for name in FacetName), "owner", "status")
SINGLE = ("shareable", "updated_since")
"""Filters of one value, which addresses may have and the page offers no choice of."""
PER_PAGE, WHILE_TYPING = 20, 8
VALUES, VALUES_WHILE_TYPING = 15, 5
Chosen = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow by, with the address that does or undoes it."""

    value: str
    label: str
    count: int
    is_selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetShown:
    """A facet with its values."""

    name: str
    label: str
    values: Sequence[FacetValue]


@dataclass(frozen=True, slots=True)
class Results:
    """A search and what it found, to be shown.

    `single` are the filters in use that have one value. `number` is the search's in the log, where
    it is noted.
    """

    asked: Search
    found: Found
    chosen: Chosen
    single: Mapping[str, str]
    retired: Sequence[Hit]
    number: int | None
    is_typing: bool = False

    def shown(self) -> dict[str, Any]:
        """What the template is given."""
        asked, found = self.asked, self.found
        last = asked.offset + len(found.hits)
        return {
            "text": asked.q,
            "total": found.total,
            "complete": found.complete,
            "took_ms": found.took_ms,
            "relaxed": found.is_relaxed,
            "problem": found.problem,
            "notices": found.notices,
            "says_nothing": found.says_nothing,
            "goes_further": self.is_typing and self._has_more_by_enter(),
            "number": self.number,
            "deal": found.deal,
            "without_deal_url": self._address(self.chosen, 0, deal=None),
            "synonyms": found.synonyms,
            "meant": self._meant(),
            "hits": _hits(found.hits, self.number, asked.offset),
            "retired": _hits(self.retired, self.number, 0),
            "facets": self._facets(),
            "chosen": self._in_use(),
            "selected": self._selected(),
            "clear_url": self._address({}, 0, **dict.fromkeys(SINGLE)),
            "first": asked.offset + 1 if found.hits else 0,
            "last": last,
            **self._onward(last),
        }

    def _onward(self, last: int) -> dict[str, str | None]:
        """Where the other pages are; while somebody types, where all that begins so is."""
        offset, is_more = self.asked.offset, last < self.found.total
        if self.is_typing:
            beginning = f"{self.asked.q}*" if HALF_TYPED.search(self.asked.q) else self.asked.q
            return {"all_url": self._address(self.chosen, 0, q=beginning) if is_more else None}
        return {
            "first_url": self._at(0),
            "previous_url": self._at(offset - PER_PAGE) if offset else None,
            "next_url": self._at(last) if is_more else None,
        }

    def _has_more_by_enter(self) -> bool:
        """Whether pieces with some of the words follow once Enter is pressed."""
        is_few = not self.found.is_relaxed and 0 < self.found.total < ENOUGH
        return is_few and len(self.asked.q.split()) > 1

    def _in_use(self) -> Sequence[tuple[str, str]]:
        chosen = [(name, value) for name, values in self.chosen.items() for value in values]
        return [*chosen, *self.single.items()]

    def _meant(self) -> dict[str, str] | None:
        text = self.found.did_you_mean
        return {"text": text, "url": self._address(self.chosen, 0, q=text)} if text else None

    def _facets(self) -> Sequence[FacetShown]:
        most = VALUES_WHILE_TYPING if self.asked.limit == WHILE_TYPING else VALUES
        here, shown = self._at(0), []
        for name in FILTERS:
            selected = {value.casefold() for value in self.chosen.get(name, ())}
            values = [
                FacetValue(
                    value,
                    _named(name, value),
                    count,
                    is_selected,
                    self._without(name, value) if is_selected else _narrowed(here, name, value),
                )
                for place, (value, count) in enumerate(self.found.facets[name])
                if (is_selected := value.casefold() in selected) or place < most
            ]
            if values and (name != "owner" or selected):
                shown.append(FacetShown(name, label(name), values))
        return shown

    def _selected(self) -> Sequence[Mapping[str, str]]:
        return [
            {
                "label": f"{label(name)}: {_named(name, value)}",
                "value": value,
                "remove_url": self._without(name, value),
            }
            for name, value in self._in_use()
        ]

    def _without(self, name: str, value: str) -> str:
        """The address without a value that is in use."""
        if name in SINGLE:
            return self._address(self.chosen, 0, **{name: None})
        kept = [one for one in self.chosen[name] if one.casefold() != value.casefold()]
        return self._address({**self.chosen, name: kept}, 0)

    def _at(self, offset: int) -> str:
        return self._address(self.chosen, offset)

    def _address(self, chosen: Chosen, offset: int, **other: str | None) -> str:
        """An address that goes on with this search."""
        words: dict[str, Any] = {"q": self.asked.q, "deal": self.asked.deal, **chosen}
        words |= {**self.single, **other}
        words |= {"offset": offset if offset > 0 else None, "goes_on": self.number}
        return f"/search?{urlencode({n: v for n, v in words.items() if v}, doseq=True)}"


def _narrowed(here: str, name: str, value: str) -> str:
    """An address with one more value: most of a page's fifty are such, and share all the rest."""
    joint = "" if here.endswith("?") else "&"
    return f"{here}{joint}{name}={quote_plus(value)}"


def _hits(hits: Sequence[Hit], number: int | None, offset: int) -> list[dict[str, Any]]:
    drawn = pages.images_at([(h.asset.shown_version_id, h.page or 1) for h in hits])
    return [
        _hit(hit, number, offset + place, drawn.get((hit.asset.shown_version_id, hit.page or 1)))
        for place, hit in enumerate(hits, start=1)
    ]


def _hit(
    hit: Hit, number: int | None, position: int, image: pages.DrawnPage | None
) -> dict[str, Any]:
    asset = hit.asset
    seen = f"{number}.{position}.{hit.page or ''}" if number else None
    anchor = f"page={hit.page}" if hit.page else None
    return {
        "asset": asset,
        "page": hit.page,
        "page_title": hit.page_title,
        "pages_matched": hit.pages_matched,
        "why": hit.why,
        "score": hit.score,
        # The engine escapes everything but its own marks.
        "snippet": Markup(hit.snippet),  # noqa: S704
        "image": image if asset.current_version else None,
        "position": position,
        "place": seen,
        "url": url_for("library.asset", slug=asset.slug, _anchor=anchor, hit=seen),
        "link": url_for("library.asset", slug=asset.slug, _anchor=anchor, _external=True),
    }


def _named(name: str, value: str) -> str:
    """Our own words in plain English, people's words as they are; a stage begins with a capital."""
    if name == "stage":
        return value[:1].upper() + value[1:]
    return label(value) if name in ("kind", "status") else value
