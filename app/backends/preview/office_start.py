"""Limits this process and becomes LibreOffice."""

import json
import os
import resource
from pathlib import Path

from ..extraction.confinement import landlock

_MEMORY = 4 * 1024 * 1024 * 1024
_LARGEST_FILE = 1024 * 1024 * 1024
_READABLE = (
    "/usr", "/bin", "/lib", "/lib64", "/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache",
    "/etc/passwd", "/etc/nsswitch.conf", "/etc/localtime", "/proc", "/sys/devices/system/cpu",
    "/dev/urandom", "/etc/group", "/var/cache/fontconfig", "/var/lib/libreoffice",
    "/var/spool/libreoffice",
)  # fmt: skip
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{}
</oor:items>
"""
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
# No macro runs, and nothing that a file only points at is fetched.
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


def main(job: str) -> None:
    """Do one job, a JSON object from the parent."""
    wanted = json.loads(job)
    source = Path(wanted["source"])
    profile = source.parent / "profile"
    (profile / "user").mkdir(parents=True)
    items = "\n".join(_ITEM.format(*setting) for setting in _SETTINGS)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items))
    _limit(wanted["seconds"])
    program = Path(wanted["soffice"])
    installed = str(program.resolve().parent.parent)
    # LibreOffice insists on a socket in /tmp, by which a second one would find it.
    landlock.allow_only(
        (*_READABLE, installed),
        (str(source.parent), "/dev/null"),
        for_sockets=("/tmp",),  # noqa: S108
    )
    os.execve(program, _arguments(wanted, profile), _environment(source.parent))  # noqa: S606


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def _arguments(wanted: dict[str, str], profile: Path) -> list[str]:
    place = profile.parent
    return [
        "soffice", "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to", wanted["target"], "--outdir", str(place), wanted["source"],
    ]  # fmt: skip


def _environment(place: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": str(place), "TMPDIR": str(place), "LANG": "C.UTF-8"}
