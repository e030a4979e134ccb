"""The pages of a version as they are shown: their image, their text, or both."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select, tuple_

from app.db import session
from app.errors import NotFound
from app.models.page_image import PageImage
from app.models.version import Version
from app.queries import versions

# Made once: every page of results asks for it, and to put it together takes longer than to run it.
_AT = select(
    PageImage.version_id,
    PageImage.number,
    PageImage.full,
    PageImage.thumbnail,
    PageImage.width,
    PageImage.height,
).where(
    # SQLite finds the pages of the versions by index only when these stand alone.
    PageImage.version_id.in_(bindparam("versions", expanding=True)),
    tuple_(PageImage.version_id, PageImage.number).in_(bindparam("places", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """An image without its row: the hashes of both sizes, and how large the full one is in px."""

    full: str
    thumbnail: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page; text is "" where none could be read, image none where none was drawn."""

    number: int
    title: str
    text: str
    speaker_notes: str
    image: PageImage | None


def of(version: Version) -> Sequence[ShownPage]:
    """Every page that has a text or an image, in order."""
    texts = {page.number: page for page in versions.pages(version)}
    drawn = images(version)
    found = []
    for number in sorted(texts.keys() | drawn.keys()):
        page = texts.get(number)
        said = (page.title, page.text, page.speaker_notes) if page else ("", "", "")
        found.append(ShownPage(number, *said, drawn.get(number)))
    return found


def images(version: Version) -> dict[int, PageImage]:
    """The images of a version by their pages."""
    drawn = select(PageImage).where(PageImage.version_id == version.id)
    return {image.number: image for image in session.scalars(drawn)}


def images_at(places: Sequence[tuple[int | None, int]]) -> dict[tuple[int | None, int], DrawnPage]:
    """Images by version id and page number, where they were drawn."""
    wanted = [place for place in places if place[0] is not None]
    if not wanted:
        return {}
    asked = {"versions": [one for one, _ in wanted], "places": wanted}
    rows = session.connection().execute(_AT, asked)
    return {
        (row.version_id, row.number): DrawnPage(row.full, row.thumbnail, row.width, row.height)
        for row in rows
    }


def image(version: Version, number: int) -> PageImage:
    """The image of one page."""
    chosen = select(PageImage).where(PageImage.version_id == version.id, PageImage.number == number)
    found = session.scalar(chosen)
    if found is None:
        raise NotFound("There is no image of this page.")
    return found
