"""The header that makes a browser save a file under a name."""

import unicodedata
from urllib.parse import quote

_ATTR_CHAR = "!#$&+-.^_`|~"


def disposition(filename: str) -> str:
    """An attachment of this name, plain and, where it has other letters, by RFC 5987."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode("ascii")
    plain = plain.replace("\\", "\\\\").replace('"', '\\"')
    header = f'attachment; filename="{plain}"'
    if filename.isascii():
        return header
    return f"{header}; filename*=UTF-8''{quote(filename, safe=_ATTR_CHAR)}"
