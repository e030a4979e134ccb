"""What is said of a kind of asset."""

from typing import Annotated

from pydantic import Field

from app.inputs.fields import Input


class KindChange(Input):
    """How many days a review is good for, and whether the field looks at it first."""

    review_days: Annotated[int, Field(ge=1, le=3650)]
    needs_field_review: bool = False
