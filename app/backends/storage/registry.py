"""The stores that this process can read, and the one that it writes to."""

from pathlib import Path

from app.backends.storage.base import Store
from app.backends.storage.local import open_local

_stores: dict[str, Store] = {}
_writing: list[Store] = []


def open_store(url: str, root: Path) -> Store:
    """The store that a STORAGE_URL names; raises ValueError with a sentence."""
    scheme, _, rest = url.partition(":")
    if scheme == "s3" and rest:
        from app.backends.storage.s3.store import open_s3  # noqa: PLC0415

        return open_s3(url, root)
    if scheme != "file" or not rest:
        raise ValueError(f"{url!r}: no such store. Use file:<folder> or s3://<bucket>/<prefix>.")
    return open_local(rest, root)


def use(store: Store) -> None:
    """Write to this store from now on; others stay readable."""
    _stores[store.name] = store
    _writing[:] = [store]


def current() -> Store:
    """The store that new files go to."""
    return _writing[0]


def named(name: str) -> Store:
    """The store that a row remembers; raises FileNotFoundError when it is not configured."""
    if name not in _stores:
        raise FileNotFoundError(f"the store {name} is not among the settings")
    return _stores[name]
