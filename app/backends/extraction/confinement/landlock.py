"""Landlock (Linux 5.13): no file can be opened, made or changed, no port bound or reached."""

import ctypes
import sys

_CREATE_RULESET, _RESTRICT_SELF = 444, 446  # the same on every processor
_ASK_VERSION = 1
_SET_NO_NEW_PRIVILEGES = 38

# From linux/landlock.h: how many file rights each version knows, from the lowest bit on.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_FILE_RIGHTS_NOW = 16
_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = [
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    ]


def deny_files() -> bool | str:
    """Deny everything the running version can deny; its name, or False where there is none."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION))
    if version < 1:
        return False
    rules = _Ruleset(
        (1 << _FILE_RIGHTS.get(version, _FILE_RIGHTS_NOW)) - 1,
        _BIND_AND_CONNECT if version >= 4 else 0,
        _ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )
    size = ctypes.c_size_t(24 if version >= 6 else 16 if version >= 4 else 8)
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), size, ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    libc.prctl(_SET_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0)))
    held = libc.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0)) == 0
    return f"version {version}" if held else False
