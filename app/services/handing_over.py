"""What belonged to somebody who left goes to their team."""

from sqlalchemy import select

from app.choices import NoticeKind, Status
from app.clock import now
from app.db import session
from app.models.asset import Asset
from app.models.person import User
from app.queries import people
from app.services import audit, indexing, notices
from app.services.notices import News

NAMED = 20


def hand_over(actor: User | None, person: User) -> User | None:
    """Give the pieces that are not retired to the heir; answers who, or none where nobody can.

    Without an heir they stay, and the governance board shows an owner who is not active.
    """
    owned = select(Asset).where(Asset.owner_id == person.id, Asset.status != Status.RETIRED)
    assets = session.scalars(owned.order_by(Asset.id)).all()
    heir = people.heir_of(person)
    if heir is None or not assets:
        return None
    for asset in assets:
        asset.owner = heir
        audit.record(actor, "asset.handed_over", asset, {"from": person.email, "to": heir.email})
        indexing.changed(asset)
    notices.tell(heir, _news(person, [asset.title for asset in assets]))
    return heir


def _news(person: User, titles: list[str]) -> News:
    count = len(titles)
    pieces = "one piece" if count == 1 else f"{count} pieces"
    lines = [f"“{title}”" for title in titles[:NAMED]]
    if count > NAMED:
        lines.append(f"and {count - NAMED} more")
    return News(
        NoticeKind.HAND_OVER,
        f"{person.id} {now()}",
        f"You now look after {pieces} of {person.name}",
        "\n".join(lines),
        "/reviews",
    )
