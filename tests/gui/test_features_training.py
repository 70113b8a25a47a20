"""Building an atlas and training an SAE: what is asked for, what is refused in words, and what is shown meanwhile."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.sae_checkpoint import PROGRESS, keep_checkpoint, new_checkpoint
from hera_desktop.gui.edit_records import AtlasBuilt, SaeTrained, TrainingPoint
from hera_desktop.gui.edit_requests import BuildAtlasRequest, TrainSaeRequest, training_point
from hera_desktop.gui.features import text_choice, training_plan
from hera_desktop.gui.features.building import NO_TEXT, BuildingView
from hera_desktop.gui.features.figure_plot import FIGURES, TokenAxis
from hera_desktop.gui.features.text_choice import HINT, TextChoice
from hera_desktop.gui.features.training import TrainingView
from hera_desktop.gui.features.training_plan import fault, plan
from hera_desktop.gui.records import JobProgress
from hera_desktop.gui.time_left import ENOUGH, TimeLeft, in_words

from .test_features_steering import Recorder, bench, show


@pytest.fixture(autouse=True)
def data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def text(tmp_path):
    """A text long enough for a few contexts of the tiny model, whose tokens are bytes."""
    path = tmp_path / "text.txt"
    path.write_text("\n".join(f"{n} is a number, and the capital of France is Paris." for n in range(200)), "utf-8")
    return str(path)


def point(tokens=1000, total=4000):
    return TrainingPoint(tokens, total, 12.5, 39.8, 0.81, 0.02, 5400.0)


def progress(what, share):
    return JobProgress(1, "a job", what, share)


# --- the parts ------------------------------------------------------------------------------------------------------


def leave_checkpoint(folder: Path) -> None:
    """What a cancelled training leaves."""
    new_checkpoint(folder).joinpath(PROGRESS).write_text("{}", encoding="utf-8")
    keep_checkpoint(folder)


def test_what_is_declared_twice_agrees_with_the_engine():
    from hera_desktop.engine import activations, sae_training

    assert text_choice.SUFFIXES == activations.TEXT_SUFFIXES
    assert tuple(training_plan.ARCHITECTURES) == sae_training.ARCHITECTURES
    engine = asdict(sae_training.SaeTraining("", ()))
    own = asdict(TrainSaeRequest(""))
    shared = own.keys() & engine.keys() - {"hook_name", "text"}
    assert {key: own[key] for key in shared} == {key: engine[key] for key in shared}
    figures = dict.fromkeys(sae_training.TrainingFigures.__dataclass_fields__, 1)
    assert training_point(SimpleNamespace(**figures), 9) == TrainingPoint(1, 9, 1, 1, 1, 1, 1)


def test_files_and_folders_are_chosen_and_others_refused_in_words(qtbot, tmp_path, text):
    choice = TextChoice()
    qtbot.addWidget(choice)
    (tmp_path / "a.pdf").write_bytes(b"x")
    with qtbot.waitSignal(choice.changed):
        choice.add([text, str(tmp_path), text])
    assert choice.paths == (text, str(tmp_path))
    assert choice.hint.text() == HINT
    choice.add([str(tmp_path / "a.pdf")])
    assert choice.hint.text() == "a.pdf is not text that is read here; it takes .txt, .txt.gz, .md or a folder."
    choice.add([str(tmp_path / "b.txt")])
    assert choice.hint.text() == f"{tmp_path / 'b.txt'} does not exist."
    assert choice.paths == (text, str(tmp_path))


def test_text_is_dropped_and_removed(qtbot, text):
    choice = TextChoice()
    qtbot.addWidget(choice)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(text)])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    choice.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert choice.paths == (text,)
    assert not choice.remove_button.isEnabled()
    choice.list.item(0).setSelected(True)
    qtbot.keyClick(choice.list, Qt.Key.Key_Delete)
    assert choice.paths == ()


def test_time_left_follows_the_pace_and_says_nothing_too_early():
    left = TimeLeft()
    assert left.update(None, 0.0) is None
    assert left.update(0.0, 0.0) is None
    assert left.update(0.01, ENOUGH / 2) is None
    assert left.update(0.1, 10.0) == pytest.approx(90)
    for second in range(11, 100):
        slow = left.update(0.1 + (second - 10) * 0.001, float(second))
    assert slow == pytest.approx((1 - 0.189) / 0.001)
    assert left.update(0.0, 101.0) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (5, "about 5 s left"), (170, "about 3 min left"), (7200, "about 2.0 h left")],
)
def test_time_left_in_words(seconds, words):
    assert in_words(seconds) == words


def test_token_axis_names_thousands_and_millions(qtbot):
    axis = TokenAxis("bottom")
    assert axis.tickStrings([0, 500_000, 1_500_000], 1, 1) == ["0", "0.5 M", "1.5 M"]
    assert axis.tickStrings([0, 20_000], 1, 1) == ["0", "20 k"]


# --- building -------------------------------------------------------------------------------------------------------


@pytest.fixture
def building(qtbot):
    view = BuildingView()
    area = show(qtbot, view)
    view.show_sae("my-sae", 4608)
    view.set_state(True, False)
    yield view
    area.close()


def test_an_sae_without_an_atlas_says_what_it_is_for_and_what_to_do(building):
    assert building.title.text() == "my-sae has no atlas yet (4,608 features)"
    assert building.status.text() == NO_TEXT
    building.show_sae("my-sae", 4608, built=True)
    assert building.title.text() == "Build the atlas of my-sae anew (4,608 features)"
    assert not building.build_button.isEnabled()
    assert not building.bar.isVisible()


def test_build_asks_for_the_chosen_text(building, qtbot, text):
    building.text.add([text])
    building.tokens.setValue(50_000)
    with qtbot.waitSignal(building.build_wanted) as wanted:
        qtbot.mouseClick(building.build_button, Qt.MouseButton.LeftButton)
    assert wanted.args[0] == BuildAtlasRequest((text,), 50_000)


def test_progress_is_shown_without_a_guess_before_it_is_known(building, qtbot, text):
    building.text.add([text])
    building.begin()
    building.set_state(False, True)
    building.show_progress(progress("reading the text", 0.12))
    assert building.status.text() == "Reading the text · 12 %"
    assert building.bar.isVisible()
    assert not building.text.isEnabled()
    with qtbot.waitSignal(building.cancel_wanted):
        qtbot.mouseClick(building.cancel_button, Qt.MouseButton.LeftButton)
    building.end("Building the atlas was cancelled.")
    building.set_state(True, False)
    assert building.status.text() == "Building the atlas was cancelled."
    assert building.build_button.isEnabled()
    assert not building.bar.isVisible()


def test_a_real_atlas_is_built_from_the_base(tmp_path, text):
    from hera_desktop.engine.atlas.store import Atlas
    from tests import tiny

    engine = tiny.engine(tmp_path / "session.hera")
    engine.evolve("The capital of France is")
    before, report = engine.stack.active, Recorder()
    assert before
    first = BuildAtlasRequest((text,), 4000).run(bench(engine), report)
    assert isinstance(first, AtlasBuilt)
    assert engine.stack.active == before
    assert report.said
    with Atlas.open(Path(first.path)) as atlas:
        edited, d_sae = atlas.density.copy(), atlas.info.d_sae
    engine.roll_back_to("base")
    again = BuildAtlasRequest((text,), 4000).run(bench(engine), Recorder())
    with Atlas.open(Path(again.path)) as atlas:
        assert (atlas.density == edited).all()
    assert d_sae == engine.reader.info.d_sae
    engine.close()


# --- the plan -------------------------------------------------------------------------------------------------------


def request(text, tmp_path, **changes):
    values = {"folder": str(tmp_path / "new"), "hook_name": "blocks.7.hook_out", "text": (text,), **changes}
    return TrainSaeRequest(**values)


def remarks(request):
    return {row.name: row.fault or row.advice for row in plan(request, 576)}


def test_a_plan_without_fault(text, tmp_path):
    rows = plan(request(text, tmp_path), 576)
    assert fault(rows) == ""
    assert {row.name: row.value for row in rows} == {
        "reads": "blocks.7.hook_out, without patches",
        "architecture": "TopK: exactly k features at every token",
        "width": "4,608 features, 8.0 x d_model 576",
        "sparsity": "k 40, 0.9 % of the features",
        "tokens": "1,800,000, first positions left out",
        "text": "text.txt",
        "folder": "new",
    }


def test_faults_and_advice_in_words(text, tmp_path):
    found = remarks(replace(request(text, tmp_path, k=5000, tokens=46_080), text=()))
    assert found["sparsity"] == "k 5000 is too large; it must be below the width 4608"
    assert found["tokens"] == "only 10 tokens a feature; rare features stay untrained"
    assert found["text"] == "Add the text whose activations it learns from."
    assert remarks(request(text, tmp_path, width=512))["width"].startswith("fewer than the stream's dimensions")
    assert remarks(request(text, tmp_path, architecture="jumprelu", k=5000))["sparsity"] == ""
    assert fault(plan(request(text, tmp_path, width=512), 576)) == ""


def test_the_folder_must_be_new(text, tmp_path):
    assert remarks(request(text, tmp_path, folder=""))["folder"] == "Choose the folder it is saved in."
    assert remarks(request(text, tmp_path, folder=text))["folder"] == f"{text} is a file; choose a new folder."
    assert "is not empty" in remarks(request(text, tmp_path, folder=str(tmp_path)))["folder"]
    leave_checkpoint(tmp_path)
    assert "Resume goes on with it" in remarks(request(text, tmp_path, folder=str(tmp_path)))["folder"]


# --- the view -------------------------------------------------------------------------------------------------------


@pytest.fixture
def view(qtbot):
    view = TrainingView()
    area = show(qtbot, view)
    view.show_model("Fake/LM-135M", 30, 576, has_sae=False)
    view.set_state(True, False)
    yield view
    area.close()


def test_a_model_without_an_sae_says_so_and_suggests_settings(view, tmp_path):
    assert view.purpose.text().startswith("Fake/LM-135M has no SAE")
    assert not view.back_button.isVisible()
    assert (view.form.block.value(), view.form.block.maximum()) == (7, 29)
    assert view.form.folder.text() == str(tmp_path / "data" / "sae" / "lm-135m-7")
    view.form.block.setValue(15)
    assert view.form.folder.text().endswith("lm-135m-15")
    view.show_model("Fake/LM-135M", 30, 576, has_sae=True)
    assert view.back_button.isVisible()
    assert view.form.block.value() == 15


def test_a_taken_folder_is_not_suggested_unless_a_training_waits_there(view, tmp_path):
    taken = tmp_path / "data" / "sae" / "lm-135m-9"
    taken.mkdir(parents=True)
    view.form.block.setValue(9)
    assert view.form.folder.text() == f"{taken}-2"
    leave_checkpoint(taken)
    view.form.block.setValue(8)
    view.form.block.setValue(9)
    assert view.form.folder.text() == str(taken)


def test_train_is_refused_in_words_until_it_can_be_started(view, qtbot, text):
    assert view.problem.text() == "Add the text whose activations it learns from."
    assert not view.train_button.isEnabled()
    view.form.text.add([text])
    assert view.problem.text() == ""
    with qtbot.waitSignal(view.train_wanted) as wanted:
        qtbot.mouseClick(view.train_button, Qt.MouseButton.LeftButton)
    folder = view.form.folder.text()
    assert wanted.args[0] == TrainSaeRequest(folder, "blocks.7.hook_out", (text,))


def test_the_architecture_decides_what_holds_the_features_back(view, text):
    form = view.form
    form.text.add([text])
    assert form.sparsity.currentWidget() is form.k
    form.architecture.setCurrentIndex(form.architecture.findData("jumprelu"))
    assert form.sparsity.currentWidget() is form.price
    form.price.setValue(2.5)
    form.autocast.setChecked(True)
    found = form.request()
    assert (found.architecture, found.l0_coefficient, found.autocast) == ("jumprelu", 2.5, True)
    assert ["sparsity", "price of an active feature 2.5", ""] in view.plan.texts()


def test_figures_are_drawn_while_it_runs(view, qtbot, text):
    view.form.text.add([text])
    view.begin(view.form.request())
    view.set_state(False, True)
    assert view.right.currentIndex() == 1
    view.show_progress(progress("reading the first texts", 0.0))
    assert view.status.text() == "Reading the first texts"
    view.add_point(point(1000))
    view.show_progress(progress("training the SAE", 0.25))
    assert view.status.text() == "1,000 of 4,000 tokens · 5,400 tokens/s"
    qtbot.waitUntil(lambda: view.plots[0].value.text() != "")
    assert [plot.value.text() for plot in view.plots] == ["12.5", "39.8", "0.8100", "0.0200"]
    view.show_progress(progress("counting how often each feature fires", 0.99))
    assert view.status.text() == "Counting how often each feature fires"
    assert not view.form.isEnabled()
    assert view.cancel_button.isEnabled()


def test_a_finished_sae_can_be_used(view, qtbot, text):
    view.form.text.add([text])
    view.begin(view.form.request())
    view.add_point(point(4000))
    view.show_trained(SaeTrained("/saes/mine"))
    view.set_state(True, False)
    assert view.status.text() == "The SAE is trained and lies in /saes/mine"
    assert not view.train_button.isEnabled()
    with qtbot.waitSignal(view.use_wanted) as wanted:
        qtbot.mouseClick(view.use_button, Qt.MouseButton.LeftButton)
    assert wanted.args == ["/saes/mine"]
    view.form.k.setValue(50)
    assert not view.use_button.isVisible()
    assert view.train_button.isEnabled()


def test_a_cancelled_training_can_be_resumed(view, qtbot, text, tmp_path):
    folder = tmp_path / "unfinished"
    view.form.text.add([text])
    view.form.folder.setText(str(folder))
    view.begin(view.form.request())
    view.add_point(point(1000))
    leave_checkpoint(folder)
    view.withdraw()
    view.set_state(True, False)
    assert view.status.text() == "Cancelled after 1,000 tokens; its checkpoint can be resumed."
    assert not view.train_button.isEnabled()
    with qtbot.waitSignal(view.train_wanted) as wanted:
        qtbot.mouseClick(view.resume_button, Qt.MouseButton.LeftButton)
    assert (wanted.args[0].folder, wanted.args[0].resume) == (str(folder), True)


def test_a_failed_training_says_why(view, text):
    view.form.text.add([text])
    view.begin(view.form.request())
    view.withdraw("text 'x' has no document of 128 tokens or more")
    assert view.status.text() == "text 'x' has no document of 128 tokens or more"
    assert view.right.currentIndex() == 0
    view.begin(view.form.request())
    view.withdraw()
    assert view.status.text() == "Cancelled before there was a checkpoint."


def test_everything_has_an_accessible_name(view, building):
    form = view.form
    fields = (
        form.block,
        form.architecture,
        form.width_box,
        form.k,
        form.price,
        form.tokens,
        form.folder,
        form.text.list,
    )
    more = (view.plan, view.bar, building.bar, building.tokens, *(plot.plot for plot in view.plots))
    assert all(field.accessibleName() for field in (*fields, *more))
    assert all(figure.formula for figure in FIGURES)


# --- the request ----------------------------------------------------------------------------------------------------


@pytest.fixture
def engine(tmp_path):
    from tests import tiny

    engine = tiny.engine(tmp_path / "session.hera")
    yield engine
    engine.close()


def small(folder, text, **changes):
    values = {"width": 64, "k": 4, "tokens": 16 * 1024, **changes}
    return TrainSaeRequest(str(folder), "blocks.1.hook_out", (text,), **values)


def test_a_real_training_sends_figures_and_saves_the_sae(engine, text, tmp_path):
    report = Recorder()
    trained = small(tmp_path / "sae", text).run(bench(engine), report)
    assert trained == SaeTrained(str(tmp_path / "sae"))
    assert (tmp_path / "sae" / "sae_weights.safetensors").exists()
    assert report.records
    assert {found.total for found in report.records} == {16 * 1024}
    assert all(found.l0 == 4 for found in report.records)


def test_a_real_training_is_cancelled_with_a_checkpoint_and_resumed(engine, text, tmp_path):
    folder = tmp_path / "sae"
    with pytest.raises(Cancelled):
        small(folder, text, tokens=64 * 1024).run(bench(engine), Recorder(stop_after=1))
    assert training_plan.unfinished(str(folder))
    report = Recorder()
    TrainSaeRequest(str(folder), resume=True).run(bench(engine), report)
    assert not training_plan.unfinished(str(folder))
    assert report.records[0].tokens > 10 * 1024
    assert {found.total for found in report.records} == {64 * 1024}


def test_what_cannot_be_trained_is_one_sentence(engine, text, tmp_path):
    with pytest.raises(InputError, match="holds no unfinished training"):
        TrainSaeRequest(str(tmp_path / "none"), resume=True).run(bench(engine), Recorder())
    with pytest.raises(InputError, match="is not empty"):
        small(tmp_path, text).run(bench(engine), Recorder())
    with pytest.raises(InputError, match="does not exist"):
        small(tmp_path / "a", str(tmp_path / "missing.txt")).run(bench(engine), Recorder())
