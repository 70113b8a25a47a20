"""Run by test_elsewhere.py in a new process: opens sessions and prints what state each is in.

Usage: python -m tests.engine.print_digests PROBES KIND=SESSION... Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.sae import FeatureReader
from tests import tiny


def main(probes: str, arguments: list[str]) -> None:
    found, models = {}, {}
    for argument in arguments:
        kind, _, session = argument.partition("=")
        model = models.setdefault(kind, tiny.language_model(kind))
        reader = FeatureReader(tiny.random_sae(), "random", model)
        engine = HeraEngine.around(model, reader, tiny.config(immune__probes=probes), Path(session))
        state = engine.verify()
        found[session] = [list(state.faults), state.state_hash, list(state.active), state.probe_logits_sha256]
        engine.stack.set(())
        engine.close()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
