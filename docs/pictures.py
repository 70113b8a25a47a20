"""Makes the pictures in docs/pictures: the real window on the default model, driven without a person.

python docs/pictures.py [light | dark] [NAME...]      (without names every picture; without a theme both)
python docs/pictures.py --missing                     (those that are not there yet)
python docs/pictures.py --list

It takes some minutes. A run that was stopped goes on with --missing. The user's own window settings are not touched.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

import picture_chat
import picture_dialogs
import picture_experiments
import picture_features
import picture_layouts
from picture_studio import FOLDER, Studio, own_place
from PySide6.QtWidgets import QApplication

from hera_desktop.engine.config import LoggingConfig
from hera_desktop.engine.logs import start_logging

THEMES = ("light", "dark")
STAGES = (
    *picture_layouts.STAGES,
    *picture_chat.STAGES,
    *picture_experiments.STAGES,
    *picture_dialogs.STAGES,
    *picture_features.STAGES,
)
"""Each a window of its own: what makes the pictures, and their names."""
NAMES = tuple(name for _, names in STAGES for name in names)


def wanted(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The themes and the pictures that are asked for."""
    themes = tuple(theme for theme in THEMES if theme in words) or THEMES
    names = tuple(word for word in words if word not in (*THEMES, "--missing"))
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        raise SystemExit(f"picture {unknown[0]!r} is unknown; known are {', '.join(NAMES)}")
    if "--missing" in words:
        names = tuple(n for n in NAMES if any(not (FOLDER / f"{n}-{theme}.png").exists() for theme in themes))
        return themes, names
    return themes, names or NAMES


def main() -> None:
    words = sys.argv[1:]
    if "--list" in words:
        sys.stdout.write("\n".join(NAMES) + "\n")
        return
    themes, names = wanted(words)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("HERA Desktop")
    with tempfile.TemporaryDirectory(prefix="hera-", ignore_cleanup_errors=True) as place:
        own_place(Path(place))
        start_logging(LoggingConfig(file=str(Path(place) / "hera.log")))
        studio = Studio(app, themes, names, Path(place))
        for take, made in STAGES:
            if studio.wants(*made):
                take(studio)


if __name__ == "__main__":
    main()
