"""The example company's catalogue agrees with itself and with the hub's words."""

import subprocess
import sys
from collections import Counter
from itertools import pairwise

from app.choices import FacetName, Kind, Status
from app.example.catalogue import assets
from app.example.pages import Callout, Paragraph

BY_KEY = {asset.key: asset for asset in assets()}
STAGES = {"attention", "interest", "conviction", "desire", "sale"}
LEAST = {
    Kind.DECK: 14,
    Kind.BATTLECARD: 6,
    Kind.ONE_PAGER: 8,
    Kind.CASE_STUDY: 8,
    Kind.WHITE_PAPER: 4,
    Kind.PRICING: 4,
    Kind.PROPOSAL: 3,
    Kind.EMAIL_TEMPLATE: 4,
    Kind.OTHER: 3,
}


def with_stage(stage: str, *kinds: Kind) -> list[str]:
    return [one.key for one in assets() if one.kind in kinds and stage in one.facets["stages"]]


def words(page) -> str:
    return f"{page.title} {page.blocks} {page.notes}"


def test_there_is_enough_of_every_kind():
    counts = Counter(asset.kind for asset in assets())
    assert 58 <= len(assets()) <= 64
    assert {kind: counts[kind] for kind, least in LEAST.items() if counts[kind] < least} == {}


def test_every_key_and_title_is_there_once():
    assert len(BY_KEY) == len(assets()) == len({asset.title for asset in assets()})


def test_the_pieces_that_the_example_deals_lean_on_exist():
    assert BY_KEY["business-case-deck"].facets["stages"] == ["desire"]
    assert BY_KEY["security-questionnaire"].facets["stages"] == ["sale"]
    assert BY_KEY["overview-deck"].facets["stages"] == ["attention", "interest"]
    assert {"rollout-deck", "pharma-deck", "food-retail-deck", "roi-workbook-guide"} <= set(BY_KEY)
    assert len(with_stage("desire", Kind.DECK)) >= 5
    assert len(with_stage("conviction", Kind.DECK)) >= 4
    assert len(with_stage("sale", Kind.OTHER, Kind.WHITE_PAPER)) >= 4


def test_facets_are_those_of_the_hub():
    for asset in assets():
        assert set(asset.facets) == set(FacetName), asset.key
        assert set(asset.facets["stages"]) <= STAGES
        assert asset.facets["stages"], asset.key


def test_every_asset_says_what_it_is_for_and_whose_it_is():
    for asset in assets():
        assert asset.owner in ("priya", "tomasz")
        assert all((asset.summary, asset.use_it_when, asset.say_this)), asset.key


def test_versions_are_numbered_and_each_is_later_than_the_one_before():
    for asset in assets():
        numbers = [version.number for version in asset.versions]
        days = [version.days_ago for version in asset.versions]
        assert numbers == list(range(1, len(numbers) + 1))
        assert all(earlier > later > 0 for earlier, later in pairwise(days)), asset.key
        assert max(days) <= 560


def test_a_new_version_says_why_and_is_really_another():
    for asset in assets():
        assert asset.versions[0].change_note == ""
        for before, after in pairwise(asset.versions):
            assert len(after.change_note) > 40, asset.key
            assert before.pages != after.pages, asset.key


def test_most_pages_stay_from_one_version_of_a_deck_to_the_next():
    pairs = [pair for one in assets() if one.kind is Kind.DECK for pair in pairwise(one.versions)]
    kept = [len(set(old.pages) & set(new.pages)) / len(new.pages) for old, new in pairs]
    assert sum(kept) / len(kept) > 0.5


def test_retired_assets_say_when_and_why_and_point_to_what_replaces_them():
    retired = [asset for asset in assets() if asset.status is Status.RETIRED]
    assert 5 <= len(retired) <= 7
    for asset in retired:
        assert asset.retired_reason
        assert asset.retired_days_ago is not None
        assert asset.retired_days_ago < asset.versions[-1].days_ago
        if asset.replaced_by:
            assert BY_KEY[asset.replaced_by].status is Status.PUBLISHED
    assert sum(asset.replaced_by is not None for asset in retired) >= 4


def test_only_retired_assets_have_been_retired():
    for asset in assets():
        is_retired = asset.retired_days_ago is not None
        assert is_retired == (asset.status is Status.RETIRED)
        assert is_retired or (asset.retired_reason, asset.replaced_by) == ("", None)


def test_some_are_drafts_and_some_are_overdue():
    published = [asset for asset in assets() if asset.status is Status.PUBLISHED]
    overdue = [asset for asset in published if asset.review_due_in_days < 0]
    assert sum(asset.status is Status.DRAFT for asset in assets()) == 3
    assert 8 <= len(overdue) <= 14


def test_two_pairs_of_decks_share_pages_nearly_word_for_word():
    for one, other in (
        ("pharma-deck", "hospitals-deck"),
        ("rollout-deck", "rollout-food-retail-deck"),
    ):
        titles = {page.title for page in BY_KEY[one].versions[-1].pages}
        assert sum(page.title in titles for page in BY_KEY[other].versions[-1].pages) >= 3


def test_pages_have_titles_and_words_that_every_font_has():
    for asset in assets():
        for version in asset.versions:
            for page in version.pages:
                assert page.title
                assert page.blocks, (asset.key, page.title)
                words(page).encode("cp1252")


def test_no_mark_of_the_text_files_is_left_in_a_page():
    for asset in assets():
        for page in asset.versions[-1].pages:
            for block in page.blocks:
                if isinstance(block, Paragraph | Callout):
                    assert not block.text.startswith(("#", "|", "=", "Notes:", "- ", "> "))


def test_the_catalogue_loads_no_maker_of_files():
    asked = (
        "import sys, app.example.catalogue as one; one.assets();"
        "print([name for name in ('pptx', 'docx', 'reportlab') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
