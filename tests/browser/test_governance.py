"""Many pieces set right at once, as people do it in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.hub import Hub


@pytest.fixture(scope="session")
def two(hub: Hub) -> str:
    """Two published pieces of rob; answers the board's address that shows them alone."""
    folder = hub.folder / "two"
    folder.mkdir()
    for name in ("Kittiwake", "Guillemot"):
        (folder / f"{name}.txt").write_text(f"Words about the {name}")
    hub.flask("import-folder", str(folder), "--publish", "--owner", "rob@example.com")
    return "/governance?owner=rob@example.com&sort=title"


def test_all_are_ticked_at_once_and_retiring_asks_first(sign_in, two):
    page = sign_in("max")
    page.goto(two)
    page.get_by_label("Tick all on this page").check()
    expect(page.get_by_text("2 ticked")).to_be_visible()
    page.get_by_label("Retire them, because").fill("Nobody needs birds")
    page.get_by_role("button", name="Retire").click()
    page.get_by_role("button", name="Keep it as it is").click()
    expect(page.get_by_role("link", name="Kittiwake")).to_be_visible()
    page.get_by_role("button", name="Retire").click()
    page.get_by_role("dialog").get_by_role("button", name="Retire them").click()
    expect(page.get_by_text("2 pieces are retired.")).to_be_visible()
    expect(page.get_by_text("No piece matches that")).to_be_visible()


def test_enter_in_a_field_presses_no_button(sign_in, two):
    page = sign_in("max")
    page.goto(f"{two}&status=all")
    page.get_by_label("Tick Kittiwake").check()
    page.get_by_label("Add a tag").fill("bird")
    page.get_by_label("Add a tag").press("Enter")
    expect(page.get_by_text("1 ticked")).to_be_visible()
    assert "/governance/" not in page.url


def test_a_tag_is_added_without_script(hub, chromium, two):
    context = chromium.new_context(base_url=hub.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in?next=/governance")
    page.get_by_label("E-mail").fill("max@example.com")
    page.get_by_label("Password", exact=True).fill("correct horse battery staple")
    page.get_by_label("Password", exact=True).press("Enter")
    expect(page).to_have_url(re.compile("/governance$"))
    page.goto(f"{two}&status=all")
    page.get_by_label("Tick Guillemot").check()
    page.get_by_label("Add a tag").fill("bird")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("1 piece is tagged “bird”.")).to_be_visible()
    context.close()
