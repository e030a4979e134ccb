"""The pages of insights: the overview, the scoreboard with its rows, adoption, coverage."""

import pytest

from tests.factories import a_deal, a_use, a_version, an_asset, days_ago

PAGES = ["", "/scoreboard", "/adoption", "/coverage", "/scoreboard/rows?measure=silent_deals"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("is_full", [False, True])
def test_a_page_stands_empty_and_full(browse, max, rae, path, is_full):
    if is_full:
        a_use(rae, a_deal(rae, segment="Small"), an_asset(max, stages=["desire"]))
        a_deal(rae, "LOST", outcome="lost", closed_on=days_ago(1).date())
    assert browse("rae").get(f"/insights{path}").status_code == 200


def test_the_rows_behind_old_versions_name_nobody_to_a_rep(browse, max, rae):
    asset = an_asset(max)
    a_version(max, asset)
    a_use(rae, a_deal(rae), asset, version=1)
    path = "/insights/scoreboard/rows?measure=outdated_uses"
    for name, is_named in (("rae", False), ("mia", True)):
        page = browse(name).get(path).text
        assert "Acme deck" in page and ('<td data-label="By">' in page) is is_named


def test_a_stage_with_open_deals_and_no_piece_is_pointed_out(browse, max, rae):
    a_deal(rae, segment="Small")
    an_asset(max, segments=["Small"], stages=["desire"])
    page = browse("mia").get("/insights").text
    assert "Interest, Small" in page and "1 open deal" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [("/scoreboard/rows?measure=luck", 404), ("/scoreboard?from=x", 422), ("?team=South", 403),
     ("/coverage?rows=stage&columns=stage", 422)],
)  # fmt: skip
def test_an_odd_question_is_told(browse, path, status):
    assert browse("rae").get(f"/insights{path}").status_code == status


@pytest.mark.parametrize("name", ["scoreboard", "adoption", "coverage", "evidence"])
def test_each_has_its_table(browse, max, rae, name):
    a_use(rae, a_deal(rae), an_asset(max, stages=["desire"], segments=["Small"]))
    table = browse("mia").get(f"/insights/{name}.csv")
    assert table.mimetype == "text/csv" and len(table.text.splitlines()) > 1


@pytest.mark.parametrize(
    "path", ["scoreboard.csv?from=x", "adoption.csv?from=x", "coverage.csv?rows=x"]
)
def test_a_table_by_filters_that_are_not_understood_is_refused(browse, path):
    assert browse("mia").get(f"/insights/{path}").status_code == 422


def test_coverage_is_told_by_team(browse, call, max, rae, rob):
    a_use(rae, a_deal(rae, outcome="won", closed_on=days_ago(0).date()), an_asset(max))
    a_deal(rob, "LOST", outcome="lost", closed_on=days_ago(1).date())
    page = browse("mia").get("/insights/evidence").text
    assert "Tracked, by team" in page and "North" in page and "South" in page
    assert call("mia").get("/api/v1/insights/evidence").json["coverage_by_team"] == [
        {"team": "North", "tracked": 1, "closed": 1},
        {"team": "South", "tracked": 0, "closed": 1},
    ]
    assert "Tracked, by team" not in browse("rae").get("/insights/evidence").text
