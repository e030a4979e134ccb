"""Every route × every role × every kind of subject, against the declared table."""

import io
import secrets
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import session, transaction
from app.inputs.search import SynonymWords
from app.models import Notice, Recall, User
from app.services import recall_news, synonyms
from tests.factories import (
    a_deal,
    a_download,
    a_draft,
    a_field_review,
    a_retired_asset,
    a_saved_search,
    a_search,
    a_use,
    a_version,
    an_asset,
    read_all,
    some_feedback,
)
from tests.matrix import ASKERS, CALLS, FILE, PAGES, SENT, rows

Find = Callable[[str], User]


def kinds(table: str) -> list[str]:
    """The kinds of subjects that are read."""
    return sorted({kind for _, method, kind, _ in rows(table) if method == "GET"})


def writes(table: str) -> list[Any]:
    """The rows that may change something: each asker has a subject of their own."""
    return [row for row in rows(table) if row[1] != "GET"]


def subject(kind: str, person: Find) -> dict[str, Any]:
    """The values of an address's variables, for a subject that is made for this row.

    The published and the retired one have two versions, so that version 1 is an old one.
    """
    max = person("max")
    if kind == "person":
        return {"person_id": person("rob").id, "team_id": 1}
    if kind == "-":
        return {"team_id": 1, "token_id": 1, "filename": "css/base.css", "name": "deck",
                "measure": "overdue"}  # fmt: skip
    if kind in ("recall", "notice", "review"):
        return told_subject(kind, person)
    if kind in ("search", "saved", "synonyms"):
        return search_subject(kind, person)
    if kind in ("deal", "hidden", "new", "feedback"):
        return deal_subject(kind, person)
    if kind in ("own", "other"):
        asset = a_draft(max, owner="rae@example.com" if kind == "own" else None)
        a_version(max, asset, publish=False)
    elif kind == "published":
        asset = an_asset(max)
        a_version(max, asset)
    else:
        asset = a_retired_asset(max)
    return {"slug": asset.slug, "id": asset.slug, "number": 1, "n": 1, "page": 1, "size": "full"}


def told_subject(kind: str, person: Find) -> dict[str, Any]:
    """Something that rae is told of, made for this row."""
    max, rae = person("max"), person("rae")
    if kind == "review":
        review = a_field_review(max, a_draft(max), "rae")
        return {"id": review.id, "review_id": review.id}
    asset = an_asset(max)
    a_download(rae, asset)
    a_version(max, asset)
    recall = session.query(Recall).order_by(Recall.id.desc()).first()
    if kind == "notice":
        read_all()
        with transaction():
            recall_news.tell(recall.id, "")
        recall = session.query(Notice).order_by(Notice.id.desc()).first()
    return {"id": recall.id, "recall_id": recall.id, "notice_id": recall.id, "person_id": rae.id}


def search_subject(kind: str, person: Find) -> dict[str, Any]:
    """Something that goes with searching, made for this row."""
    rae = person("rae")
    if kind == "saved":
        saved = a_saved_search(rae)
        return {"id": saved.id, "saved_id": saved.id}
    if kind == "synonyms":
        word = secrets.token_hex(4)
        with transaction():
            group = synonyms.add(person("ada"), SynonymWords(words=[word, f"{word} too"]))
        return {"id": group.id, "group_id": group.id}
    an_asset(person("max"))
    number = a_search(rae)
    return {"query_id": number, "number": number}


def deal_subject(kind: str, person: Find) -> dict[str, Any]:
    """A deal with a use of its owner, or feedback, made for this row."""
    asset = an_asset(person("max"), "Used")
    if kind == "feedback":
        feedback_id = some_feedback(person("rae"), asset).id
        return {"id": feedback_id, "feedback_id": feedback_id}
    if kind == "new":
        return {"ext": secrets.token_hex(4)}
    owner = person("rae" if kind == "deal" else "rob")
    deal = a_deal(owner, secrets.token_hex(4))
    use = a_use(owner, deal, asset)
    return {"ext": deal.external_id, "deal_id": deal.id, "id": use.id, "use_id": use.id}


def send(client: FlaskClient, app: Flask, endpoint: str, method: str, values: Any) -> int:
    """Do what the row says; answers the status."""
    rule = next(
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint == endpoint and method in (rule.methods or ())
    )
    with app.test_request_context():
        path = app.url_for(endpoint, **{k: v for k, v in values.items() if k in rule.arguments})
    sent: dict[str, Any] = dict(SENT.get(endpoint, {})) if method != "GET" else {}
    if FILE in sent:
        sent[FILE] = (io.BytesIO(secrets.token_bytes(20)), "fresh.bin")
    if endpoint.startswith("api_") and FILE not in sent and method != "GET":
        return client.open(path, method=method, json=sent).status_code
    return client.open(path, method=method, data=sent or None).status_code


def reads(table: str, kind: str) -> dict[str, tuple[int, ...]]:
    """The rows of a kind of subject that only read, which can all be asked of one subject."""
    return {
        endpoint: answers
        for endpoint, method, of, answers in rows(table)
        if (method, of) == ("GET", kind)
    }


def read(app: Flask, endpoint: str, clients: list[FlaskClient], values: Any) -> tuple[int, ...]:
    """What each asker is answered who reads."""
    return tuple(send(client, app, endpoint, "GET", values) for client in clients)


@pytest.mark.parametrize("kind", kinds(PAGES))
def test_pages_to_read_answer_each_role_as_declared(app, person, browse, kind) -> None:
    clients, values = [browse(name) for name in ASKERS], subject(kind, person)
    declared = reads(PAGES, kind)
    assert {one: read(app, one, clients, values) for one in declared} == declared


@pytest.mark.parametrize("kind", kinds(CALLS))
def test_calls_to_read_answer_each_role_as_declared(app, person, call, kind) -> None:
    clients, values = [call(name) for name in ASKERS], subject(kind, person)
    declared = reads(CALLS, kind)
    assert {one: read(app, one, clients, values) for one in declared} == declared


@pytest.mark.parametrize(("endpoint", "method", "kind", "answers"), writes(PAGES))
def test_a_page_that_changes_something_answers_each_role_as_declared(
    app, person, browse, endpoint, method, kind, answers
) -> None:
    got = []
    for name in ASKERS:
        client = browse(name)
        got.append(send(client, app, endpoint, method, subject(kind, person)))
    assert tuple(got) == answers


@pytest.mark.parametrize(("endpoint", "method", "kind", "answers"), writes(CALLS))
def test_a_call_that_changes_something_answers_each_role_as_declared(
    app, person, call, endpoint, method, kind, answers
) -> None:
    got = [send(call(name), app, endpoint, method, subject(kind, person)) for name in ASKERS]
    assert tuple(got) == answers


def test_every_route_has_its_rows(app) -> None:
    declared = {(endpoint, method) for endpoint, method, _, _ in rows(PAGES + CALLS)}
    there = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == declared


@pytest.mark.parametrize("table", [PAGES, CALLS])
def test_a_route_that_names_an_asset_has_a_row_for_every_kind_of_subject(app, table) -> None:
    kinds: dict[tuple[str, str], set[str]] = {}
    for endpoint, method, kind, _ in rows(table):
        kinds.setdefault((endpoint, method), set()).add(kind)
    short = {
        key
        for key, found in kinds.items()
        if found & {"published", "own", "other", "retired"}
        and found != {"published", "own", "other", "retired"}
    }
    assert short == set()
