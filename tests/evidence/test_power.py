"""How many deals it takes, against statsmodels."""

from math import sqrt

import pytest
from statsmodels.stats.power import normal_power_het

from app.evidence.power import used_deals_needed


@pytest.mark.parametrize("base", [0.1, 0.3, 0.5, 0.8, 0.95])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_so_many_deals_have_the_power_and_one_fewer_has_not(base, share):
    needed, other = used_deals_needed(base, share), base + (0.1 if base <= 0.9 else -0.1)
    spread = sqrt(other * (1 - other) + base * (1 - base) * share / (1 - share))
    powers = [normal_power_het(0.1, n, 0.05, spread, spread) for n in (needed, needed - 1)]
    assert powers[0] >= 0.8 > powers[1] - 1e-9


def test_an_even_chance_and_arms_of_one_size_worked_out_by_hand():
    # (1.95996 + 0.84162)² = 7.84888; times (0.6·0.4 + 0.5·0.5)/0.01 = 49: 384.6.
    assert used_deals_needed(0.5, 0.5) == 385
