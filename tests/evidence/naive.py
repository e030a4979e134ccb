"""The comparison once more, slowly and plainly, as docs/evidence.md tells it: a second opinion."""

from datetime import UTC, datetime

DAY = 86_400
BINS = [(0, 3), (3, 8), (8, 15), (15, 31), (31, 60)]
ORDER = ["half", "size", "3", "1", "0", "segment"]


def stage_at(deal, moment):
    """The stage a deal is in; none once it is closed."""
    there = [stage for stage, at in deal.entries if at <= moment]
    return there[-1] if there and moment < deal.ended else None


def bin_end(deal, stage, number):
    """When a bin ends for a deal, none where it is not in the stage by then."""
    entered = next((at for one, at in deal.entries if one == stage), None)
    if entered is None:
        return None
    start, end = (entered + day * DAY for day in BINS[number])
    if number < 4:
        return end if stage_at(deal, end) == stage else None
    if stage_at(deal, start) != stage:
        return None
    leaves = [at for one, at in deal.entries if at > start and one != stage] + [deal.ended]
    return min(end, leaves[0])


def key(deal, stage, number, asset, uses):
    """What a deal shares with those like it."""
    entered = next(at for one, at in deal.entries if one == stage)
    start = entered + BINS[number][0] * DAY
    others = {
        other
        for other, of_asset in uses.items()
        for by_deal in of_asset.values()
        if other != asset and deal.number in by_deal and by_deal[deal.number].at < start
    }
    level = [0, 1, 1, 2, 2][len(others)] if len(others) < 5 else 3
    day = datetime.fromtimestamp(entered // DAY * DAY, UTC)
    return {
        "segment": deal.segment,
        "size": deal.size,
        "half": (day.year, day.month > 6),
        "content": level,
    }


def strata(deals, uses, asset, stage):
    """The strata of a row, each as (bin, used, comparable) of deals' numbers."""
    closed = {deal.number: deal for deal in deals}
    first = {}
    for by_deal in uses[asset].values():
        for number, use in by_deal.items():
            first[number] = min(use.at, first.get(number, use.at))
    done, found = set(), []
    for number in range(5):
        used, comparable = used_in(closed, uses[asset][stage], stage, number), {}
        cells = {tuple(key(closed[d], stage, number, asset, uses).items()) for d in used}
        for deal in deals:
            end = bin_end(deal, stage, number)
            if end is None or deal.number in done or deal.number in used:
                continue
            if deal.number in first and first[deal.number] <= end:
                continue
            cell = tuple(key(deal, stage, number, asset, uses).items())
            if cell in cells:
                comparable[deal.number] = cell
        done |= set(comparable)
        keyed = {d: tuple(key(closed[d], stage, number, asset, uses).items()) for d in used}
        found += [(number, *one) for one in merge(keyed, comparable)]
    return found


def used_in(closed, by_deal, stage, number):
    """The deals whose first use in the stage falls in a bin, and that are there at its end."""
    used = set()
    for name, use in by_deal.items():
        if name not in closed:
            continue
        entered = next((at for one, at in closed[name].entries if one == stage), None)
        if entered is None:
            continue
        low, high = BINS[number]
        days = (use.at - entered) / DAY
        is_here = low <= days < (high if number < 4 else 10**9)
        if is_here and bin_end(closed[name], stage, number) is not None:
            used.add(name)
    return used


def merge(used, comparable):
    """Cells merged a step at a time until both arms have five."""
    left = [(d, dict(cell), "used") for d, cell in used.items()]
    left += [(d, dict(cell), "comparable") for d, cell in comparable.items()]
    for step in [None, *ORDER]:
        for _, cell, _ in left:
            coarsen(cell, step)
        groups = {}
        for one in left:
            groups.setdefault(tuple(sorted(one[1].items())), []).append(one)
        left = []
        for group in groups.values():
            arms = by_arm(group)
            if min(map(len, arms)) >= 5:
                yield arms
            else:
                left += group
    arms = by_arm(left)
    if all(arms):
        yield arms


def coarsen(cell, step):
    """Tell one thing less of a deal."""
    if step in ("half", "size", "segment"):
        cell.pop(step)
    elif step == "3":
        cell["content"] = min(cell["content"], 2)
    elif step == "1":
        cell["content"] = min(cell["content"], 1)
    elif step == "0":
        cell.pop("content")


def by_arm(group):
    """The used and the comparable of a group."""
    return tuple(
        frozenset(d for d, _, arm in group if arm == name) for name in ("used", "comparable")
    )
