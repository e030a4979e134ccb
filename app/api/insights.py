"""Insights: which content was used, how those deals ended, and what state the library is in."""

from typing import Any

from app.api.actor import current_actor
from app.api.answers.governance import BoardList
from app.api.answers.insights import EvidenceList
from app.api.answers.library_health import LibraryAnswer
from app.api.answers.scoreboard import AdoptionList, CoverageList, ScoreboardAnswer
from app.api.answers.searches import GapList
from app.api.assets import ByAsset
from app.api.calls import Calls, Responses
from app.http import evidence_tables as tables
from app.http.evidence import brought_up_to_date, known
from app.inputs.governance import BoardListing
from app.inputs.insights import (
    CoverageFilter,
    EvidenceListing,
    Period,
    PeriodListing,
    SearchFilter,
)
from app.queries import adoption as taken_up
from app.queries import assets, library_health
from app.queries import coverage as matrix
from app.queries import gaps as searched_in_vain
from app.queries import scoreboard as board_of_four
from app.queries.evidence import reading
from app.queries.evidence.reading import Evidence
from app.queries.governance import board

calls = Calls("insights", "Insights")
TABLE: Responses = {
    200: {"description": "A table.", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


@calls.get("/insights/evidence", responses={200: EvidenceList}, summary="Evidence by piece")
def evidence(query: EvidenceListing) -> EvidenceList:
    """Published or used pieces, those that likely help first; docs/evidence.md defines each figure.

    The figures are at most a minute old. 503 while they are worked out for the first time.
    """
    return EvidenceList.of(fresh(query))


@calls.get("/insights/evidence/<id>/rows.csv", responses=TABLE, summary="Behind an asset's figures")
def evidence_rows(path: ByAsset, query: EvidenceListing) -> Any:
    """Every deal that was compared, one a line: enough to work the figures out again."""
    actor = current_actor()
    return tables.of_rows(actor, query, assets.get(actor, path.id))


def fresh(asked: EvidenceListing) -> Evidence:
    """The evidence as it is now; raises Unavailable while nothing has been worked out."""
    brought_up_to_date(current_actor(), asked)
    return known(reading.evidence(current_actor(), asked))


@calls.get("/insights/scoreboard", responses={200: ScoreboardAnswer}, summary="The scoreboard")
def scoreboard(query: Period) -> ScoreboardAnswer:
    """The four numbers of a survey for this company; 24 months until today unless told."""
    brought_up_to_date(current_actor(), query)
    return ScoreboardAnswer.of(known(board_of_four.scoreboard(current_actor(), query)))


@calls.get("/insights/adoption", responses={200: AdoptionList}, summary="Whom content reaches")
def adoption(query: PeriodListing) -> AdoptionList:
    """Published pieces with their uses and their reach by team."""
    brought_up_to_date(current_actor(), query)
    return AdoptionList.of(known(taken_up.adoption(current_actor(), query)), query)


@calls.get("/insights/coverage", responses={200: CoverageList}, summary="The coverage matrix")
def coverage(query: CoverageFilter) -> CoverageList:
    """How many current pieces there are for both of two properties, such as stage and segment."""
    return CoverageList.of(matrix.coverage(current_actor(), query))


@calls.get("/insights/governance", responses={200: BoardList}, summary="The governance board")
def governance(query: BoardListing) -> BoardList:
    """Every piece with its state, and what the hub would do with it."""
    return BoardList.of(board.board(current_actor(), query))


@calls.get("/insights/library", responses={200: LibraryAnswer}, summary="Library health")
def library(query: Period) -> LibraryAnswer:
    """Published pieces as they are now by kind, and what was done in the period by month."""
    return LibraryAnswer.of(library_health.library_health(current_actor(), query))


@calls.get("/insights/gaps", responses={200: GapList}, summary="What is missing")
def gaps(query: SearchFilter) -> GapList:
    """What was searched in vain by the people whose figures the asker may read."""
    return GapList.of(searched_in_vain.gaps(current_actor(), query))
