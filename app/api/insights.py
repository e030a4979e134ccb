"""Insights: which content was used, and how those deals ended."""

from app.api.actor import current_actor
from app.api.answers.insights import EvidenceList
from app.api.calls import Calls
from app.inputs.insights import EvidenceFilter
from app.queries import evidence as questions

calls = Calls("insights", "Insights")


@calls.get("/insights/evidence", responses={200: EvidenceList}, summary="Evidence by piece")
def evidence(query: EvidenceFilter) -> EvidenceList:
    """Counts and raw win rates; no piece is compared yet, so every verdict is `cant_tell`."""
    return EvidenceList.of(questions.evidence(current_actor(), query))
