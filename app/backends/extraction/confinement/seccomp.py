"""Seccomp (Linux): a list of the few system calls a reader needs; all others are refused."""

import ctypes
import os
import struct
import sys

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | 1  # 1: "operation not permitted"

# Offsets in struct seccomp_data (linux/seccomp.h); both processors are little-endian.
_NUMBER, _PROCESSOR, _FIRST_ARGUMENT = 0, 4, 16
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # classic BPF instructions
_X32_CALLS = 0x40000000

# Reading and writing what is already open, memory, signals to itself, time, the end. Nothing
# opens a file, a socket or a process. Numbers are those of the kernel's tables.
_CALLS = {
    "x86_64": {
        "read": 0, "write": 1, "close": 3, "fstat": 5, "poll": 7, "lseek": 8, "mmap": 9,
        "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
        "rt_sigreturn": 15, "ioctl": 16, "pread64": 17, "readv": 19, "writev": 20,
        "sched_yield": 24, "mremap": 25, "madvise": 28, "dup": 32, "getpid": 39, "exit": 60,
        "fcntl": 72, "gettimeofday": 96, "getrusage": 98, "sigaltstack": 131, "gettid": 186,
        "time": 201, "futex": 202, "sched_getaffinity": 204, "restart_syscall": 219,
        "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231,
        "newfstatat": 262, "getrandom": 318, "membarrier": 324, "rseq": 334,
    },
    "aarch64": {
        "read": 63, "write": 64, "close": 57, "fstat": 80, "ppoll": 73, "lseek": 62, "mmap": 222,
        "mprotect": 226, "munmap": 215, "brk": 214, "rt_sigaction": 134, "rt_sigprocmask": 135,
        "rt_sigreturn": 139, "ioctl": 29, "pread64": 67, "readv": 65, "writev": 66,
        "sched_yield": 124, "mremap": 216, "madvise": 233, "dup": 23, "getpid": 172, "exit": 93,
        "fcntl": 25, "gettimeofday": 169, "getrusage": 165, "sigaltstack": 132, "gettid": 178,
        "futex": 98, "sched_getaffinity": 123, "restart_syscall": 128, "clock_gettime": 113,
        "clock_getres": 114, "clock_nanosleep": 115, "exit_group": 94, "newfstatat": 79,
        "getrandom": 278, "membarrier": 283, "rseq": 293,
    },
}  # fmt: skip
_SIGNAL_A_THREAD = {"x86_64": 234, "aarch64": 131}
_PROCESSORS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH_… in linux/audit.h


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def allow_few() -> bool:
    """Install the list for this process; False where the system or a 32-bit Python has none."""
    machine = os.uname().machine
    if not sys.platform.startswith("linux") or machine not in _CALLS or sys.maxsize < 1 << 32:
        return False
    instructions = _filter(machine, os.getpid())
    program = _Program(len(instructions) // 8, instructions)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0)))
    mode = ctypes.c_ulong(_FILTER_MODE)
    return bool(libc.prctl(_SET_SECCOMP, mode, ctypes.byref(program)) == 0)


def _filter(machine: str, process: int) -> bytes:
    """The program: other instruction sets are killed, the listed calls pass, the rest fail."""
    steps = [
        _step(_LOAD, _PROCESSOR),
        _step(_IF_EQUAL, _PROCESSORS[machine], then=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
        _step(_IF_AT_LEAST, _X32_CALLS, otherwise=1),
        _step(_RETURN, _KILL),
    ]
    for number in _CALLS[machine].values():
        steps += [_step(_IF_EQUAL, number, otherwise=1), _step(_RETURN, _ALLOW)]
    steps += [
        # abort() signals its own thread; no other process may be signalled.
        _step(_IF_EQUAL, _SIGNAL_A_THREAD[machine], otherwise=3),
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_IF_EQUAL, process, otherwise=1),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE),
    ]
    return b"".join(steps)


def _step(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    """One instruction of struct sock_filter; the jumps count the steps to leave out."""
    return struct.pack("<HBBI", code, then, otherwise, value)
