"""The studio of the pictures in docs/: the real window without a screen, in a data folder of its own."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from hera_desktop.gui.app import Sitting, Wanted
from hera_desktop.gui.main_window import MainWindow
from hera_desktop.gui.theme import SystemTheme

FOLDER = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 1440, 900
LARGEST = 150_000
"""A picture that takes more bytes is written with 256 colours."""


class Studio:
    """``names`` are the pictures that are wanted, ``themes`` light, dark or both; ``place`` is an empty folder for
    sessions and files. What a scene needs is done once, and each picture is taken in every theme."""

    def __init__(self, app: QApplication, themes: Sequence[str], names: Sequence[str], place: Path) -> None:
        self.app, self.themes, self.names, self.place = app, tuple(themes), frozenset(names), place
        self.theme = SystemTheme(app)
        self.window: MainWindow

    @contextmanager
    def open(self, *settings: str, session: str = "lab.hera", loaded: bool = True):
        """Sit down before a window on the default model, with ``settings`` as ``--set`` takes them."""
        (self.place / session).parent.mkdir(parents=True, exist_ok=True)
        sitting = Sitting(Wanted(overrides=settings, session=str(self.place / session)))
        self.window = sitting.window
        self.window.resize(WIDTH, HEIGHT)
        self.draw()
        self.window.desk.reset_layout()
        try:
            if loaded:
                self.settle()
            yield self.window
        finally:
            self.window.close()
            if not sitting.controller.close():
                raise SystemExit("the model thread did not end")
            sitting.end(0)

    def wait(self, done: Callable[[], bool], seconds: float = 300) -> None:
        """Run the window until ``done``, and a moment longer so that it is drawn."""
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise SystemExit("the window did not get there in time")
            self.app.processEvents()
            time.sleep(0.01)
        self.draw()

    def draw(self, rounds: int = 12) -> None:
        for _ in range(rounds):
            self.app.processEvents()
            time.sleep(0.02)

    def settle(self) -> None:
        """Wait until nothing runs, not even what is looked up quietly."""
        self.wait(self._idle)

    def _idle(self) -> bool:
        window = self.window
        looking = (window.features.controller, window.tools.probes, window.tools.interchange)
        return window.controller.ready and window.standing.standing is not None and not any(x.looking for x in looking)

    def evolve(self, prompt: str, strength: float = 1.0) -> None:
        """Type a prompt and press Evolve."""
        prompts = self.window.prompt
        prompts.box.setPlainText(prompt)
        prompts.step.strength.setValue(strength)
        prompts.submit()
        self.settle()

    def wants(self, *names: str) -> bool:
        return not self.names.isdisjoint(names)

    def save(self, name: str, widget: QWidget | None = None, over: Sequence[QWidget] = ()) -> None:
        """Save ``widget`` (the whole window where none is given) as NAME-THEME.png, with the popups ``over`` it."""
        if name not in self.names:
            return
        FOLDER.mkdir(exist_ok=True)
        for theme in self.themes:
            self.theme.choose(theme)
            self.draw()
            picture = _with(widget or self.window, over)
            write(picture, FOLDER / f"{name}-{theme}.png")
        sys.stdout.write(f"{name}\n")


def _with(widget: QWidget, over: Sequence[QWidget]) -> QPixmap:
    """A popup is a window of its own, which ``grab`` leaves out."""
    picture = widget.grab()
    painter = QPainter(picture)
    for popup in over:
        painter.drawPixmap(widget.mapFromGlobal(popup.mapToGlobal(popup.rect().topLeft())), popup.grab())
    painter.end()
    return picture


def write(picture: QPixmap, path: Path) -> None:
    """As small as it can be without a loss that is seen."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    image = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    image.save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        few = image.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


def own_place(place: Path) -> Path:
    """A data folder beside the user's: the same models, and settings that are nobody's. To be called before the window
    is made."""
    from hera_desktop.engine.places import data_folder

    models = data_folder() / "models"
    own = place / "data"
    own.mkdir()
    (own / "models").symlink_to(models)
    os.environ["HERA_DATA_HOME"] = str(own)
    os.environ.pop("HERA_THEME", None)
    return own
