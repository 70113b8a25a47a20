"""The words of the window: all of them go through ``tr``, all of them are translated, and a Chinese window is whole."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QHeaderView, QLabel, QLineEdit, QTabBar, QToolButton, QWidget
from superqt import QElidingLabel

from hera_desktop.gui.desk import LAYOUTS
from hera_desktop.gui.i18n import tr
from hera_desktop.gui.translation import CHINESE, ENGLISH, choose_language, chosen_language, install_translations

from .conftest import messages, settle

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
    if text in SAME_EVERYWHERE:
        return False
    text = text.replace("{}", " ").strip()
    if not WORD.search(text):
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


# --- the translation --------------------------------------------------------------------------------------------------


def fields(text: str) -> set[tuple[str, str]]:
    """The placeholders of a text, with their formats."""
    return {(name, form or "") for _, name, form, _ in string.Formatter().parse(text) if name is not None}


def chinese() -> dict[str, str]:
    root = ElementTree.parse(ROOT / "resources" / "translations" / "hera_zh_CN.ts").getroot()
    return {m.findtext("source") or "": m.findtext("translation") or "" for m in root.iter("message")}


def test_every_text_is_translated_and_none_is_left_over() -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "packaging" / "translations.py", "--check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


def test_the_translations_keep_placeholders_lines_and_dots() -> None:
    for text, translation in chinese().items():
        assert fields(translation) == fields(text), text
        assert translation.count("\n") == text.count("\n"), text
        assert translation.endswith("...") == text.endswith("..."), text


@pytest.fixture
def in_chinese(qapp, qtbot) -> Iterator[None]:
    installed = install_translations(qapp, CHINESE)
    assert len(installed) == 2, "Qt's own words and ours"
    yield
    for translator in installed:
        qapp.removeTranslator(translator)


def test_the_compiled_file_says_what_the_source_says(in_chinese) -> None:
    said = {text: tr(text) for text in chinese()}
    assert said == chinese()


def test_qt_speaks_the_language_too(in_chinese) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_the_chosen_language_is_kept(fake_lab) -> None:
    choose_language(CHINESE)
    assert chosen_language() == CHINESE
    choose_language(ENGLISH)
    assert chosen_language() == ENGLISH


def test_english_needs_no_translator(qapp) -> None:
    assert install_translations(qapp, ENGLISH) == []
    assert tr("Roll back to here") == "Roll back to here"


def _room_missing(widget: QWidget) -> str:
    """What of a widget's text does not fit; empty where all does."""
    measure = widget.fontMetrics().horizontalAdvance
    if isinstance(widget, QElidingLabel) or (
        isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.RichText
    ):
        return ""
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            return widget.text() if widget.height() < widget.heightForWidth(widget.width()) else ""
        widest = max(map(measure, widget.text().split("\n")))
        return widget.text() if widget.contentsRect().width() < widest else ""
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return ""
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.text() if widget.width() < measure(widget.text().replace("&", "")) + 8 else ""
    if isinstance(widget, QTabBar):
        return widget.tabText(0) if widget.sizeHint().width() > widget.width() else ""
    if isinstance(widget, QLineEdit) and not widget.text():
        return widget.placeholderText() if measure(widget.placeholderText()) + 8 > widget.width() else ""
    if isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
        titles = {n: str(widget.model().headerData(n, widget.orientation()) or "") for n in range(widget.count())}
        shown = {n: title for n, title in titles.items() if not widget.isSectionHidden(n)}
        return ", ".join(title for n, title in shown.items() if measure(title) + 6 > widget.sectionSize(n))
    return ""


def clipped(window: QWidget) -> list[str]:
    """The texts of a window that cannot be read whole."""
    seen = [widget for widget in window.findChildren(QWidget) if not widget.visibleRegion().isEmpty()]
    return [text for text in map(_room_missing, seen) if text]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_chinese_window_has_room_for_its_words(
    in_chinese, installed_atlas, fake_window, evolve, qtbot, layout
) -> None:
    fake_window.resize(1280, 720)
    evolve(fake_window, "The capital of France is")
    assert any(text.startswith("第 1 步已提交为 p1") for text in messages(fake_window))
    fake_window.desk.show_layout(layout)
    settle(qtbot, fake_window)
    qtbot.wait(200)
    assert (fake_window.width(), fake_window.height()) == (1280, 720)
    assert clipped(fake_window) == []


def test_what_is_clipped_is_seen(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    narrow, wide = QLabel("A text that has no room here", window), QLabel("Room", window)
    narrow.setFixedWidth(40)
    wide.setGeometry(0, 40, 200, 20)
    window.show()
    qtbot.waitExposed(window)
    assert clipped(window) == ["A text that has no room here"]
