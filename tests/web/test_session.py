"""Coming in and going out."""

import io
import re
import threading

import pytest
from sqlalchemy import text

from app.db import session, transaction
from app.models import SignInAttempt
from app.queries import people
from app.services.people import first_admin_token
from tests import cast
from tests.conftest import SECRET

WRONG = {"email": "rae@example.com", "password": "wrong"}


def without_token(page: str) -> str:
    """The page but for the form's token, which is another each time."""
    return re.sub(r'name="csrf[^>]*', "", page)


def test_the_right_password_comes_in(browse):
    assert browse("rae").get("/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_read_the_same(app):
    client = app.test_client()
    rae, nobody = (
        client.post("/sign-in", data={"email": who, "password": "x"}).get_data(as_text=True)
        for who in ("rae@example.com", "ray@example.com")
    )
    assert without_token(rae) == without_token(nobody.replace("ray@", "rae@"))


def test_the_address_stays_in_the_form(app):
    page = app.test_client().post("/sign-in", data=WRONG).get_data(as_text=True)
    assert 'value="rae@example.com"' in page


def test_the_eleventh_wrong_try_is_put_off(app):
    client = app.test_client()
    codes = [client.post("/sign-in", data=WRONG).status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]


def test_coming_in_forgets_the_wrong_tries(app, browse):
    client = app.test_client()
    for _ in range(9):
        client.post("/sign-in", data=WRONG)
    browse("rae")
    assert client.post("/sign-in", data=WRONG).status_code == 401


def test_what_is_counted_holds_no_address(app):
    app.test_client().post("/sign-in", data=WRONG)
    assert all(re.fullmatch("[0-9a-f]{64}", row.key) for row in session.query(SignInAttempt))


@pytest.mark.parametrize("there", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(app, there):
    sent = {"email": "rae@example.com", "password": cast.PASSWORD, "next": there}
    assert app.test_client().post("/sign-in", data=sent).location == "/"


def test_signing_in_goes_on_to_where_one_wanted(app):
    sent = {"email": "rae@example.com", "password": cast.PASSWORD, "next": "/search?q=x"}
    assert app.test_client().post("/sign-in", data=sent).location == "/search?q=x"


def test_signing_out_ends_the_session(browse):
    client = browse("rae")
    client.post("/sign-out")
    assert client.get("/").status_code == 303


def test_a_new_password_ends_the_other_sessions(browse):
    here, there = browse("rae"), browse("rae")
    new = {"current": cast.PASSWORD, "password": "an entirely new password"}
    here.post("/account/password", data=new)
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 303)


def test_deactivating_ends_the_sessions(browse, person):
    client, ada = browse("rob"), browse("ada")
    ada.post(f"/admin/people/{person('rob').id}/deactivate")
    assert client.get("/").status_code == 303


def test_the_last_admin_stays(browse, person):
    answer = browse("ada").post(f"/admin/people/{person('ada').id}/deactivate")
    assert answer.status_code == 409


def test_a_one_time_password_must_be_changed_first(app, browse):
    page = browse("ada").post("/admin/people", data={"email": "new@example.com", "role": "rep"})
    password = re.search(r"\w{4}-\w{4}-\w{4}-\w{4}", page.get_data(as_text=True))
    client = app.test_client()
    client.post("/sign-in", data={"email": "new@example.com", "password": password[0]})
    assert client.get("/").location == "/account/password"


def test_a_form_without_its_token_is_refused(app, browse):
    client = browse("rae")
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert client.post("/account/tokens", data={"name": "x"}).status_code == 400
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_the_first_admin_page_closes_behind_the_first_admin(app):
    token = first_admin_token(SECRET)
    assert app.test_client().get(f"/first-admin?token={token}").status_code == 403


def test_an_empty_hub_makes_its_first_admin(app):
    for one in session.query(people.User):
        one.is_active = False
    session.commit()
    sent = {
        "token": first_admin_token(SECRET),
        "email": "First@Example.com",
        "name": "First",
        "password": "a long enough password",
    }
    client = app.test_client()
    assert client.post("/first-admin", data=sent).status_code == 303
    assert people.by_email("first@example.com").role == "admin"


def test_every_answer_carries_the_policy(browse):
    headers = browse("rae").get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_cookie_is_worthless_after_signing_out(app, browse):
    client = browse("rae")
    stolen = client.get_cookie("quarterdeck").value
    client.post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("quarterdeck", stolen)
    assert thief.get("/").status_code == 303


def test_signing_out_leaves_other_browsers_signed_in(browse):
    here, there = browse("rae"), browse("rae")
    here.post("/sign-out")
    assert there.get("/").status_code == 200


def test_tokens_stay_revoked_when_somebody_comes_back(browse, call, person):
    client, ada = call("rob"), browse("ada")
    ada.post(f"/admin/people/{person('rob').id}/deactivate")
    ada.post(f"/admin/people/{person('rob').id}/activate")
    assert client.get("/api/v1/me").status_code == 401


def test_two_spellings_of_a_team_are_one_team(browse, person):
    ada = browse("ada")
    for who, name in (("a", "Österreich"), ("b", "ÖSTERREICH")):
        sent = {"email": f"{who}@example.com", "role": "rep", "team": name}
        assert ada.post("/admin/people", data=sent).status_code == 201
    assert ada.get("/admin/teams").text.count("sterreich") == ada.get("/admin/teams").text.count(
        "Österreich"
    )


def test_nobody_fills_the_disk_by_the_sign_in_form(app, tmp_path):
    sent = {"email": "x", "file": (io.BytesIO(b"x" * 500_000), "x.bin")}
    app.test_client().post("/sign-in", data=sent)
    assert not [one for one in (tmp_path / "content").rglob("*") if one.is_file()]


def test_a_broken_database_is_told_on_a_plain_page(app, browse):
    client = browse("rae")
    with transaction():
        session.execute(text("ALTER TABLE asset RENAME TO gone"))
    answer = client.get("/")
    assert answer.status_code == 503 and "flask doctor" in answer.text


@pytest.mark.parametrize("there", ["//[", "//\u2100", "/a\r\nSet-Cookie: x=y"])
def test_an_odd_way_on_leads_home(app, there):
    sent = {"email": "rae@example.com", "password": cast.PASSWORD, "next": there}
    assert app.test_client().post("/sign-in", data=sent).location == "/"


def test_many_wrong_tries_at_once_are_counted_each(app):
    codes = []

    def attempt() -> None:
        codes.append(app.test_client().post("/sign-in", data=WRONG).status_code)

    threads = [threading.Thread(target=attempt) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [401] * 10 + [429] * 6


def test_coming_in_often_is_no_wrong_try(app, browse):
    for _ in range(12):
        browse("rae")
    assert session.query(SignInAttempt).count() == 0


def test_being_put_off_says_for_how_long(app):
    client = app.test_client()
    for _ in range(10):
        client.post("/sign-in", data=WRONG)
    assert int(client.post("/sign-in", data=WRONG).headers["Retry-After"]) > 0


def test_a_first_admin_token_of_any_letters_is_only_wrong(app):
    assert app.test_client().get("/first-admin?token=%C3%A9").status_code == 403
