"""Pages come as they are drawn, from a child that can do nothing else and does not stay."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import app
from app.backends.extraction.parent import confinement
from app.backends.preview.parent import RenderFailed
from tests.backends.preview.conftest import a_pdf, children

ROOT = str(Path(app.__file__).parent.parent)
LOCKED = any(confinement()[name] for name in ("landlock", "seccomp"))
needs_a_lock = pytest.mark.skipif(not LOCKED, reason="this kernel has no landlock and no seccomp")
LONG = [(595, 842)] * 4

ATTEMPTS = {
    "open a socket and connect": "socket.socket().connect(('127.0.0.1', 9))",
    "read the hub's files": "open(HUB + '/app/config.py').read()",
    "read its own program": "open(sys.executable, 'rb').read()",
    "list a folder": "os.listdir('/')",
    "write a file": "open(FOLDER + '/1.webp', 'w').write('x')",
    "remove a file": "os.unlink(FOLDER + '/precious')",
    "start a program": "os.execv('/bin/true', ['true'])",
    "fork": "os.fork() or os._exit(0)",
}
PROGRAM = """
import os, socket, sys
HUB, FOLDER = {hub!r}, {folder!r}
sys.path.insert(0, HUB)
from app.backends.preview import confined
from app.backends.preview.base import Bounds
for renderer in ("pdf", "pptx", "docx", "image"):
    confined.load(renderer)
if {is_locked}:
    confined.confine(Bounds().limits)
try:
    {attempt}
except OSError as error:
    sys.stdout.write("refused")
else:
    sys.stdout.write("done")
sys.stdout.flush()
os._exit(0)
"""


def trying(attempt: str, folder: Path, *, is_locked: bool = True) -> str:
    (folder / "precious").write_text("keep")
    program = PROGRAM.format(hub=ROOT, folder=str(folder), attempt=attempt, is_locked=is_locked)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (folder / "precious").read_text() == "keep"
    return ran.stdout or ran.stderr


@needs_a_lock
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_a_locked_child_cannot(attempt, folder):
    assert trying(attempt, folder) == "refused"


def test_the_attempts_do_succeed_without_a_lock(folder):
    assert trying(ATTEMPTS["read the hub's files"], folder, is_locked=False) == "done"


def test_the_first_page_is_there_before_the_last_is_drawn(draw, folder):
    drawing = draw(a_pdf(*LONG, picture=True))
    assert next(drawing).full.exists()
    assert len(children()) == 1
    assert len(list(folder.iterdir())) == 2
    assert [page.number for page in drawing] == list(range(2, 5))


def test_a_child_does_not_outlive_one_who_wants_no_more(draw):
    drawing = draw(a_pdf(*LONG, picture=True))
    next(drawing)
    drawing.close()
    assert children() == []


def test_a_file_is_drawn_on_after_its_child_was_killed(draw):
    drawing = draw(a_pdf(*LONG, picture=True))
    first = next(drawing)
    [child] = children()
    os.kill(child, signal.SIGKILL)
    assert [first.number, *(page.number for page in drawing)] == list(range(1, 5))


def test_a_file_whose_child_is_killed_twice_is_given_up(draw):
    drawing = draw(a_pdf(*LONG, picture=True))
    with pytest.raises(RenderFailed):
        for _ in drawing:
            for child in children():
                os.kill(child, signal.SIGKILL)
    assert children() == []
