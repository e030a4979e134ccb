"""What runs every minute."""

from app.backends.queue.base import Schedule
from app.worker import reconcile

EVERY_MINUTE: Schedule = {
    "unread_versions": reconcile.unread_versions,
    "the_clock": reconcile.the_clock,
    "leftovers": reconcile.leftovers,
}
