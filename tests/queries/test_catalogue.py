"""The catalogue in memory says what the database says, also while it changes."""

import threading

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from app import bitmaps, db
from app.choices import Kind, Status
from app.clock import now
from app.db import session, transaction
from app.inputs.asset import AssetChange
from app.inputs.listing import AssetListing, Search
from app.inputs.person import NewPerson
from app.models import Asset
from app.queries import assets, catalogue, people, search
from app.services import assets as verbs
from app.services import indexing
from app.services import people as people_verbs
from tests.cast import EVERYBODY, email
from tests.factories import a_retired_asset, an_asset, elsewhere, settle


def shown(actor, q: str) -> list[str]:
    """The titles that a search shows."""
    return [hit.asset.title for hit in search.search(actor, Search(q=q)).hits]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from(list(Status)), st.sampled_from(list(EVERYBODY))), max_size=8
    )
)
def test_the_catalogue_and_the_database_agree_on_who_sees_what(app, rows):
    with transaction():
        for status, owner in rows:
            asset = Asset(
                slug=f"a{session.query(Asset).count()}",
                title="x",
                kind=Kind.DECK,
                status=status,
                owner=people.by_email(email(owner)),
                created_at=now(),
                updated_at=now(),
                published_at=now(),
                retired_at=now() if status is Status.RETIRED else None,
            )
            session.add(asset)
            session.flush()
            indexing.changed(asset)
    kept = catalogue.current()
    for name in EVERYBODY:
        actor = people.by_email(email(name))
        seen = {asset.id for asset in session.scalars(assets.visible_to(actor))}
        assert set(bitmaps.members(kept.visible(actor))) == seen


def test_searching_while_others_publish_and_rename_never_breaks_or_sticks(max, rae, app):
    asset = an_asset(max, "Walrus 0", text="walrus words")
    settle()
    stop, broken = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                search.search(people.by_email("rae@example.com"), Search(q="walrus"))
            except Exception as problem:
                broken.append(problem)
            finally:
                session.rollback()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 15):
        with transaction():
            verbs.change(max, assets.get(max, asset.id), AssetChange(title=f"Walrus {number}"))
        an_asset(max, f"Other {number}")
    stop.set()
    for reader in readers:
        reader.join()
    assert broken == []
    assert shown(rae, "walrus") == ["Walrus 14"]


def test_a_renamed_replacement_is_renamed_where_it_replaces(max, rae):
    new = an_asset(max, "Fresh deck")
    a_retired_asset(max, text="walrus words", replaced_by=new.slug)
    settle()
    shown(rae, "walrus status:retired")
    with transaction():
        verbs.change(max, assets.get(max, new.id), AssetChange(title="Renamed deck"))
    hit = search.search(rae, Search(q="walrus status:retired")).hits[0]
    assert hit.asset.replaced_by.title == "Renamed deck"


def test_a_renamed_person_is_renamed_on_what_they_made(ada, max, rae, person):
    an_asset(max, text="walrus words", owner="rob@example.com")
    settle()
    shown(rae, "walrus")
    with transaction():
        new = NewPerson(email="max@example.com", name="Maximilian", role="marketer")
        people_verbs.change(person("ada"), person("max"), new)
    hit = search.search(rae, Search(q="walrus")).hits[0]
    assert hit.asset.current_version.created_by.name == "Maximilian"


def test_a_facet_is_called_as_it_was_called_last(max, rae):
    asset = an_asset(max, personas=["buyer"])
    settle()
    search.search(rae, Search())
    with transaction():
        verbs.change(max, assets.get(max, asset.id), AssetChange(personas=["Buyer"]))
    assert search.search(rae, Search()).facets["persona"] == [("Buyer", 1)]


def statements(work) -> int:
    """How many statements something sends to the database."""
    sent = []
    event.listen(db.engine(), "before_cursor_execute", lambda *a: sent.append(a[2]))
    session.expunge_all()
    work()
    return len(sent)


def test_a_list_takes_as_many_statements_for_many_as_for_few(app, max, rae):
    counts = []
    for size in (3, 9):
        for number in range(size):
            an_asset(max, f"Deck {size} {number}", tags=["a", "b"])
        held = []

        def ask(held: list[int] = held) -> None:
            actor = people.by_email("rae@example.com")
            held.append(
                statements(lambda: [a.facets for a in assets.listing(actor, AssetListing()).items])
            )

        elsewhere(ask)
        counts += held
    assert counts[0] == counts[1]
