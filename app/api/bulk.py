"""Lists of changes: right items go in, wrong ones are told, each by itself."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.api.answers.deals import BulkAnswer, ItemAnswer
from app.api.once import transaction
from app.db import attempt
from app.errors import HubError
from app.http.errors import document, messages

Model = TypeVar("Model", bound=BaseModel)


def each(
    items: Sequence[Any],
    model: type[Model],
    work: Callable[[Model], tuple[int, bool]],
) -> BulkAnswer:
    """Do the work for every item; it answers the row's id and whether it is new."""
    with transaction():
        return BulkAnswer(
            items=[_one(index, item, model, work) for index, item in enumerate(items)]
        )


def _one(
    index: int,
    item: Any,
    model: type[Model],
    work: Callable[[Model], tuple[int, bool]],
) -> ItemAnswer:
    try:
        asked = model.model_validate(item)
        with attempt():
            row_id, is_new = work(asked)
    except ValidationError as wrong:
        return _refused(index, messages(wrong))
    except HubError as problem:
        return _refused(index, problem)
    return ItemAnswer(index=index, status=201 if is_new else 200, id=row_id)


def _refused(index: int, problem: HubError) -> ItemAnswer:
    return ItemAnswer(index=index, status=problem.status, problem=document(problem))
