"""LibreOffice, where it is installed and chosen: office files become PDF first.

It cannot run as the other renderers do, since it opens hundreds of files and starts threads and
a second process. It is held by limits of memory, processor and file size, an environment of its
own, a time limit after which its whole group is killed, and, where Linux has Landlock, by rules:
it reads the system's folders and its own, writes only its own, and reaches no network by TCP.
"""

import json
import math
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.backends.extraction.media import reader_of

from .base import DAMAGED, TOO_SLOW, RenderFailed
from .drawing import CHILD, end
from .media import CONVERTED, presents, soffice

# Slides that are hidden have text and a number, so they have an image.
_SLIDES = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
_TEXT = "pdf:writer_pdf_Export"
# As the launcher sees it, and as the shell that it becomes reports it.
_OUT_OF_TIME = (-signal.SIGXCPU, 128 + signal.SIGXCPU)


@contextmanager
def converted(file: Path, media_type: str, seconds: float) -> Iterator[Path]:
    """The file as PDF, for as long as the `with` lasts."""
    with tempfile.TemporaryDirectory(prefix="preview-") as made:
        place = Path(made)
        source = place / f"file.{CONVERTED[reader_of(media_type)]}"
        shutil.copyfile(file, source)
        code = _run(source, _SLIDES if presents(media_type) else _TEXT, seconds)
        pdf = place / "file.pdf"
        if code in _OUT_OF_TIME:
            raise RenderFailed(TOO_SLOW, "LibreOffice, time on the processor")
        if not pdf.is_file() or pdf.is_symlink():
            raise RenderFailed(DAMAGED, f"LibreOffice ended with {code}")
        yield pdf


def _run(source: Path, target: str, seconds: float) -> int:
    job = {
        "soffice": soffice(),
        "source": str(source),
        "target": target,
        "seconds": 2 * math.ceil(seconds),
    }
    child = subprocess.Popen(
        [sys.executable, "-I", CHILD, "office_start", json.dumps(job)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={}, cwd=source.parent, close_fds=True, start_new_session=True,
    )  # fmt: skip
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise RenderFailed(TOO_SLOW, "LibreOffice, time on the clock") from error
    finally:
        end(child)
