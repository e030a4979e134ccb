"""The contract of a queue: a task is a name and the id of its subject."""

from collections.abc import Callable, Mapping
from typing import Protocol

Tasks = Mapping[str, Callable[[int], None]]


class Queue(Protocol):
    """Takes tasks now and gives them to a worker soon, or never: rows are the truth."""

    def enqueue(self, name: str, subject_id: int) -> None:
        """Ask that this be done; a task may be done twice."""

    def waiting(self) -> int:
        """How many tasks nobody has begun."""

    def work(self, tasks: Tasks, threads: int) -> None:
        """Do tasks until this process is told to stop."""
