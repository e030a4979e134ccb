"""A child that has locked itself can do nothing but read what it was given and answer."""

import subprocess
import sys
from pathlib import Path

import pytest

import app
from app.backends.extraction.confinement import MECHANISMS
from app.backends.extraction.formats.document import TOO_LARGE
from app.backends.extraction.parent import TOO_SLOW, Bounds, ExtractionFailed, Limits, confinement

ROOT = str(Path(app.__file__).parent.parent)
LOCKED = [name for name in ("landlock", "seccomp") if confinement()[name]]
needs_a_lock = pytest.mark.skipif(not LOCKED, reason="this kernel has no landlock and no seccomp")

ATTEMPTS = {
    "open a socket and connect": "socket.socket().connect(('127.0.0.1', 9))",
    "read a file": "open('/etc/passwd').read()",
    "read its own program": "open(sys.executable, 'rb').read()",
    "list a folder": "os.listdir('/')",
    "write a file": "open(FILE, 'w').write('x')",
    "remove a file": "os.unlink(FILE)",
    "fork": "os.fork() or os._exit(0)",
    "start a program": "os.execv('/bin/true', ['true'])",
    "signal its parent": "os.kill(os.getppid(), 0)",
    "raise its own limits": "resource.setrlimit(resource.RLIMIT_CPU, (999, 999))",
}
PROGRAM = """
import ctypes, os, resource, socket, sys
FILE = {file!r}
sys.path.insert(0, {root!r})
from app.backends.extraction import confinement
mechanisms = {mechanisms!r}
if mechanisms == ["landlock"]:
    confinement.landlock.deny_files()
elif mechanisms == ["seccomp"]:
    confinement.seccomp.allow_few()
elif not mechanisms:
    confinement.confine(confinement.Limits())
try:
    {attempt}
except OSError as error:
    print("refused", error.errno)
except ValueError:
    print("refused")
else:
    print("done")
sys.stdout.flush()
os._exit(0)
"""


def trying(attempt: str, tmp_path, *mechanisms: str) -> str:
    file = tmp_path / "precious"
    file.write_text("keep")
    program = PROGRAM.format(
        file=str(file), root=ROOT, mechanisms=list(mechanisms), attempt=attempt
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert file.read_text() == "keep"
    return ran.stdout or ran.stderr


@needs_a_lock
@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_a_locked_child_cannot(attempt, tmp_path):
    assert trying(attempt, tmp_path).startswith("refused")


@pytest.mark.parametrize("mechanism", LOCKED)
def test_each_lock_alone_keeps_files_out_of_reach(mechanism, tmp_path):
    attempt = ATTEMPTS["read a file"]
    assert trying(attempt, tmp_path, mechanism).startswith("refused")


def test_the_attempts_do_succeed_without_a_lock(tmp_path):
    assert trying(ATTEMPTS["read a file"], tmp_path, "none", "at all") == "done\n"


def test_the_mechanisms_are_reported_by_name():
    assert tuple(confinement()) == MECHANISMS
    assert confinement()["rlimits"] is True


def test_a_file_that_wants_too_much_memory_says_so(read):
    with pytest.raises(ExtractionFailed, match="holds more than can be read") as failure:
        read(b"words " * 2_000_000, "long.txt", Bounds(limits=Limits(memory=64 * 1024 * 1024)))
    assert failure.value.detail == "memory"


def test_a_file_that_takes_too_long_on_the_processor_says_so(reason):
    slow = rb"{\rtf1 " + rb"\b slow " * 3_000_000 + b"}"
    assert reason(slow, "slow.rtf", Bounds(limits=Limits(cpu_seconds=1))) == TOO_SLOW


def test_a_file_that_takes_too_long_on_the_clock_says_so(reason):
    assert reason(b"words", "slow.txt", Bounds(seconds=0.001)) == TOO_SLOW


def test_more_output_than_is_taken_says_so(reason):
    assert reason(b"words " * 1_000, "long.txt", Bounds(most_output=1_000)) == TOO_LARGE


def test_more_text_than_is_taken_says_so(reason):
    assert reason(b"words " * 1_000, "long.txt", Bounds(most_text=1_000)) == TOO_LARGE
