"""Is my copy current? Hashed in the browser, and nothing but hashes is sent."""

import hashlib

import pytest
from playwright.sync_api import expect

from tests.browser.steps import PATIENCE, a_choice, take_in
from tests.factories import a_deck
from tests.hub import Hub

OLD, NEW = b"The price is ninety", b"The price is eighty"
SLIDES = [
    "Start: An auk stands upright on its rock and looks out over the whole bay",
    "Price: The auk plan costs ninety euros a month for every depot that takes part",
]
CHANGED = [
    SLIDES[0],
    SLIDES[1].replace("ninety", "seventy"),
    "Offer: Whoever signs before Friday gets the first quarter for nothing at all",
]
LARGE = b"0123456789abcdef" * (5 * 1024 * 1024)


@pytest.fixture(scope="session")
def price(hub: Hub) -> str:
    """An asset of which the old bytes are version 1."""
    folder = hub.folder / "fresh"
    folder.mkdir()
    (folder / "Fresh price.txt").write_bytes(OLD)
    hub.flask("import-folder", str(folder), "--publish", "--owner", "max@example.com")
    return "/assets/fresh-price"


def test_files_are_judged_and_do_not_leave_the_machine(sign_in, price):
    marketer = sign_in("max")
    marketer.goto(f"{price}/versions/new")
    marketer.set_input_files("input[type=file]", {"name": "n.txt", "mimeType": "", "buffer": NEW})
    marketer.get_by_label("What changed?").fill("New price")
    marketer.get_by_role("button", name="Upload version").click()
    marketer.wait_for_url(f"**{price}")

    page = sign_in("rae")
    sent: list[bytes] = []
    page.on("request", lambda one: sent.append(one.post_data_buffer or b""))
    page.goto("/freshness")
    copies = {"mine.txt": OLD, "new.txt": NEW, "edited.txt": NEW + b"!"}
    files = [{"name": name, "mimeType": "", "buffer": buffer} for name, buffer in copies.items()]
    page.get_by_label("Drop files or a folder here").set_input_files(files)
    expect(page.get_by_role("status").filter(has_text="3 files checked")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="mine.txt")
    expect(row).to_contain_text("Superseded")
    expect(row.get_by_role("link", name="Download version 2")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="new.txt")).to_contain_text("Current")
    expect(page.get_by_role("row").filter(has_text="edited.txt")).to_contain_text("Unknown")
    assert OLD not in b"".join(sent) and NEW not in b"".join(sent)


def test_a_large_file_is_hashed_piece_by_piece(sign_in, price, tmp_path):
    page = sign_in("rae")
    page.goto("/freshness")
    file = tmp_path / "video.mp4"
    file.write_bytes(LARGE)
    page.get_by_label("Drop files or a folder here").set_input_files(file)
    row = page.get_by_role("row").filter(has_text="video.mp4")
    expect(row).to_contain_text("Unknown", timeout=60_000)
    assert row.get_attribute("data-sha256") == hashlib.sha256(LARGE).hexdigest()


def test_a_changed_copy_is_compared_page_by_page_and_its_owner_is_told(sign_in):
    take_in(sign_in("max"), "Auk.pptx", a_deck(*SLIDES))
    page = sign_in("rae")
    page.goto("/freshness")
    page.get_by_label("Drop files or a folder here").set_input_files(
        a_choice("Auk for Nordfrost.pptx", a_deck(*CHANGED))
    )
    row = page.get_by_role("row").filter(has_text="Auk for Nordfrost.pptx")
    row.get_by_role("button", name="Upload to compare page by page").click()
    judged = page.get_by_role("region", name="Pages of Auk for Nordfrost.pptx")
    expect(judged).to_contain_text("made from Auk, version 1. 1 of 3 pages is", timeout=PATIENCE)
    verdicts = ["Current", "its words differ", "nothing here says the same"]
    expect(judged.get_by_role("listitem")).to_contain_text(verdicts)

    judged.get_by_role("link", name="Tell the owner what was changed").click()
    expect(page.get_by_label("Auk version 1")).to_be_checked()
    note = "A changed copy, “Auk for Nordfrost.pptx”, is in use; "
    note += "pages altered: 2; pages added by somebody: 3."
    expect(page.get_by_label("What happened?")).to_have_value(note)
    page.get_by_label("Wrong").check()
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_role("main")).to_contain_text(note)
