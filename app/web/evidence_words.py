"""The evidence in words: what was compared, what may be said, and why nothing more."""

from app.evidence.verdict import FEW_COMPARABLE, FEW_REPS, FEW_USED, Reason
from app.models.evidence import EvidenceSnapshot
from app.queries.evidence.reading import Figures, Piece
from app.web.filters import points

PLURALS = {
    "deck": "decks",
    "battlecard": "battlecards",
    "one_pager": "one-pagers",
    "case_study": "case studies",
    "white_paper": "white papers",
    "pricing": "price lists",
    "proposal": "proposals",
    "email_template": "e-mail templates",
    "video": "videos",
}


def why(one: Figures, snapshot: EvidenceSnapshot) -> str:
    """Why it cannot be told, as a clause; "" where there is a verdict."""
    row = one.row
    closed = f"{row.used} closed {'deal' if row.used == 1 else 'deals'}"
    share = snapshot.closed / snapshot.cohort if snapshot.cohort else 0
    words = {
        Reason.FEW_USED: f"{closed} used it in this stage, and it takes {FEW_USED}",
        Reason.FEW_COMPARABLE: f"only {row.comparable} deals like those without it can be found, "
        f"and it takes {FEW_COMPARABLE}",
        Reason.POOR_MATCH: f"only {_percent(one.matched)} of the deals that used it have others "
        "like them, and it takes half",
        Reason.FEW_REPS: f"fewer than {FEW_REPS} people used it on closed deals",
        Reason.FEW_PEERS: "fewer than three other pieces in this stage can be compared, so what "
        "they all have in common cannot be taken out",
        Reason.IMMATURE: f"only {_percent(share)} of these deals are closed, and it takes 90 %: "
        "the quick ones alone would mislead",
        Reason.NO_DIFFERENCE_SEEN: _unseen(one),
    }
    return words[row.reason] if row.reason else ""


def briefly(one: Figures) -> str:
    """The same in a few words, for a list."""
    row = one.row
    needed = f"about {row.more_deals_needed} more deals" if row.more_deals_needed else ""
    words = {
        Reason.FEW_USED: f"{row.used} of {FEW_USED} closed deals",
        Reason.FEW_COMPARABLE: f"{row.comparable} of {FEW_COMPARABLE} comparable deals",
        Reason.POOR_MATCH: f"{_percent(one.matched)} have others like them",
        Reason.FEW_REPS: f"fewer than {FEW_REPS} people",
        Reason.FEW_PEERS: "fewer than 3 peers",
        Reason.IMMATURE: "too many deals still open",
        Reason.NO_DIFFERENCE_SEEN: needed or f"if at all, by less than {points(one.at_most)[1:]}",
    }
    return words[row.reason] if row.reason else ""


def _unseen(one: Figures) -> str:
    if one.row.lift is None:
        return "all deals that can be compared ended alike"
    needed = one.row.more_deals_needed
    if needed:
        return (
            "no difference from its peers was seen; about "
            f"{needed} more closed deals that used it would show one of ten points"
        )
    return (
        "no difference from its peers was seen, with enough deals to see one of ten points: if it "
        f"matters, then by less than about {points(one.at_most).lstrip('+')}"
    )


def _percent(share: float | None) -> str:
    return f"{(share or 0) * 100:.0f} %"


def comparison(piece: Piece, one: Figures) -> str:
    """What was compared and what came out, as sentences; "" where nothing was."""
    row = one.row
    if row.lift is None:
        return ""
    stage = one.stage.name if one.stage else "before the first stage"
    sentences = [
        f"Of {row.matched} deals that used it in {stage}, {row.matched_won} were won; of "
        f"{row.comparable} like them that had not, at the same point of their life, "
        f"{row.comparable_won} were."
    ]
    if row.peer_lift is None or one.peer_interval is None:
        sentences.append(f"Deal for deal that is {points(row.lift)} points.")
    else:
        low, high = one.peer_interval
        others = PLURALS.get(piece.asset.kind.value, "pieces") if row.is_among_kind else "pieces"
        sentences.append(
            f"Other {others} there show {points(row.peer_mean)} points, this one "
            f"{points(row.lift)}: {points(row.peer_lift)} beyond its peers, between "
            f"{points(low)} and {points(high)}."
        )
    return " ".join(sentences)
