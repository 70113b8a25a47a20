"""Pictures of the feature browser in its states."""

from __future__ import annotations

import shutil
from pathlib import Path

from picture_studio import Studio

from hera_desktop.engine.catalogue import get_entry
from hera_desktop.engine.places import shipped
from hera_desktop.gui.edit_requests import BuildAtlasRequest
from hera_desktop.gui.features.browser import FeatureBrowser

CASES = (
    ("paris", "The capital of France is Paris.", " Paris", 4448),
    ("digits", "In 1984 there were 37 of them.", "7", 4155),
    ("question", "How are you today? I am fine.", "?", 1763),
    ("code", "def add(a, b):\n    return a + b", " return", 180),
)


def without_sae(studio: Studio) -> None:
    """A model that the catalogue does not know: its features are still to be trained."""
    model = studio.place / "my-model"
    model.symlink_to(get_entry("SmolLM2-135M-Instruct").folder)
    with studio.open(f"model.name={model}", session="my-model.hera") as window:
        window.show_inspect()
        studio.settle()
        studio.save("features-no-sae")


def without_atlas(studio: Studio) -> None:
    """An SAE of one's own: the page offers to build the atlas, and builds it."""
    sae = studio.place / "my-sae"
    shutil.copytree(shipped("resources", "sae", "smollm2-135m-instruct-7"), sae)
    (sae / "atlas.sqlite").unlink()
    with studio.open(f"sae.path={sae}", session="my-sae.hera") as window:
        window.show_inspect()
        studio.settle()
        studio.save("features-no-atlas")
        if studio.wants("features-building"):
            window.features.controller.run(BuildAtlasRequest((str(Path(__file__).parent),), 6000))
            studio.wait(lambda: window.status.bar.value() > 20 or window.controller.ready)
            studio.save("features-building")
            window.controller.cancel()
            studio.settle()


def browse(studio: Studio) -> None:
    """Searching, reading a text, steering, and an edit proposed from a feature."""
    with studio.open(session="paris.hera") as window:
        studio.evolve("The capital of France is")
        window.show_inspect()
        studio.settle()
        browser = window.features.panel.browser
        studio.save("features-browsing")
        for case in CASES:
            if studio.wants(f"features-{case[0]}"):
                _read(studio, browser, *case)
        if studio.wants(*TABS):
            _tabs(studio, browser)


def _read(studio: Studio, browser: FeatureBrowser, name: str, text: str, token: str, feature: int) -> None:
    browser.text.line.setText(text.replace("\n", " "))
    browser.text.read(text)
    studio.settle()
    strip = browser.text.strip
    position = len(strip.tokens) - 1 - list(strip.tokens)[::-1].index(token)
    strip.pick(position)
    strip.picked.emit(position)
    browser.choose(feature)
    studio.settle()
    studio.save(f"features-{name}")


def _tabs(studio: Studio, browser: FeatureBrowser) -> None:
    """The case of Paris on the other tabs: own text, steering, and an edit proposed from it."""
    browser.text.read("The capital of France is Paris.")
    studio.settle()
    browser.choose(4448)
    view = browser.view
    for number, name in enumerate(TABS, 1):
        view.tabs.setCurrentIndex(number)
        studio.settle()
        if name == "features-steering":
            view.steering.suggest_prompt("I live in")
            view.steering.preview()
        elif name == "features-proposal":
            browser.finder.table.model().tick(4448, True)
            view.proposal.suggest_prompt("The capital of France is")
            view.proposal.propose()
        studio.settle()
        studio.save(name)


TABS = ("features-own-text", "features-steering", "features-proposal")
STAGES = (
    (without_sae, ("features-no-sae",)),
    (without_atlas, ("features-no-atlas", "features-building")),
    (browse, ("features-browsing", *(f"features-{case[0]}" for case in CASES), *TABS)),
)
