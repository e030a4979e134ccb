"""Landlock (Linux 5.13): no file can be opened, made or changed, no port bound or reached."""

import ctypes
import os
import stat
import sys
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every processor
_PATH_BENEATH = 1
_ASK_VERSION = 1
_SET_NO_NEW_PRIVILEGES = 38

# From linux/landlock.h: how many file rights each version knows, from the lowest bit on.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_FILE_RIGHTS_NOW = 16
_READ = 0b1101  # execute, read a file, list a folder
_MAKE_SOCKETS = 1 << 9 | 1 << 5  # and remove what is there
_OF_A_FILE = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15  # those that mean something for no folder
_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = [
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    ]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("path", ctypes.c_int32)]


def deny_files() -> bool | str:
    """Deny everything the running version can deny; its name, or False where there is none."""
    return allow_only((), ())


def allow_only(
    readable: Iterable[str], writable: Iterable[str], for_sockets: Iterable[str] = ()
) -> bool | str:
    """Deny the same, but for what is at or below these paths; those that do not exist are skipped.

    What is readable can be run, too. Sockets that are files can be made and removed in the last.
    Holds for every program that this process becomes or starts.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    if version < 1:
        return False
    files = (1 << _FILE_RIGHTS.get(version, _FILE_RIGHTS_NOW)) - 1
    rules = _Ruleset(
        files,
        _BIND_AND_CONNECT if version >= 4 else 0,
        _ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )
    size = ctypes.c_size_t(24 if version >= 6 else 16 if version >= 4 else 8)
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), size, ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    granted = ((readable, _READ & files), (writable, files), (for_sockets, _MAKE_SOCKETS & files))
    for paths, rights in granted:
        for path in paths:
            _allow(libc, ruleset, path, rights)
    libc.prctl(_SET_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0)))
    held = libc.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)) == 0
    os.close(ruleset)
    return f"version {version}" if held else False


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not stat.S_ISDIR(os.fstat(opened).st_mode):
        rights &= _OF_A_FILE
    rule = _Beneath(rights, opened)
    libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), ctypes.c_uint32(0))
    os.close(opened)
