"""Makes the pictures of the feature browser in docs/: the real window on the default model, driven without a person.

python docs/pictures.py light        (or dark; one theme a run)
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

theme = sys.argv[1] if len(sys.argv) > 1 else "light"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HERA_THEME"] = theme

from PySide6.QtWidgets import QApplication  # noqa: E402

from hera_desktop.engine.catalogue import get_entry  # noqa: E402
from hera_desktop.engine.places import shipped  # noqa: E402
from hera_desktop.gui.controller import Controller  # noqa: E402
from hera_desktop.gui.edit_requests import BuildAtlasRequest  # noqa: E402
from hera_desktop.gui.main_window import MainWindow  # noqa: E402
from hera_desktop.gui.requests import LoadRequest  # noqa: E402
from hera_desktop.gui.theme import SystemTheme  # noqa: E402

FOLDER = Path(__file__).parent / "pictures"
CASES = (
    ("paris", "The capital of France is Paris.", " Paris", 4448),
    ("digits", "In 1984 there were 37 of them.", "7", 4155),
    ("question", "How are you today? I am fine.", "?", 1763),
    ("code", "def add(a, b):\n    return a + b", " return", 180),
)


def wait(app: QApplication, done: Callable[[], bool], seconds: float = 240) -> None:
    """Run the window until ``done``, and a moment longer so that it is drawn."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise SystemExit("the window did not get there in time")
        app.processEvents()
        time.sleep(0.01)
    for _ in range(20):
        app.processEvents()
        time.sleep(0.02)


class Pictures:
    """One window and what is done in it; ``settings`` as ``--set`` takes them."""

    def __init__(self, app: QApplication, *settings: str) -> None:
        self.app = app
        session = Path(tempfile.mkdtemp()) / "pictures.hera"
        self.controller = Controller(LoadRequest(None, settings, str(session)))
        self.window = MainWindow(self.controller)
        self.window.resize(1440, 900)
        self.window.show()
        self.controller.load()
        self.settle()

    def settle(self) -> None:
        wait(self.app, lambda: self.controller.ready and not self.window.features.controller.looking)

    def save(self, name: str) -> None:
        FOLDER.mkdir(exist_ok=True)
        self.settle()
        self.window.grab().save(str(FOLDER / f"{name}-{theme}.png"))

    def close(self) -> None:
        self.window.close()
        self.controller.close()

    def without_sae(self) -> None:
        """A model that the catalogue does not know: its features are still to be trained."""
        self.window.show_inspect()
        self.save("features-no-sae")

    def without_atlas(self) -> None:
        """An SAE of one's own: the page offers to build the atlas, and builds it."""
        self.window.show_inspect()
        self.save("features-no-atlas")
        self.window.features.controller.run(BuildAtlasRequest((str(Path(__file__).parent),), 6000))
        wait(self.app, lambda: self.window.status.bar.value() > 20 or self.controller.ready)
        self.window.grab().save(str(FOLDER / f"features-building-{theme}.png"))
        self.controller.cancel()
        self.settle()

    def browse(self) -> None:
        self.controller.evolve("The capital of France is")
        self.settle()
        self.save("evolve")
        self.window.show_inspect()
        self.settle()
        browser = self.window.features.panel.browser
        self.save("features-browsing")
        for name, text, token, feature in CASES:
            browser.text.line.setText(text.replace("\n", " "))
            browser.text.read(text)
            self.settle()
            tokens = browser.text.strip.tokens
            position = len(tokens) - 1 - list(tokens)[::-1].index(token)
            browser.text.strip.pick(position)
            browser.text.strip.picked.emit(position)
            browser.choose(feature)
            self.save(f"features-{name}")
        self.tabs(browser)

    def tabs(self, browser) -> None:
        """The case of Paris on the other tabs: own text, steering, and an edit proposed from it."""
        browser.text.read("The capital of France is Paris.")
        browser.choose(4448)
        view = browser.view
        for number, name in ((1, "own-text"), (2, "steering"), (3, "proposal")):
            view.tabs.setCurrentIndex(number)
            self.settle()
            if name == "steering":
                view.steering.suggest_prompt("I live in")
                view.steering.preview()
            elif name == "proposal":
                browser.finder.table.model().tick(4448, True)
                view.proposal.suggest_prompt("The capital of France is")
                view.proposal.propose()
            self.settle()
            self.save(f"features-{name}")


def main() -> None:
    app = QApplication(sys.argv[:1])
    SystemTheme(app)
    own = Path(tempfile.mkdtemp())
    default = get_entry("SmolLM2-135M-Instruct")
    (own / "my-model").symlink_to(default.folder)
    shutil.copytree(shipped("resources", "sae", "smollm2-135m-instruct-7"), own / "my-sae")
    (own / "my-sae" / "atlas.sqlite").unlink()
    for settings, pictures in (
        ((f"model.name={own / 'my-model'}",), Pictures.without_sae),
        ((f"sae.path={own / 'my-sae'}",), Pictures.without_atlas),
        ((), Pictures.browse),
    ):
        window = Pictures(app, *settings)
        pictures(window)
        window.close()


if __name__ == "__main__":
    main()
