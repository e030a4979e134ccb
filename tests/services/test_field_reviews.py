"""Field reviews: named people look first; what they say is shown to whoever publishes."""

import io

import pytest

from app.choices import Kind, Status
from app.clock import now
from app.db import session, transaction
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.inputs.field_review import NewComment, Opinion
from app.inputs.kind import KindChange
from app.inputs.listing import Listing
from app.models import FieldReview
from app.queries import assets, field_reviews, notices, versions
from app.services import field_reviews as verbs
from app.services import kinds, people, publishing
from tests.factories import (
    a_draft,
    a_field_review,
    a_file,
    a_version,
    an_asset,
    days_ago,
    settle,
)


def ask(actor, asset, *names, **said):
    """Ask somebody of the cast, rae unless told, to look at an asset."""
    return a_field_review(actor, asset, *(names or ("rae",)), **said)


def say(actor, review, readiness="ready", note=""):
    """Say ready or not ready."""
    with transaction():
        opinion = Opinion(readiness=readiness, note=note)
        return verbs.say(actor, field_reviews.get(actor, review.id), opinion)


def publish(actor, asset):
    """Publish the newest version."""
    with transaction():
        return publishing.publish(actor, assets.get(actor, asset.id), None)


def need_review(ada, kind=Kind.DECK):
    """Settle that the field looks at this kind first."""
    with transaction():
        kinds.settle(ada, kind, KindChange(review_days=90, needs_field_review=True))


def test_a_draft_is_seen_by_the_named_and_by_no_other_rep(max, rae, rob):
    draft = a_draft(max)
    ask(max, draft)
    assert assets.get(rae, draft.id).status is Status.IN_REVIEW
    with pytest.raises(NotFound):
        assets.get(rob, draft.id)


def test_the_named_find_the_draft_in_search_and_others_do_not(browse, max, rae, rob):
    draft = a_draft(max, "Zebra plan")
    ask(max, draft)
    settle()
    pages = [browse(name).get("/search?q=zebra&status=in_review").text for name in ("rae", "rob")]
    assert ["/assets/zebra-plan" in page for page in pages] == [True, False]


def test_the_named_are_told_and_the_asker_is_told_the_answer(max, rae):
    review = ask(max, a_draft(max), note="Mind page 2")
    [asked] = notices.listing(rae, Listing()).items
    say(rae, review, "not_ready", "Page 2 is wrong")
    [answer] = notices.listing(max, Listing()).items
    assert "Mind page 2" in asked.body and answer.title.endswith("is not ready")


def test_the_last_word_counts(max, rae, rob):
    review = ask(max, a_draft(max), "rae", "rob")
    say(rae, review, "not_ready")
    say(rae, review, "ready")
    session.expire_all()
    assert field_reviews.get(max, review.id).tally() == {"ready": 1, "not_ready": 0, "waiting": 1}


def test_asked_again_it_names_more_and_tells_nobody_twice(max, rae, rob):
    draft = a_draft(max)
    first, second = ask(max, draft), ask(max, draft, "rae", "rob")
    assert first.id == second.id and len(second.reviewers) == 2
    assert notices.listing(rae, Listing()).total == 1


@pytest.mark.parametrize("name", ["ghost", "otto"])
def test_nobody_is_asked_who_cannot_answer(max, otto, name):
    draft = a_draft(max)
    with transaction():
        session.merge(otto).is_active = False
    with pytest.raises(Invalid):
        ask(max, draft, name)


def test_what_reps_have_already_takes_no_field_review(max):
    with pytest.raises(Conflict):
        ask(max, an_asset(max))


def test_only_the_named_say_ready(max, rae, rob):
    review = ask(max, a_draft(max))
    with pytest.raises(Forbidden):
        say(max, review)
    with pytest.raises(NotFound):
        say(rob, review)


def test_a_remark_names_a_page_that_is_there(max, rae):
    draft = a_draft(max)
    settle()
    review = ask(max, draft)
    with transaction(), pytest.raises(Invalid):
        verbs.comment(rae, field_reviews.get(rae, review.id), NewComment(text="Hm", page=9))
    with transaction():
        verbs.comment(rae, field_reviews.get(rae, review.id), NewComment(text="Hm", page=1))
    assert [one.page for one in field_reviews.get(max, review.id).comments] == [1]


def test_publishing_closes_it_and_the_named_answer_no_more(max, rae):
    draft = a_draft(max)
    review = ask(max, draft)
    publish(max, draft)
    assert session.get(FieldReview, review.id).closed_at <= now()
    with pytest.raises(Conflict):
        say(rae, review)


def test_withdrawn_a_draft_is_a_draft_again(max, rae):
    draft = a_draft(max)
    review = ask(max, draft)
    with transaction():
        verbs.withdraw(max, field_reviews.get(max, review.id))
    assert assets.get(max, draft.id).status is Status.DRAFT
    with pytest.raises(NotFound):
        assets.get(rae, draft.id)


def test_a_kind_that_needs_it_is_not_published_before_all_have_answered(ada, max, rae, rob):
    need_review(ada)
    draft = a_draft(max, kind="deck")
    with pytest.raises(Conflict, match="needs a field review first"):
        publish(max, draft)
    review = ask(max, draft, "rae", "rob")
    say(rae, review, "not_ready")
    with pytest.raises(Conflict, match="One person has still to say"):
        publish(max, draft)
    say(rob, review)
    assert publish(max, draft).is_current


def test_nobody_waits_for_a_reviewer_who_left(ada, max, rae, rob):
    need_review(ada)
    draft = a_draft(max, kind="deck")
    review = ask(max, draft, "rae", "rob")
    say(rae, review)
    with transaction():
        people.deactivate(ada, session.merge(rob))
    assert publish(max, draft).is_current


def test_withdrawing_the_question_helps_where_somebody_does_not_answer(ada, max, rae, rob):
    need_review(ada)
    draft = a_draft(max, kind="deck")
    review = ask(max, draft, "rae", "rob")
    say(rae, review)
    with transaction():
        verbs.withdraw(max, field_reviews.get(max, review.id))
    assert publish(max, draft).is_current


def test_a_reviewer_sees_the_version_they_are_asked_about_and_no_other(max, rae):
    asset = an_asset(max)
    for words in ("Second", "Third"):
        a_version(max, asset, words, publish=False)
    ask(max, asset, version=2)
    seen = versions.of_asset(rae, assets.get(rae, asset.id))
    assert [version.number for version in seen] == [2, 1]


def test_an_answer_after_publication_is_not_lost(browse, max, rae):
    draft = a_draft(max)
    review = ask(max, draft)
    publish(max, draft)
    said = {"readiness": "ready", "note": "Long thoughts"}
    answer = browse("rae").post(f"/field-reviews/{review.id}/say", data=said)
    assert answer.status_code == 409 and "Long thoughts" in answer.text


def test_a_guess_from_the_text_does_not_pass_the_review_by(ada, max):
    need_review(ada, Kind.BATTLECARD)
    file = a_file("Battlecard: how we win against Polarix", "words.txt")
    asset = an_asset(max, "", file=file)
    settle()
    assert assets.get(max, asset.id).kind is Kind.OTHER


def test_the_uploader_is_told_what_is_missing(ada, browse, max):
    asset = an_asset(max, kind="deck")
    need_review(ada)
    sent = {"change_note": "Newer", "publish": "true", "file": (io.BytesIO(b"New"), "n.txt")}
    client = browse("max")
    client.post(f"/assets/{asset.slug}/versions", data=sent)
    assert "needs a field review first" in client.get(f"/assets/{asset.slug}/versions").text


def test_an_upload_of_such_a_kind_is_kept_as_a_draft_and_not_lost(ada, max):
    need_review(ada)
    asset = an_asset(max, kind="deck")
    assert (asset.status, asset.current_version) == (Status.DRAFT, None)


def test_a_new_version_of_such_a_kind_waits(ada, max):
    asset = an_asset(max, kind="deck")
    need_review(ada)
    assert a_version(max, asset).is_waiting
    assert assets.get(max, asset.id).current_version.number == 1


def test_a_planned_publication_waits_for_the_review(ada, max, rae):
    need_review(ada)
    draft = a_draft(max, kind="deck")
    with transaction():
        assets.get(max, draft.id).publish_at = days_ago(1)
    for _ in range(2):
        with transaction():
            assert publishing.publish_due() == 0
    assert "was to be published" in notices.listing(max, Listing()).items[0].title
    assert notices.listing(max, Listing()).total == 1
    say(rae, ask(max, draft))
    with transaction():
        assert publishing.publish_due() == 1
    assert assets.get(rae, draft.id).status is Status.PUBLISHED


def test_a_reviewer_reads_the_waiting_version_and_its_file(browse, max, rae):
    asset = an_asset(max)
    a_version(max, asset, "Words of the second", publish=False)
    settle()
    place = f"/assets/{asset.slug}/versions/2/file"
    assert browse("rae").get(place).status_code == 404
    ask(max, asset)
    assert browse("rae").get(place).status_code == 200
    assert "Words of the second" in browse("rae").get(f"/assets/{asset.slug}/review").text


def test_the_form_keeps_what_was_said_when_nobody_is_chosen(browse, max):
    draft = a_draft(max)
    answer = browse("max").post(f"/assets/{draft.slug}/review", data={"note": "Mind page 2"})
    assert answer.status_code == 422 and "Mind page 2" in answer.text
