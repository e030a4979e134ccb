"""The child's work: import the one reader, lock the process, read the file, answer in JSON."""

import importlib
import json
import os
import sys
from typing import BinaryIO

from .confinement import Limits, confine
from .formats.document import DAMAGED, TOO_DEEP, TOO_LARGE, Document, Reader, Refused

READERS = {
    "pptx": "pptx.read",
    "docx": "docx.read",
    "xlsx": "xlsx.read",
    "pdf": "pdf.read",
    "text": "text.read",
    "markdown": "text.read_markdown",
    "html": "html.read",
    "svg": "html.read_svg",
    "rtf": "rtf.read",
    "odt": "odf.read_text",
    "odp": "odf.read_slides",
    "ods": "odf.read_sheets",
    "xls": "xls.read",
    "xlsb": "xls.read_binary",
    "doc": "doc.read",
    "ppt": "ppt.read",
    "locked": "locked.read",
}


def main(job: str) -> None:
    """Do one job, a JSON object from the parent, and end the process."""
    wanted = json.loads(job)
    reader = load(wanted["reader"]) if wanted["reader"] else None
    mechanisms = confine(Limits(**wanted["limits"]))
    if reader is None:
        answer: dict[str, object] = {"confinement": mechanisms}
    else:
        answer = read(reader, sys.stdin.buffer, Document(wanted["most_pages"], wanted["most_text"]))
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    sys.stdout.buffer.flush()
    os._exit(0)


def load(reader: str) -> Reader:
    """Import one reader and what it needs; the others' libraries would only cost time."""
    module, _, function = READERS[reader].rpartition(".")
    found: Reader = getattr(importlib.import_module(f"{__package__}.formats.{module}"), function)
    return found


def read(reader: Reader, file: BinaryIO, document: Document) -> dict[str, object]:
    """Whatever the file does to the reader, an answer: its pages, or why there are none."""
    try:
        reader(file, document)
    except Refused as refusal:
        return {"refused": str(refusal), "detail": repr(refusal.__cause__)}
    except MemoryError:
        return {"refused": TOO_LARGE, "detail": "memory"}
    except RecursionError:
        return {"refused": TOO_DEEP, "detail": "recursion"}
    # A reader's own fault shall look no worse than a broken file; a Rust panic is no Exception.
    except BaseException as error:
        return {"refused": DAMAGED, "detail": f"{_place(error)}: {error!r}"}
    return {"title": document.title, "pages": document.pages}


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""
