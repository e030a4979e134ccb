"""Amounts of money: decimal at the doors, minor units inside."""

from decimal import Context, Decimal
from functools import lru_cache
from typing import Annotated

from babel.numbers import get_currency_precision, list_currencies
from pydantic import AfterValidator, Field, model_validator

from app.inputs.fields import Input, Line

LARGEST = 2**63 - 1
_EXACT = Context(prec=60)


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """Every ISO 4217 code there is or was."""
    return frozenset(list_currencies())


def digits(currency: str) -> int:
    """How many decimal places a currency's amounts have: 2 for EUR, 0 for JPY."""
    return get_currency_precision(currency)


def in_words(amount: int | None, currency: str | None) -> tuple[str, str] | None:
    """An amount of minor units as decimal text and its currency: `("125000.00", "EUR")`."""
    if amount is None or currency is None:
        return None
    places = digits(currency)
    return f"{Decimal(amount).scaleb(-places):.{places}f}", currency


def _known(code: str) -> str:
    if code.upper() not in currencies():
        raise ValueError(f"{code} is no currency. Give a code such as EUR or USD")
    return code.upper()


class Money(Input):
    """An amount and its currency."""

    amount: Annotated[Decimal, Field(ge=0, max_digits=40, allow_inf_nan=False)]
    currency: Annotated[Line, Field(max_length=10), AfterValidator(_known)]

    @model_validator(mode="after")
    def _fits(self) -> "Money":
        places = digits(self.currency)
        _, _, exponent = self.amount.normalize(_EXACT).as_tuple()
        if isinstance(exponent, int) and exponent < -places:
            raise ValueError(f"{self.currency} has {places} decimal places; give no more")
        if self.amount.scaleb(places, _EXACT) > LARGEST:
            raise ValueError("this is more money than there is")
        return self

    @property
    def minor(self) -> int:
        """The amount in minor units, such as cents."""
        return int(self.amount.scaleb(digits(self.currency), _EXACT))
