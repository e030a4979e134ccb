"""What can go wrong in the house, each with its status and a sentence that says what to do."""

from collections.abc import Iterator, Mapping, Sequence


class HubError(Exception):
    """A refusal that a person is told about; `detail` is a plain sentence."""

    status = 500
    title = "Something went wrong"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotFound(HubError):
    """It is not there, or the asker may not know that it is."""

    status = 404
    title = "Not found"

    def __init__(self, detail: str = "There is nothing here that you may see.") -> None:
        super().__init__(detail)


class Forbidden(HubError):
    """The asker can see it and may not do this with it."""

    status = 403
    title = "Not allowed"


class Conflict(HubError):
    """It does not go together with the state things are in."""

    status = 409
    title = "Not in this state"


class Duplicate(Conflict):
    """The same bytes are here already; `asset_id` and `slug` say where."""

    title = "Already here"

    def __init__(self, detail: str, asset_id: int, slug: str) -> None:
        super().__init__(detail)
        self.asset_id = asset_id
        self.slug = slug


class Stale(HubError):
    """It has changed since the sender last looked."""

    status = 412
    title = "Changed meanwhile"


class TooLarge(HubError):
    """More than the hub takes."""

    status = 413
    title = "Too large"


class Invalid(HubError):
    """What was sent is not right; `fields` has the messages by field, "" for the whole."""

    status = 422
    title = "Please check what you entered"

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        self.fields = {name: list(messages) for name, messages in fields.items()}
        super().__init__(" ".join(self._sentences()))

    def _sentences(self) -> Iterator[str]:
        for name, messages in self.fields.items():
            label = name.replace("_", " ").capitalize()
            yield from (f"{label}: {one}" if name not in ("", "file") else one for one in messages)


class TooMany(HubError):
    """Too often; `retry_after` is in seconds."""

    status = 429
    title = "Too many tries"

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Unavailable(HubError):
    """A part of the hub is not ready; trying again later helps."""

    status = 503
    title = "Not ready"
