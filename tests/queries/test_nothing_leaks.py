"""What somebody may not see shows in no part of a search's answer."""

import json

import pytest

from app.choices import Status
from app.db import transaction
from app.inputs.asset import Retirement
from app.queries import assets
from app.services import retirement
from tests.factories import a_click, a_draft, a_search, a_version, an_asset, judge_all, settle

SECRET = "zanzibar"
EVERYTHING = [status.value for status in Status]
ASKED = [
    {"q": SECRET},
    {"q": f"{SECRET} words"},
    {"q": "words", "status": EVERYTHING},
    {"q": "zanz*", "status": EVERYTHING},
    {"q": "zanzibra", "status": EVERYTHING},
    {"q": f"competitor:{SECRET}", "status": EVERYTHING},
    {"q": f"-{SECRET}", "status": EVERYTHING},
    {"q": "", "status": EVERYTHING, "tag": [SECRET]},
    {"q": "owner:max", "status": EVERYTHING},
]


@pytest.fixture
def hidden(max):
    """One published piece that everybody sees, and drafts full of a word that nobody may see."""
    an_asset(max, "Open", text="Plain words.")
    a_draft(max, f"Draft {SECRET}", text=f"Words of {SECRET}.", tags=[SECRET], competitors=[SECRET])
    a_version(max, an_asset(max, "Waiting", text="Plain words."), f"New {SECRET}.", publish=False)
    settle()


@pytest.mark.parametrize("who", ["rae", "otto", "mia"])
@pytest.mark.parametrize("asked", ASKED, ids=[str(one["q"]) for one in ASKED])
def test_not_in_hits_counts_facets_snippets_or_corrections(hidden, call, who, asked):
    answer = call(who).get("/api/v1/search", query_string=asked).json
    said = {key: value for key, value in answer.items() if key not in ("took_ms", "query_id")}
    assert SECRET not in json.dumps(said)
    assert answer["total"] <= 2
    assert sum(one["count"] for one in answer["facets"]["status"]) <= 2


@pytest.mark.parametrize("who", ["rae", "mia"])
@pytest.mark.parametrize("typed", ["z", "zan", "zanz", SECRET, "words z", "draft"])
def test_not_in_suggestions(hidden, call, max, ada, who, typed):
    for actor in (max, ada):
        a_click(actor, a_search(actor, f"{typed} {SECRET}", total=1), assets.get(max, "open"))
    judge_all()
    answer = call(who).get("/api/v1/suggest", query_string={"q": typed})
    assert SECRET not in answer.text


def test_an_unknown_word_is_as_unknown_where_it_is_hidden(hidden, call):
    ask = call("rae").get
    hidden_word = ask("/api/v1/search", query_string={"q": "zanzibra"}).json
    nowhere = ask("/api/v1/search", query_string={"q": "qanziqra"}).json
    for answer in (hidden_word, nowhere):
        for name in ("took_ms", "query_id"):
            del answer[name]
    assert hidden_word == nowhere


def test_what_was_retired_is_no_word_to_offer(max, call):
    asset = an_asset(max, "Old", text="The zanzibar plan.")
    settle()
    with transaction():
        retirement.retire(max, assets.get(max, asset.id), Retirement(reason="Wrong"))
    settle()
    answer = call("rae").get("/api/v1/search", query_string={"q": "zanzibra"}).json
    assert answer["did_you_mean"] is None and answer["total"] == 0
