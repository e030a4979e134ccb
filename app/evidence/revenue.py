"""What won deals were worth, three ways that are never added up, in minor units by currency."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.evidence.mantel_haenszel import Difference
from app.evidence.normal import interval


@dataclass(frozen=True, slots=True)
class Worth:
    """What a deal is worth; `assets` are the distinct ones genuinely used on it, in order."""

    amount: int
    currency: str
    is_won: bool
    assets: Sequence[int]


@dataclass(slots=True)
class Touched:
    """Won deals with a use of an asset; `counted` is for how many assets they count in all."""

    amount: int = 0
    deals: int = 0
    counted: int = 0


@dataclass(slots=True)
class Revenue:
    """An asset's lines by currency: of the won deals it touched, and its share of their amounts.

    `used` are the closed deals of the currency that used it, whatever their end.
    """

    touched: dict[str, Touched] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Won:
    """All that was won in a currency, and what of it no use was tracked on."""

    amount: int = 0
    untracked: int = 0


@dataclass(frozen=True, slots=True)
class Extra:
    """Estimated extra wins in deals, with their interval, and what they are worth by currency."""

    deals: float
    interval: tuple[float, float]
    amounts: Mapping[str, int]


def by_asset(deals: Iterable[Worth]) -> tuple[dict[int, Revenue], dict[str, Won]]:
    """The touched and the shared lines of every asset, and what was won in all.

    The shares of a currency and its untracked amount add up to what was won.
    """
    found: dict[int, Revenue] = {}
    won: dict[str, Won] = {}
    for deal in deals:
        for asset in deal.assets:
            if asset not in found:
                found[asset] = Revenue()
            used = found[asset].used
            used[deal.currency] = used.get(deal.currency, 0) + 1
        if deal.is_won:
            _add_won(deal, found, won.setdefault(deal.currency, Won()))
    return found, won


def _add_won(deal: Worth, found: Mapping[int, Revenue], won: Won) -> None:
    won.amount += deal.amount
    if not deal.assets:
        won.untracked += deal.amount
    counted = len(deal.assets)
    for asset, part in zip(deal.assets, shares(deal.amount, counted), strict=True):
        revenue = found[asset]
        revenue.shared[deal.currency] = revenue.shared.get(deal.currency, 0) + part
        if deal.currency not in revenue.touched:
            revenue.touched[deal.currency] = Touched()
        touched = revenue.touched[deal.currency]
        touched.amount += deal.amount
        touched.deals += 1
        touched.counted += counted


def shares(amount: int, among: int) -> list[int]:
    """An amount cut into equal whole parts; the first get one more where it does not divide.

    The method of largest remainders: all remainders are the same here, so the order decides.
    """
    if not among:
        return []
    part, rest = divmod(amount, among)
    return [part + (place < rest) for place in range(among)]


def extra(shown: Difference, used: int, revenue: Revenue) -> Extra:
    """The shown lift times the used deals; in money, at the mean of the won deals it was used on.

    A currency's part is that of its closed deals among those that used the asset.
    """
    low, high = interval(shown.lift, shown.variance)
    deals = shown.lift * used
    counted = sum(revenue.used.values())
    amounts = {
        currency: round(deals * revenue.used[currency] / counted * touched.amount / touched.deals)
        for currency, touched in sorted(revenue.touched.items())
    }
    return Extra(deals, (low * used, high * used), amounts)
