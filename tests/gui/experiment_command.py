"""A stand-in for ``hera-desktop experiment``, run as a process of its own: it writes an outcome row by row, tells its
progress, goes on where it was stopped, and ends at Ctrl+C with what it has. Where the strategy is ``waiting`` it stops
at half until a file FILE.go is there. It imports nothing of the program's."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

PAUSE = 0.01
stopped: list[int] = []


def main(words: list[str]) -> int:
    signal.signal(signal.SIGINT, lambda number, frame: stopped.append(number))
    name, out = words[1], Path(words[words.index("--out") + 1])
    if "broken" in words:
        sys.stderr.write("a warning that nobody waits for\nstrategy 'broken' is unknown\n")
        return 2
    if "stubborn" in words:
        while True:
            time.sleep(1)
    count = int(words[words.index("--limit") + 1]) if "--limit" in words else 3
    rows = json.loads(out.read_text())["data"]["rows"] if out.exists() else []
    while len(rows) < count and not stopped:
        while "waiting" in words and 2 * len(rows) >= count and not stopped and not out.with_suffix(".go").exists():
            time.sleep(PAUSE)  # half done, until somebody has looked
        rows.append(len(rows))
        write(out, name, words, rows, len(rows) == count)
        sys.stderr.write(json.dumps({"what": f"record {len(rows)}", "share": len(rows) / count}) + "\n")
        sys.stderr.flush()
        time.sleep(PAUSE)
    return 130 if stopped else 0


def write(out: Path, name: str, words: list[str], rows: list[int], finished: bool) -> None:
    curve = {"name": "effect", "x": [1.0 + row for row in rows], "y": [0.5 * row for row in rows]}
    document = {
        "kind": "hera-desktop experiment",
        "experiment": name,
        "title": "Target edits",
        "settings": {"limit": len(rows), "words": words},
        "tables": [
            {
                "title": "Records",
                "columns": ["record", "effect"],
                "rows": [[f"record {row}", f"{0.5 * row:.2f}"] for row in rows],
                "note": "made by a stand-in",
            }
        ],
        "plots": [{"title": "Effect", "x": "record", "y": "effect", "curves": [curve], "limits": [["limit", 1.0]]}],
        "remarks": ["a stand-in wrote this"],
        "data": {"rows": rows},
        "finished": finished,
    }
    part = out.with_suffix(".part")
    part.write_text(json.dumps(document))
    os.replace(part, out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
