"""Who the token belongs to."""

from app.api.actor import current_actor
from app.api.answers.people import MeAnswer
from app.api.calls import Calls

calls = Calls("me", "People")


@calls.get("/me", responses={200: MeAnswer}, summary="Who am I")
def me() -> MeAnswer:
    """The person whose token was sent."""
    return MeAnswer.of(current_actor())
