"""Insights: which content was used, how those deals ended, and what state the library is in."""

from app.api.actor import current_actor
from app.api.answers.governance import BoardList
from app.api.answers.insights import EvidenceList
from app.api.answers.searches import GapList
from app.api.calls import Calls
from app.inputs.governance import BoardListing
from app.inputs.insights import EvidenceFilter, SearchFilter
from app.queries import evidence as questions
from app.queries import gaps as searched_in_vain
from app.queries.governance import board

calls = Calls("insights", "Insights")


@calls.get("/insights/evidence", responses={200: EvidenceList}, summary="Evidence by piece")
def evidence(query: EvidenceFilter) -> EvidenceList:
    """Counts and raw win rates; no piece is compared yet, so every verdict is `cant_tell`."""
    return EvidenceList.of(questions.evidence(current_actor(), query))


@calls.get("/insights/governance", responses={200: BoardList}, summary="The governance board")
def governance(query: BoardListing) -> BoardList:
    """Every piece with its state, and what the hub would do with it."""
    return BoardList.of(board.board(current_actor(), query))


@calls.get("/insights/gaps", responses={200: GapList}, summary="What is missing")
def gaps(query: SearchFilter) -> GapList:
    """What was searched in vain by the people whose figures the asker may read."""
    return GapList.of(searched_in_vain.gaps(current_actor(), query))
