"""Numbers in addresses: never larger than any row's."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """A whole number that a row can have."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


class SearchNumber(IntegerConverter):
    """The number of a search, which is drawn from more."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**53)


def init(app: Flask) -> None:
    """Let `<int:…>` match only such numbers; a larger one is an address that is not there."""
    app.url_map.converters |= {"int": RowNumber, "search": SearchNumber}
