"""The name that a browser saves a file under."""

import pytest
from werkzeug.http import parse_options_header

from app.text.attachment import disposition


@pytest.mark.parametrize("name", ["Acme deck v1.pptx", 'a "quoted" \\ name.pdf', "Übung 日本.pdf"])
def test_a_browser_reads_the_name_as_it_was(name):
    assert parse_options_header(disposition(name)) == ("attachment", {"filename": name})


def test_older_programs_find_a_name_without_accents():
    assert 'filename="Ubung.pdf"' in disposition("Übung.pdf")
