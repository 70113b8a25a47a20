"""What was done in the window as Python: a line for every finished action, and all of them as a script."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hera_desktop import __version__

from .records import Outcome

if TYPE_CHECKING:
    from hera_desktop.engine.records import StateInfo

ENGINE = "hera_desktop.engine"
IMPORTS = {
    "ChatLab": f"{ENGINE}.facts.lab",
    "CompareLab": f"{ENGINE}.compare",
    "Config": f"{ENGINE}.config",
    "EditLab": f"{ENGINE}.edits.lab",
    "EvolutionConfig": f"{ENGINE}.config",
    "FeatureLab": f"{ENGINE}.feature_lab",
    "HeraEngine": ENGINE,
    "Label": f"{ENGINE}.atlas.records",
    "Path": "pathlib",
    "SaeTraining": f"{ENGINE}.sae_training",
    "Sampling": f"{ENGINE}.model",
    "build_atlas": f"{ENGINE}.atlas.build",
    "checkpoint_of": f"{ENGINE}.sae_training",
    "export_patches": f"{ENGINE}.interchange.export",
    "import_patches": f"{ENGINE}.interchange.importing",
    "load_config": f"{ENGINE}.config",
    "save_conversation": f"{ENGINE}.facts.chat_file",
    "put_labels": f"{ENGINE}.replay",
    "session_config": f"{ENGINE}.replay",
    "step": f"{ENGINE}.replay",
    "stored_patch": f"{ENGINE}.replay",
    "train_sae": f"{ENGINE}.sae_training",
    "with_settings": f"{ENGINE}.replay",
    "write_report": f"{ENGINE}.reports.session_report",
}
"""Where a name that a line uses comes from; a request whose line uses another one adds it here."""

_HEAD = """# What was done in a window of HERA Desktop {version}, as a script.
#
# python this_script.py                in a new temporary session
# python this_script.py FILE           in session FILE: a new one, or a copy of the session that the window began with
#
# The window was on {session} (model {model}, state {state}).
# What it opened later is opened here as well: name other files there to leave those sessions as they are.
import sys
"""


def trace_line(outcome: Outcome) -> str:
    """The line of Python that does the same with ``engine``; empty for what did not finish or is no action."""
    return outcome.request.python(outcome.record) if outcome.status == "finished" else ""


def trace_script(lines: Iterable[str], info: StateInfo) -> str:
    """The lines as a script that runs: with imports, an engine, and the state's hash at the end. The first engine works
    on the session named on the command line, never on the window's own."""
    body = list(_prepared([line for line in lines if line], info))
    facts = {"session": info.session, "model": info.model.name, "state": info.state_hash}
    plain = {name: "".join(c if c.isprintable() else " " for c in value) for name, value in facts.items()}
    head = _HEAD.format(version=__version__, **plain)
    used = _names([line for line in body if not line.startswith("#")])
    imports = "".join(f"from {IMPORTS[name]} import {name}\n" for name in sorted(used, key=_by_module))
    end = 'print("state", engine.state_hash)\nengine.close()\n'
    return f"{head}\n{imports}\nsession = sys.argv[1] if len(sys.argv) > 1 else None\n" + "\n".join(body) + f"\n{end}"


def _by_module(name: str) -> tuple[str, str]:
    return IMPORTS[name], name


def _prepared(lines: list[str], info: StateInfo) -> Iterator[str]:
    """Every line a statement of its own; what is none stands as a comment. The first engine is given the script's
    session, and is made from the window's session where no line makes one."""
    made = False
    for line in lines:
        makes = line.startswith("engine = HeraEngine(")
        if not _parses(line):
            yield f"# {' '.join(line.split())}"
            continue
        if not made:
            yield _on_session(line) if makes else f"engine = HeraEngine(session_config({info.session!r}), session)"
            made = True
            if makes:
                continue
        elif makes:
            yield "engine.close()"
        yield line
    if not made:
        yield f"engine = HeraEngine(session_config({info.session!r}), session)"


def _parses(line: str) -> bool:
    try:
        ast.parse(line)
    except (SyntaxError, ValueError):
        return False
    return True


def _on_session(line: str) -> str:
    """The line that makes an engine, with the script's session in the place of its own."""
    tree = ast.parse(line)
    call = next(node for node in ast.walk(tree) if isinstance(node, ast.Call))
    call.keywords = [word for word in call.keywords if word.arg != "session"]
    call.keywords.append(ast.keyword("session", ast.Name("session", ast.Load())))
    return ast.unparse(ast.fix_missing_locations(tree))


def _names(lines: Iterable[str]) -> set[str]:
    """The names of ``IMPORTS`` that the lines use."""
    trees = (ast.parse(line) for line in lines)
    found = {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return found & IMPORTS.keys()
