"""flask import-deals: right rows go in, wrong rows are told and kept to be mended."""

import csv

import pytest

from app.db import session
from app.models import Deal

HEAD = (
    "external_id,name,owner_email,amount,currency,stage,stage_history,outcome,opened_on,closed_on\n"
)
RIGHT = (
    "A,Acme,rae@example.com,1200.50,EUR,,attention: 2026-01-05; desire: 2026-02-01,won,"
    "2026-01-05,2026-03-01\n"
)


@pytest.fixture
def imported(app, tmp_path):
    """Import a text or bytes; answers the exit status and what was printed."""

    def run(content, *words):
        file = tmp_path / "deals.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        done = app.test_cli_runner().invoke(args=["import-deals", str(file), *words])
        return done.exit_code, done.output

    return run


def test_a_row_becomes_a_deal(imported):
    assert "1 row: 1 new" in imported(HEAD + RIGHT)[1]
    deal = session.query(Deal).one()
    assert (deal.amount, deal.currency, deal.stage.name) == (120050, "EUR", "desire")
    assert (deal.owner.name, str(deal.closed_on)) == ("Rae", "2026-03-01")


def test_importing_again_changes_nothing(imported):
    imported(HEAD + RIGHT)
    assert "0 new, 1 brought up to date" in imported(HEAD + RIGHT)[1]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("B,Beta,,,,,,won,2026-03-01,2026-01-01", "before the deal was opened"),
        ("B,Beta,,,,negotiation,,,,", "no stage called negotiation"),
        ("B,Beta,who@example.com,,,,,,,", "Nobody with the address who@example.com"),
        ("B,Beta,,5,XQX,,,,,", "XQX is no currency"),
        ("B,Beta,,5,,,,,,", "an amount with its currency"),
        ("B,Beta,,,,,,,01/31/2026,", "Give a day as in 2026-01-31"),
        ("B,Beta,,,,,,,1126-01-31,", "Give a day from 1990-01-01 to 2100-12-31"),
        ("B,Beta,,,,,interest: 1126-01-01,,,", "Give a day from 1990-01-01 to 2100-12-31"),
        ("B,Beta,,,,,interest 2026-01-01,,,", "Write stage_history as"),
        ("A,Again,,,,,,,,", "Line 2 has the same external_id"),
        (",No id,,,,,,,,", "This is needed"),
        ("B,Beta,,,,", "It has 6 cells"),
    ],
)
def test_a_wrong_row_is_told_and_the_right_ones_go_in(imported, tmp_path, row, told):
    _, printed = imported(HEAD + RIGHT + row + "\n")
    assert told in printed and "1 new" in printed and "1 wrong" in printed
    assert session.query(Deal).count() == 1
    kept = (tmp_path / "deals.wrong.csv").read_text(encoding="utf-8-sig")
    assert row.split(",")[1] in kept and told in kept


def test_the_file_of_wrong_rows_can_be_mended_and_imported(imported, tmp_path):
    imported(HEAD + "B,Beta,,,,negotiation,,,,\n")
    kept = (tmp_path / "deals.wrong.csv").read_text(encoding="utf-8-sig")
    assert "0 new, 0 brought up to date, 1 wrong" in imported(kept)[1]
    head, row = kept.splitlines()
    mended = row[row.rindex(",B,Beta") :].replace("negotiation", "desire")
    assert "1 new, 0 brought up to date, 0 wrong" in imported(f"{head}\n{mended}\n")[1]


def test_every_wrong_row_is_kept_as_it_stood(imported, tmp_path):
    content = "external_id,name,account\nA,Short\nB,Beta,Smith, Ltd\nC,Cet,acc\nC,Again,acc\n"
    assert "1 new, 0 brought up to date, 3 wrong" in imported(content)[1]
    with (tmp_path / "deals.wrong.csv").open(encoding="utf-8-sig", newline="") as kept:
        rows = list(csv.reader(kept))
    assert rows[0] == ["problem", "external_id", "name", "account"]
    assert [row[1:] for row in rows[1:]] == [
        ["A", "Short"],
        ["B", "Beta", "Smith", " Ltd"],
        ["C", "Again", "acc"],
    ]


def test_a_file_of_wrong_rows_is_never_written_over(imported, tmp_path):
    for _ in range(2):
        imported("external_id,name\nA,\n")
    assert (tmp_path / "deals.wrong-2.csv").exists()


def test_the_right_one_of_two_rows_goes_in(imported):
    assert "1 new" in imported(HEAD + "A,,,,,,,,,\n" + RIGHT)[1]


def test_a_quote_that_is_not_closed_swallows_nothing(imported):
    status, printed = imported('external_id,name\nA,"open\nB,b\nC,c\n')
    assert status == 1 and "From line 2 on" in printed
    assert session.query(Deal).count() == 0


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        ((HEAD + "A,Zürich,,,,,,,,\n").encode("cp1252"), (), "--encoding cp1252"),
        ((HEAD + "A,Zürich,,,,,,,,\n").encode("cp1252"), ("--encoding", "klingon"), "klingon"),
        ("external_id,name,colour\nA,Acme,blue\n", (), "no column called colour"),
        ("name,stage\nAcme,desire\n", (), "with external_id"),
        ("", (), "with external_id"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(imported, content, words, told):
    status, printed = imported(content, *words)
    assert status == 1 and told in printed


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_in_another_encoding_with_semicolons_is_read(imported, encoding):
    content = "External ID;Name\r\nA;Zürich, Werk 2\r\n".encode(encoding)
    words = ("--encoding", encoding) if encoding == "cp1252" else ()
    imported(content, *words)
    assert session.query(Deal).one().name == "Zürich, Werk 2"


def test_a_dry_run_changes_nothing(imported, tmp_path):
    assert "1 row, only tried: 1 new" in imported(HEAD + RIGHT, "--dry-run")[1]
    assert session.query(Deal).count() == 0
