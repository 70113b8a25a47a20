"""The process whose memory is measured: ``python -m hera_desktop.engine.bench.memory_child plain|engine``, with the
configuration as JSON on standard input; it answers with one line of JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from .memory import PROMPTS, WORK


def main() -> None:
    config = json.loads(sys.stdin.read())
    sys.stdout.write(json.dumps(asdict(WORK[sys.argv[1]](config, PROMPTS))) + "\n")  # type: ignore[index]


if __name__ == "__main__":
    main()
