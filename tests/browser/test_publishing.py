"""Putting files in: each in a row of its own, and what is here already is noticed."""

import re

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.steps import PATIENCE, a_choice, look_until, take_in
from tests.factories import a_deck

TERN = [
    "Reach: A tern flies from one pole to the other and back every single year",
    "Price: The tern plan costs ninety euros a month for every depot that takes part",
    "Proof: Twelve harbours have counted their gulls with it since last summer",
]
NEARLY = [*TERN[:2], "Proof: Nobody has counted anything so far, which is why you are asked"]
DROP = """files => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) transfer.items.add(new File([text], name));
  return transfer;
}"""


def drop(page: Page, files: dict[str, str]) -> None:
    """Drop files on the place for it, as a hand would."""
    transfer = page.evaluate_handle(DROP, list(files.items()))
    page.get_by_label("Drop files here").dispatch_event("drop", {"dataTransfer": transfer})


def row_of(page: Page, name: str) -> Locator:
    """A file's row."""
    return page.get_by_role("listitem").filter(has_text=name)


def test_of_two_files_the_broken_one_says_why_and_the_other_is_published(sign_in):
    page = sign_in("max")
    page.goto("/assets/new")
    bars: list[int] = []

    def count_bars(route: Route) -> None:
        bars.append(page.get_by_role("progressbar", name="Upload").count())
        route.continue_()

    page.route("**/assets", count_bars)
    drop(page, {"Plover notes.txt": "A plover nests on the beach", "Empty.txt": ""})
    page.get_by_role("button", name="Publish all").click()

    broken = row_of(page, "Empty.txt")
    expect(broken).to_contain_text("was not added. This file is empty.")
    expect(row_of(page, "Plover notes.txt")).to_contain_text("Plover notes is published")
    assert bars[0] == 2
    broken.get_by_role("button", name="Take out").click()
    expect(broken).to_have_count(0)
    row_of(page, "Plover notes.txt").get_by_role("link", name="Plover notes").click()
    expect(page.get_by_role("heading", name="Plover notes")).to_be_visible()


def test_a_deck_nearly_the_same_becomes_a_version_of_the_other(sign_in):
    page = sign_in("max")
    piece = take_in(page, "Tern.pptx", a_deck(*TERN))
    page.get_by_label("Drop files here").set_input_files(a_choice("Tern 2.pptx", a_deck(*NEARLY)))
    page.get_by_role("button", name="Save as drafts").click()
    row = row_of(page, "Tern 2.pptx")
    expect(row).to_contain_text("saved as a draft")
    expect(row).to_contain_text("Nearly the same as Tern: 2 of 3 pages match", timeout=PATIENCE)

    row.get_by_role("link", name="Add as a new version of it").click()
    expect(page.get_by_label("Of which piece")).to_have_value(piece.rpartition("/")[2])
    page.get_by_label("What changed?").fill("The proof is honest now")
    page.get_by_role("button", name="Add as a new version").click()
    expect(page).to_have_url(re.compile(f"{piece}$"))
    expect(page.get_by_role("status")).to_contain_text("It is version 2 now")
    look_until(page, piece, page.get_by_text("Nobody has counted anything so far"))
