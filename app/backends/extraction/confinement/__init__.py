"""Takes from the reading process what it does not need, by every means the system has."""

import resource
from typing import NamedTuple

from . import landlock, seccomp

MECHANISMS = ("rlimits", "landlock", "seccomp")


class Limits(NamedTuple):
    """What one file may cost: bytes of address space, seconds of processor, open files."""

    memory: int = 512 * 1024 * 1024
    cpu_seconds: int = 60
    open_files: int = 32


def confine(limits: Limits) -> dict[str, bool | str]:
    """Lock this process for good and say which mechanisms hold; those missing are False."""
    held = (_limit_resources(limits), landlock.deny_files(), seccomp.allow_few())
    return dict(zip(MECHANISMS, held, strict=True))


def _limit_resources(limits: Limits) -> bool:
    seconds = limits.cpu_seconds
    return all(
        [
            _limit(resource.RLIMIT_AS, limits.memory),
            _limit(resource.RLIMIT_NOFILE, limits.open_files),
            _limit(resource.RLIMIT_NPROC, 0),
            _limit(resource.RLIMIT_FSIZE, 0),
            _limit(resource.RLIMIT_CORE, 0),
            # At the soft limit comes a signal of its own, by which the parent knows why.
            _limit(resource.RLIMIT_CPU, seconds, hard=seconds + 1),
        ]
    )


def _limit(kind: int, most: int, hard: int | None = None) -> bool:
    """Set one limit; one that stands lower already is kept, for only root could raise it."""
    _, standing = resource.getrlimit(kind)
    top = most if hard is None else hard
    if standing != resource.RLIM_INFINITY:
        top = min(top, standing)
    try:
        resource.setrlimit(kind, (min(most, top), top))
    except (OSError, ValueError):
        return False
    return True
