"""Fonts of this machine for what those that come with the office renderers lack.

They are read when this is imported, for files are out of reach afterwards.
"""

from pathlib import Path
from typing import NamedTuple

_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_LARGEST = 40 * 1024 * 1024


class Gap(NamedTuple):
    """Letters that nothing has unless one of these fonts is there, the best first."""

    name: str
    letters: str
    fonts: tuple[tuple[str, str], ...]


GAPS = (
    Gap("symbols", "[\u2190-\u2bff]", (("DejaVu Sans", "DejaVuSans.ttf"),)),
    Gap(
        "Chinese, Japanese or Korean letters",
        "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]",
        (
            ("Noto Sans CJK JP", "NotoSansCJK-Regular.ttc"),
            ("Droid Sans Fallback", "DroidSansFallbackFull.ttf"),
        ),
    ),
    Gap("emoji", "[\U0001f000-\U0001faff]", (("Noto Emoji", "NotoEmoji-Regular.ttf"),)),
)


def _first(gap: Gap, files: dict[str, Path]) -> tuple[str, bytes] | None:
    for family, name in gap.fonts:
        if name in files and files[name].stat().st_size <= _LARGEST:
            return family, files[name].read_bytes()
    return None


def _installed() -> dict[str, Path]:
    wanted = {name for gap in GAPS for _, name in gap.fonts}
    found = (path for folder in _FOLDERS for path in folder.rglob("*.tt[fc]"))
    return {path.name: path for path in found if path.name in wanted}


_FILES = _installed()
_FILLED = {gap: font for gap in GAPS if (font := _first(gap, _FILES))}
FOUND = list(_FILLED.values())
OPEN = [gap for gap in GAPS if gap not in _FILLED]
