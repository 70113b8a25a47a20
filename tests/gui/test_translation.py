"""The words of the window: all of them go through ``tr``, all of them are translated, and a Chinese window is whole."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUI = ROOT / "hera_desktop" / "gui"
SHOWING = {
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QAction", "QGroupBox", "QToolButton", "QMenu"),
    *("title_label", "dim_label", "DimLabel", "EmptyState", "TextLine", "PromptField", "CountBox", "PlainTable"),
    *(
        "LogitTable",
        "NeighbourTable",
        "Continuation",
        "button",
        "caption",
        "InputError",
        "MachineError",
        "SessionError",
    ),
    *("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "setTitle"),
    *("setWindowTitle", "setStatusTip", "setWhatsThis", "setSuffix", "setPrefix", "setSpecialValueText"),
    *("addTab", "addMenu", "addAction", "addItem", "addItems", "setTabToolTip", "setHeaderLabels", "setLabel"),
    *("setHorizontalHeaderLabels", "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
    *("tell", "show_mark_text", "showText", "told", "showMessage", "setInformativeText", "_say", "say_in_place"),
}
"""Calls whose texts a person sees or hears."""
TRANSLATING = {"tr", "mark"}
WORD = re.compile(r"[A-Za-z]{2}")
SAME_EVERYWHERE = {
    *(
        "HERA Desktop",
        "HERA Desktop {}",
        "{} - HERA Desktop",
        "{} (Ctrl+{})",
        "Neuronpedia",
        "SAE",
        "SAE {}",
        "JS",
        "PNG (*.png)",
        "CSV (*.csv)",
    ),
    *("HTML (*.html)", "info", "warning", "error", "The capital of France is", "I think that", "safe", "reject"),
    *("committed", "rejected", "running", "failed", "cancelled", "waiting", "base"),
}
"""Names, kinds of files, prompts for an English model, and the words for a mark or a level, which are no text."""
NOT_SHOWN = re.compile(r"bench_.*|.*_bench|synthetic_.*")
"""Measurements of the window, run from a terminal, and what they are made with."""


def _name(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _bare(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts below an argument that no ``tr`` takes; those inside another call are that call's."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("format", "join"):
            yield from _bare(node.func.value)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        yield node.lineno, "".join(map(str, parts))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _bare(part.value)
    elif isinstance(node, ast.IfExp):
        yield from _bare(node.body)
        yield from _bare(node.orelse)
    elif isinstance(node, (ast.BinOp, ast.BoolOp, ast.Tuple, ast.List, ast.Starred, ast.Dict)):
        for child in node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node):
            yield from _bare(child)


def untranslated(source: str) -> list[tuple[int, str]]:
    """The visible texts of a module that are not in ``tr``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node) in SHOWING:
            for argument in [*node.args, *(word.value for word in node.keywords)]:
                found += [(line, text) for line, text in _bare(argument) if _is_text(text)]
    return found


def _is_text(text: str) -> bool:
    """Words: no name of the program's, no identifier, no file name, no icon, no key."""
    text = text.replace("{}", " ").strip()
    if not WORD.search(text) or text in SAME_EVERYWHERE or text.replace(" ", "") == "":
        return False
    return " " in text or not re.search(r"[._/+#]", text)


MODULES = sorted(path for path in GUI.rglob("*.py") if not NOT_SHOWN.fullmatch(path.stem))


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(GUI).as_posix() for path in MODULES])
def test_every_text_of_the_window_goes_through_tr(path: Path) -> None:
    assert untranslated(path.read_text(encoding="utf-8")) == []


def test_the_guard_sees_what_is_forgotten() -> None:
    source = (
        'QLabel("No model")\nlabel.setText(f"Step {number}")\nbox.setToolTip("Yes" if open else tr("Closed"))\n'
        'messages.tell("It {}".format(what), "warning")\nEmptyState(tr("Features"), PURPOSE, "Do it")\n'
        'QLabel(tr("Fine"))\nlabel.setObjectName("Some name")\nlabel.setText("")\nview.show_mark("committed")\n'
    )
    seen = [text for _, text in untranslated(source)]
    assert sorted(seen) == sorted(["No model", "Step {}", "Yes", "It {}", "Do it"])


def _constants() -> dict[str, list[ast.expr]]:
    """What the modules of the window call by a name in capitals; several may use the same name."""
    found: dict[str, list[ast.expr]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _marked(value: ast.expr) -> bool:
    """Whether some text in a constant is marked."""
    return any(isinstance(node, ast.Call) and _name(node) == "mark" for node in ast.walk(value))


def test_what_is_translated_by_name_is_marked_where_it_is_written() -> None:
    constants = _constants()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and _name(node) == "tr" and node.args):
                continue
            names = [n.id for n in ast.walk(node.args[0]) if isinstance(n, ast.Name) and n.id.isupper()]
            for name in names:
                values = constants.get(name, [])
                assert not values or any(map(_marked, values)), f"{name} in {path.name} is translated and not marked"


def test_no_text_is_translated_at_import() -> None:
    """The language is installed after the modules are imported."""
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            id(n)
            for f in ast.walk(tree)
            if isinstance(f, (ast.FunctionDef, ast.Lambda))
            for n in ast.walk(f)
            if n is not f
        }
        early = [
            n.lineno for n in ast.walk(tree) if isinstance(n, ast.Call) and _name(n) == "tr" and id(n) not in inside
        ]
        assert early == [], path.name


def fields(text: str) -> set[str]:
    """The placeholders of a text, with their formats."""
    parts = string.Formatter().parse(text)
    return {f"{name}:{form}" for _, name, form, _ in parts if name is not None}
