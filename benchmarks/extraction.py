"""How fast text comes out of a folder of files: python -m benchmarks.extraction FOLDER [RESULTS].

Reads every file in two threads, as an import does, and prints files a second, the processor time
a file and the slowest ones. RESULTS (results.jsonl) takes a line a file: status and text.
"""

import json
import resource
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.backends.extraction.parent import Extract, ExtractionFailed, extract


def read(folder: Path, file: Path) -> dict[str, object]:
    """One line of the results."""
    started = time.perf_counter()
    line: dict[str, object] = {"file": str(file.relative_to(folder))}
    try:
        line |= {"status": "ok", **_words(extract(file, file.name))}
    except ExtractionFailed as failure:
        line |= {"status": "refused", "reason": str(failure), "detail": failure.detail}
    except Exception as error:
        line |= {"status": "error", "reason": repr(error)}
    return {**line, "seconds": round(time.perf_counter() - started, 3)}


def _words(found: Extract | None) -> dict[str, object]:
    if found is None:
        return {"text": "", "pages": 0}
    words = (f"{page.title}\n{page.text}\n{page.speaker_notes}" for page in found.pages)
    titles = [page.title for page in found.pages[:5]]
    return {"text": "\n".join(words), "pages": len(found.pages),
            "title": found.title, "titles": titles}  # fmt: skip


def main(folder: Path, results: Path | None) -> None:
    """Read the folder, write the results, print the figures."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    started, used = time.perf_counter(), _processor()
    with ThreadPoolExecutor(2) as workers:
        lines = list(workers.map(lambda file: read(folder, file), files))
    seconds, used = time.perf_counter() - started, _processor() - used
    if results:
        results.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    print(f"{len(files)} files in {seconds:.1f} s: {len(files) / seconds:.1f} files a second")
    print(f"{1000 * used / len(files):.0f} ms of processor a file")
    print(dict(Counter(str(line["status"]) for line in lines)))
    for line in sorted(lines, key=lambda line: -float(str(line["seconds"])))[:8]:
        print(f"{line['seconds']:>8} s  {line['status']:8} {line['file']}")


def _processor() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
