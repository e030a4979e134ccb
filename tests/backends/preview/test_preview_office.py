"""LibreOffice draws office files where it is installed and chosen."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation

import app
from app.backends.extraction.parent import confinement
from app.backends.preview import media
from app.backends.preview.base import DAMAGED, TOO_SLOW, Bounds
from app.backends.preview.parent import RenderFailed, renderer_of
from tests.backends.preview.conftest import DOCX, PPTX, children
from tests.factories import a_deck, a_document, noise

ROOT = str(Path(app.__file__).parent.parent)
RTF = "application/rtf"
needs_it = pytest.mark.skipif(not media.soffice(), reason="LibreOffice is not installed")
needs_landlock = pytest.mark.skipif(
    not confinement()["landlock"], reason="this kernel has no landlock"
)

PROGRAM = """
import os, socket, sys
sys.path.insert(0, {hub!r})
from app.backends.extraction.confinement import landlock
landlock.allow_only(["/usr"], [{folder!r}], [{sockets!r}])
try:
    {attempt}
except OSError:
    print("refused")
else:
    print("done")
"""


@needs_it
def test_office_files_are_its_own_where_it_is_chosen():
    kinds = (PPTX, DOCX, RTF, "application/msword", "application/vnd.ms-powerpoint")
    assert {renderer_of(kind, "libreoffice") for kind in kinds} == {"libreoffice"}
    assert renderer_of("application/pdf", "libreoffice") == "pdf"
    assert renderer_of("text/csv", "libreoffice") is None


@needs_it
def test_it_draws_every_slide_even_a_hidden_one(draw):
    deck = Presentation(io.BytesIO(a_deck("One: 1", "Two: 2")))
    deck.slides[1]._element.set("show", "0")
    held = io.BytesIO()
    deck.save(held)
    pages = list(draw(held.getvalue(), PPTX, office="libreoffice"))
    assert [(page.number, page.width, page.height) for page in pages] == [
        (1, 1600, 1200), (2, 1600, 1200),
    ]  # fmt: skip


@needs_it
def test_a_file_that_it_cannot_open_says_so(draw):
    data = b"PK\x03\x04" + noise(9_000)
    with pytest.raises(RenderFailed, match=DAMAGED[:20]):
        list(draw(data, PPTX, office="libreoffice"))


@needs_it
def test_it_is_ended_when_it_takes_too_long(draw):
    bounds = Bounds(conversion_seconds=0.2)
    with pytest.raises(RenderFailed, match=TOO_SLOW[:20]):
        list(draw(a_document("Words"), DOCX, bounds, office="libreoffice"))
    assert children() == []


@needs_landlock
@pytest.mark.parametrize(
    ("attempt", "outcome"),
    [("open('/usr/bin/env', 'rb').read()", "done"), ("open(FOLDER + '/a', 'w')", "done"),
     ("socket.socket(socket.AF_UNIX).bind(SOCKETS + '/a')", "done"),
     ("open(HUB + '/app/config.py')", "refused"), ("open('/usr/a', 'w')", "refused"),
     ("open(SOCKETS + '/a', 'w')", "refused"), ("os.listdir('/')", "refused"),
     ("socket.socket().connect(('127.0.0.1', 9))", "refused")],
)  # fmt: skip
def test_a_program_with_rules_can_do_what_they_say_and_no_more(tmp_path, attempt, outcome):
    places = {"HUB": ROOT, "FOLDER": str(tmp_path / "own"), "SOCKETS": str(tmp_path / "sockets")}
    for made in ("own", "sockets"):
        (tmp_path / made).mkdir()
    for name, place in places.items():
        attempt = attempt.replace(name, repr(place))
    program = PROGRAM.format(
        hub=ROOT, folder=places["FOLDER"], sockets=places["SOCKETS"], attempt=attempt
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ran.stdout or ran.stderr) == f"{outcome}\n"
