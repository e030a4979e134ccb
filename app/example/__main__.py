"""Writes the example company's files: `python -m app.example FOLDER`."""

import sys
from pathlib import Path

from app.example.catalogue import assets
from app.example.making.files import make


def write_all(folder: Path) -> None:
    """Each file as FOLDER/key/vN/filename; it has that name only when it is whole."""
    for asset in assets():
        for version in asset.versions:
            target = folder / asset.key / f"v{version.number}" / version.filename
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_name(f".{target.name}.part")
            unfinished.write_bytes(make(asset, version))
            unfinished.replace(target)


def main(arguments: list[str]) -> int:
    """Make everything in the folder that was named."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m app.example FOLDER\n")
        return 2
    write_all(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
