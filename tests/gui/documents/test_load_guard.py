"""Loading as the panel shows it, and the question where memory is short."""

from __future__ import annotations

from pathlib import Path

import pytest

from hera_desktop.engine.memory import MB, MemoryNeed
from hera_desktop.gui import document_requests
from hera_desktop.gui.document_requests import MemoryFound, NewSessionRequest
from hera_desktop.gui.model_choice import model_choices
from hera_desktop.gui.panels.loading import LoadingPanel
from hera_desktop.gui.requests import LoadRequest

from .parts import WAIT_MS, Desk, write_session


@pytest.fixture
def tiny_model(tmp_path) -> tuple[str, ...]:
    """Settings of a tiny model in a folder, as ``--set`` takes them."""
    from tests import tiny

    tiny.hf_model("llama").save_pretrained(tmp_path / "tiny-llama")
    tiny.byte_tokenizer().save_pretrained(tmp_path / "tiny-llama")
    tiny.random_sae().save_model(str(tmp_path / "sae"))
    pairs = {**tiny.GENEROUS, "model.name": tmp_path / "tiny-llama", "sae.path": tmp_path / "sae"}
    return tuple(f"{key}={value}" for key, value in pairs.items())


@pytest.fixture
def little_memory(monkeypatch):
    """One megabyte is free."""
    monkeypatch.setattr(document_requests, "free_memory", lambda device: MB)


@pytest.fixture
def desk_of(make_desk, tiny_model, tmp_path):
    return make_desk(LoadRequest(None, tiny_model, str(tmp_path / "a.hera")))


def asking(desk: Desk) -> bool:
    return desk.panel.anyway_button.isVisibleTo(desk.window)


def test_a_model_that_fits_is_loaded_without_a_question(desk_of):
    asked = []
    desk_of.guard.asked.connect(asked.append)
    desk_of.load()
    assert desk_of.controller.snapshot.info.model.name == "tiny-llama"
    assert asked == []


def test_short_memory_is_asked_about_and_loaded_on_request(desk_of, little_memory):
    asked = []
    desk_of.guard.asked.connect(asked.append)
    desk_of.load()
    assert desk_of.controller.snapshot is None
    assert asking(desk_of)
    assert desk_of.panel.failure.text() == "tiny-llama needs about 2 MB; 1 MB are free."
    assert not desk_of.panel.keep_button.isVisibleTo(desk_of.window)
    desk_of.panel.anyway_button.click()
    desk_of.settle()
    assert desk_of.controller.snapshot.info.model.name == "tiny-llama"
    assert asked == [True, False]


def test_another_model_is_asked_about_and_the_open_session_can_be_kept(desk_of, little_memory, monkeypatch, qtbot):
    desk_of.load()
    desk_of.panel.anyway_button.click()
    desk_of.settle()
    state = desk_of.state
    need = MemoryNeed("SmolLM2-1.7B-Instruct", 1, 8200 * MB, "")
    monkeypatch.setattr(document_requests, "memory_need", lambda config, device, libraries: need)
    desk_of.documents.use_model("SmolLM2-1.7B-Instruct")
    desk_of.settle()
    assert desk_of.panel.failure.text() == "SmolLM2-1.7B-Instruct needs about 8.2 GB; 1 MB are free."
    assert desk_of.panel.keep_button.isVisibleTo(desk_of.window)
    desk_of.panel.keep_button.click()
    assert (desk_of.state, desk_of.documents.title) == (state, "a.hera")
    assert desk_of.told[-1] == "Nothing was loaded; memory is short"
    desk_of.evolve()


def test_a_session_on_the_loaded_model_needs_no_memory(desk_of, tiny_model, little_memory):
    desk_of.load()
    desk_of.panel.anyway_button.click()
    desk_of.settle()
    desk_of.documents.new()
    desk_of.settle()
    assert desk_of.documents.title == "untitled"


def test_choosing_another_model_begins_a_session_on_it(make_desk, tmp_path, tiny_model, qtbot):
    desk = make_desk(LoadRequest(None, ("model.name=gone",), str(tmp_path / "a.hera"))).load()
    assert "model 'gone' is unknown" in desk.panel.failure.text()
    folder = tiny_model[-2].partition("=")[2]
    desk.panel.chooser.box.addItem("tiny", folder)
    desk.panel.chooser.box.setCurrentIndex(desk.panel.chooser.box.count() - 1)
    desk.panel.chooser.button.click()
    desk.settle()
    assert desk.controller.snapshot.info.model.name == "tiny-llama"
    assert desk.documents.title == "untitled"


def test_trying_again_after_a_failure(make_desk, tmp_path, tiny_model):
    folder = Path(tiny_model[-2].partition("=")[2])
    hidden = folder.rename(folder.with_name("hidden"))
    desk = make_desk(LoadRequest(None, tiny_model, str(tmp_path / "a.hera"))).load()
    assert desk.panel.failure.isVisibleTo(desk.window)
    assert desk.panel.failure.text() == desk.told[-1]
    hidden.rename(folder)
    desk.panel.retry_button.click()
    desk.settle()
    assert desk.controller.snapshot is not None


def test_cancelling_while_it_loads_says_so_in_place(make_desk, qtbot):
    def slow(progress):
        while True:
            progress("loading the model", None)
            qtbot_wait.wait(0.01)

    import threading

    qtbot_wait = threading.Event()
    desk = make_desk(LoadRequest(factory=slow))
    desk.guard.load()
    marks = desk.panel.stages.marks
    qtbot.waitUntil(lambda: marks[1].mark == "running", timeout=WAIT_MS)
    assert [mark.mark for mark in marks] == ["committed", "running", "waiting", "waiting"]
    desk.panel.cancel_button.click()
    desk.settle()
    assert desk.panel.failure.text() == "Loading was cancelled."
    assert desk.panel.retry_button.isVisibleTo(desk.window)


def test_the_stages_follow_what_is_done(qtbot):
    panel = LoadingPanel()
    qtbot.addWidget(panel)
    panel.begin()
    panel.name_model("tiny")
    panel.show_progress("importing torch", 0.5)
    assert panel.title.text() == "Loading tiny..."
    assert panel.detail.text() == "Importing torch"
    assert (panel.bar.maximum(), panel.bar.value()) == (1000, 500)
    panel.show_progress("reading the probes")
    assert [mark.mark for mark in panel.stages.marks] == ["committed"] * 3 + ["running"]
    assert panel.bar.maximum() == 0


def test_installed_models_come_first_and_tell_what_they_need(monkeypatch, tmp_path):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path))
    for name in ("gpt2-large", "my-own"):
        (tmp_path / "models" / name).mkdir(parents=True)
        (tmp_path / "models" / name / "installed.json").write_text("{}")
    choices = model_choices()
    assert [choice.installed for choice in choices[:3]] == [True, True, False]
    assert {choices[0].name, choices[1].name} == {"gpt2-large", str(tmp_path / "models" / "my-own")}
    assert next(choice.needs for choice in choices if choice.name == "gpt2-large") == 4300 * MB


def test_a_graphics_card_is_named():
    need = MemoryNeed("m", 1, 8000 * MB, "")
    found = MemoryFound(need, 3100 * MB, "cuda:0")
    assert found.tight
    assert found.sentence == "m needs about 8.0 GB; 3.1 GB are free on cuda:0."
    assert not MemoryFound(None, 0, "").tight


def test_a_new_session_does_not_overwrite(desk, tmp_path):
    there = write_session(tmp_path / "there.hera")
    desk.guard.submit(NewSessionRequest(str(there)))
    desk.settle()
    assert "exists already" in desk.told[-1]
    assert desk.documents.title == "a.hera"
