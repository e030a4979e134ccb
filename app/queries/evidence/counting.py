"""How often an asset was used, and on how many deals: what every use changes."""

from collections.abc import Mapping
from typing import Any

from app.queries.evidence.loading import BEFORE_ANY_STAGE, Ground


def of_asset(found: Ground, asset: int) -> dict[str, Any]:
    """An asset's counts at all stages, as columns."""
    used = found.uses[asset]
    numbers = set().union(*used.values())
    return {
        "asset_id": asset,
        "uses": sum(len(by_deal) for by_deal in used.values()),
        "deals": len(numbers),
        "reps": len({use.person for by_deal in used.values() for use in by_deal.values()}),
        "closed": len(numbers & found.closed),
        "wins": len(numbers & found.won),
        "current": len(found.current.get(asset, ())),
    }


def of_row(found: Ground, asset: int, stage: int) -> dict[str, Any]:
    """An asset's counts at a stage, as columns; 0 stands for before any stage."""
    by_deal = found.uses[asset][stage]
    return {
        "asset_id": asset,
        "stage_id": stage or None,
        "deals": len(by_deal),
        "reps": len({use.person for use in by_deal.values()}),
        "closed": len(by_deal.keys() & found.closed),
        "wins": len(by_deal.keys() & found.won),
        "late": sum(use.is_late for use in by_deal.values()),
    }


def own_stage(used: Mapping[int, int]) -> int:
    """The stage that stands for an asset: with most used deals, of equal ones the first.

    Before any stage only where there is no other.
    """
    return max(sorted(used), key=lambda stage: (stage != BEFORE_ANY_STAGE, used[stage]))
