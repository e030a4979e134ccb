"""The child's work: import the one renderer, lock the process, draw, send every page at once.

It writes nothing but its standard output: a line of JSON for each page, followed by the bytes of
its two images, and a last line that says how it ended. So it needs no file at all.
"""

import importlib
import json
import os
import sys
from typing import BinaryIO

from ..extraction.confinement import Limits, confine
from .base import DAMAGED, TOO_LARGE
from .renderers.sheet import Asked, Refused, Renderer, encoded


def main(job: str) -> None:
    """Do one job, a JSON object from the parent, and end the process."""
    wanted = json.loads(job)
    # Whatever else the machine has to do is more urgent than pictures.
    os.nice(10)
    renderer = load(wanted["renderer"])
    confine(Limits(**wanted["limits"]))
    _send(draw(renderer, sys.stdin.buffer, Asked(wanted["first"], wanted["most_pages"])))
    os._exit(0)


def load(name: str) -> Renderer:
    """Import one renderer and what it needs, which is out of reach afterwards."""
    found: Renderer = importlib.import_module(f"{__package__}.renderers.{name}").draw
    return found


def draw(renderer: Renderer, file: BinaryIO, asked: Asked) -> dict[str, object]:
    """Send every page; whatever the file does to the renderer, the last words."""
    try:
        for sheet in renderer(file, asked):
            full, thumbnail = encoded(sheet.image)
            words = {"width": sheet.image.width, "height": sheet.image.height}
            sizes = {"full": len(full), "thumbnail": len(thumbnail)}
            _send({**words, **sizes, "missing": sheet.missing}, full, thumbnail)
    except Refused as refusal:
        return {"refused": str(refusal), "detail": repr(refusal.__cause__)}
    except MemoryError:
        return {"refused": TOO_LARGE, "detail": "memory"}
    # A renderer's own fault shall look no worse than a broken file; a Rust panic is no Exception.
    except BaseException as error:
        return {"refused": DAMAGED, "detail": repr(error)[:1_000]}
    return {"done": True}


def _send(words: dict[str, object], *images: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(words).encode() + b"\n" + b"".join(images))
    sys.stdout.buffer.flush()
