"""Finds what is due by looking at the rows, whatever became of the tasks."""

import logging

from app.backends.queue import registry as queueing
from app.backends.storage import registry as storing
from app.db import session, transaction
from app.queries import duplicates, example, recalls
from app.queries import tallies as questions
from app.services import (
    idempotency,
    indexing,
    mailing,
    publishing,
    reading,
    recall_news,
    retirement,
    search_judging,
    search_log,
    sessions,
    sign_in,
    tallies,
)
from app.services import reminders as review_dates
from app.services.example import loading

log = logging.getLogger(__name__)
AT_ONCE = 200
FULL = 1000
STAGED_FOR = 24 * 3600.0


def unread_versions() -> None:
    """Ask again for every version that nobody has read, once the queue has nothing more to do."""
    try:
        queue = queueing.current()
        for version_id in () if queue.waiting() else reading.unread(AT_ONCE):
            queue.enqueue("read_version", version_id)
    finally:
        session.remove()


def uncompared_versions() -> None:
    """Ask again for every version whose pages nobody has compared, once the queue is empty."""
    try:
        queue = queueing.current()
        for version_id in () if queue.waiting() else duplicates.uncompared(AT_ONCE):
            queue.enqueue("compare_version", version_id)
    finally:
        session.remove()


def the_example() -> None:
    """Go on with the example company where it is wanted and not whole yet."""
    try:
        wanted = example.arrival()
        if wanted is None or wanted.is_whole:
            return
        if loading.next_step() is None:
            with transaction():
                loading.finish()
        elif not queueing.current().waiting():
            queueing.current().enqueue("load_example", 1)
    finally:
        session.remove()


def the_clock() -> None:
    """Publish what is due, retire what is over."""
    try:
        with transaction():
            publishing.publish_due()
            retirement.retire_expired()
    finally:
        session.remove()


def what_to_tell() -> None:
    """Ask again for every recall whose holders were not told and every e-mail that was not sent."""
    try:
        queue = queueing.current()
        if queue.waiting() < FULL:
            for recall_id in recalls.untold(AT_ONCE):
                queue.enqueue("tell_recall", recall_id)
            for notice_id in mailing.waiting(AT_ONCE):
                queue.enqueue("send_mail", notice_id)
    finally:
        session.remove()


def reminders() -> None:
    """Tell owners what is to be looked at, and holders what is still to be replaced."""
    try:
        for work in (mailing.give_up_cut_short, review_dates.remind, recall_news.remind):
            with transaction():
                work()
    finally:
        session.remove()


def the_tallies() -> None:
    """Count views, uses and open deals anew; counting is slow, so outside any transaction."""
    try:
        counted = questions.counted()
        with transaction(is_light=True):
            tallies.keep(counted)
    finally:
        session.remove()


def the_searches() -> None:
    """Judge what was searched."""
    try:
        with transaction(is_light=True):
            search_judging.judge()
    finally:
        session.remove()


def popular_searches() -> None:
    """Count what is searched often; counting is slow, so outside any transaction."""
    try:
        counted = search_judging.popular()
        with transaction(is_light=True):
            search_judging.keep_popular(counted)
    finally:
        session.remove()


def leftovers() -> None:
    """Remove what nobody needs any more."""
    try:
        with transaction():
            indexing.compact()
            sign_in.forget_old_attempts()
            sessions.forget_old()
            idempotency.forget_old()
            search_log.forget_old()
        storing.current().sweep(STAGED_FOR)
    finally:
        session.remove()
