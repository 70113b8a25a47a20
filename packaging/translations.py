"""Keeps the translations in step with the source: gathers every text in ``tr(...)`` and ``mark(...)``.

python packaging/translations.py            # update the .ts files, compile the .qm files, say what is missing
python packaging/translations.py --check    # change nothing; status 1 where something is missing or out of date

The .ts files are edited by hand (or in Qt Linguist); pyside6-lrelease compiles them.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "hera_desktop" / "gui"
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "HERA"
LANGUAGES = ("zh_CN",)
CALLS = ("tr", "mark")


def texts() -> dict[str, str]:
    """Every text of the window, with the first file that says it."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for text in _texts_of(path):
            found.setdefault(text, path.relative_to(ROOT).as_posix())
    return found


def _texts_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS):
            continue
        if len(node.args) == 1 and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            yield node.args[0].value


def translations(path: Path) -> dict[str, str]:
    """What a .ts file says: text -> translation, empty where there is none yet."""
    if not path.exists():
        return {}
    messages = ElementTree.parse(path).getroot().iter("message")
    return {m.findtext("source") or "": m.findtext("translation") or "" for m in messages}


def write(path: Path, language: str, wanted: dict[str, str], known: dict[str, str]) -> None:
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text, place in wanted.items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "location", filename=place)
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        translation.text = known.get(text, "")
        if not translation.text:
            translation.set("type", "unfinished")
    ElementTree.indent(root, " ")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ElementTree.tostring(root, encoding="unicode") + "\n", encoding="utf-8")


def main(check: bool) -> int:
    wanted, missing = texts(), 0
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        path = FOLDER / f"hera_{language}.ts"
        known = translations(path)
        lacking = [text for text in wanted if not known.get(text)]
        stale = [text for text in known if text not in wanted]
        for text in lacking:
            print(f"{language}: no translation of {text!r} ({wanted[text]})")
        if check and stale:
            print(f"{language}: {len(stale)} texts are no longer in the source; run packaging/translations.py")
        missing += len(lacking) + len(stale if check else [])
        if not check:
            write(path, language, wanted, known)
            compiler = Path(sys.executable).with_name("pyside6-lrelease")
            subprocess.run([compiler, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)
    print(f"{len(wanted)} texts, {missing} to do")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
