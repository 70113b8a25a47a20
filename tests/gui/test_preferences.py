from __future__ import annotations

import pytest
import shiboken6
import yaml
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from hera_desktop.engine.config import Config, flatten, load_config
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.preferences import preferences_file
from hera_desktop.gui.configure_requests import RELOADS, Configured, ConfigureRequest
from hera_desktop.gui.dialogs.preferences import PreferencesDialog
from hera_desktop.gui.forms_editors import NumberBox, number_text
from hera_desktop.gui.forms_fields import Bounds, field_specs
from hera_desktop.gui.preferences_desk import PreferencesDesk
from hera_desktop.gui.theme import SystemTheme
from hera_desktop.gui.translation import chosen_language
from hera_desktop.gui.welcome import shown_at_start

from .conftest import messages, settle
from .fake import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform


class ConfiguredEngine(FakeEngine):
    """Takes another configuration as the real engine does."""

    def configure(self, config: Config):
        if config.model != self.config.model:
            raise InputError("the model cannot be changed in a running session")
        self.config = config
        return self.info()


@pytest.fixture
def dialog(qtbot, qapp):
    window = QMainWindow()
    made = PreferencesDialog(SystemTheme(qapp), window)
    made.set_obstacle("")
    made.show()
    qtbot.waitExposed(made)
    yield made
    window.close()
    shiboken6.delete(window)  # with the dialog that it owns: a later test would restyle what is left of it


@pytest.fixture
def desk(open_window, qapp):
    window = open_window(lambda progress: ConfiguredEngine())
    return PreferencesDesk(window.controller, SystemTheme(qapp), window)


def retype(qtbot, row, text):
    """Replace what is in a row's line by typing."""
    editor = row.editor
    line = editor.lineEdit() if isinstance(editor, NumberBox) else editor.line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)


def click(qtbot, button):
    assert button.isEnabled(), button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def listed(dialog):
    items = [dialog.list.item(row) for row in range(dialog.list.count())]
    return [item.text() for item in items if not item.isHidden()]


# --- the fields -------------------------------------------------------------------------------------------------------


def test_every_setting_of_the_configuration_has_a_row_with_its_default(dialog):
    assert set(dialog.form.rows) == {spec.key for spec in field_specs()}
    assert set(flatten(Config().model_dump())) <= set(dialog.form.rows)
    for key, row in dialog.form.rows.items():
        assert not row.edited, key
        assert row.valid, key
        assert row.editor.toolTip() == key


def test_a_row_shows_description_range_and_default(dialog):
    dialog.open_page("evolution")
    row = dialog.form.rows["evolution.max_rank"]
    assert row.label.text() == "max rank"
    assert row._help() == "largest rank of one step on one matrix · ≥ 1, ≤ 256 · default: 4"
    assert dialog.form.rows["sae.path"].editor.line.placeholderText() == "default"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (1.0, "1"),
        (1e-5, "0.00001"),
        (1e-9, "1E-9"),
        (1e6, "1000000"),
        (2**63 - 1, str(2**63 - 1)),
        (0.0, "0"),
    ],
)
def test_a_number_is_written_with_all_its_figures(value, text):
    assert number_text(value) == text
    assert type(value)(text) == value


def test_the_arrows_stay_in_the_range_and_exact(qtbot):
    box = NumberBox(False, Bounds(low=0, high=1))
    qtbot.addWidget(box)
    box.show_value(0.98)
    seen = []
    for _ in range(4):
        qtbot.keyClick(box, Qt.Key.Key_Up)
        seen.append(box.value())
    assert seen == [0.99, 1, 1, 1]
    box.show_value(0.1)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.value() == 0.099
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == 0.1


def test_the_arrows_do_not_reach_an_end_that_is_not_allowed(qtbot):
    box = NumberBox(True, Bounds(low=0, open_low=True))
    qtbot.addWidget(box)
    box.show_value(2)
    for _ in range(3):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.value() == 1


# --- typing -----------------------------------------------------------------------------------------------------------


def test_a_value_that_cannot_be_used_says_why_and_is_not_lost(dialog, qtbot):
    dialog.open_page("evolution")
    row = dialog.form.rows["evolution.max_rank"]
    retype(qtbot, row, "900")
    assert row.sentence.sentence == "It is 900: input should be less than or equal to 256"
    assert row.sentence.isVisible()
    assert row.editor.text() == "900"
    assert not dialog.apply_button.isEnabled()
    assert dialog.apply_button.toolTip() == "max rank cannot be used as it is"
    assert not dialog.keep_button.isEnabled()
    retype(qtbot, row, "9")
    assert not row.sentence.isVisible()
    assert dialog.apply_button.isEnabled()


@pytest.mark.parametrize(
    ("key", "text", "part"),
    [
        ("evolution.max_rank", "2.5", "valid integer"),
        ("evolution.max_rank", "", "valid integer"),
        ("evolution.learning_rate", "0", "greater than 0"),
        ("evolution.learning_rate", "x", "valid number"),
        ("evolution.learning_rate", "inf", "finite"),
        ("evolution.target_layers", "1, a", "valid integer"),
        ("evolution.target_layers", "1, 1", "distinct"),
        ("experiment.device", "tpu", "must be auto"),
        ("experiment.name", "", "at least 1 character"),
    ],
)
def test_the_models_own_sentence_is_shown(dialog, qtbot, key, text, part):
    dialog.open_page(key.partition(".")[0])
    row = dialog.form.rows[key]
    retype(qtbot, row, text)
    assert part in row.sentence.sentence
    assert row.sentence.sentence.startswith("It is ")


def test_a_name_of_figures_is_a_name(dialog, qtbot):
    row = dialog.form.rows["experiment.name"]
    retype(qtbot, row, "42")
    assert row.valid
    with qtbot.waitSignal(dialog.apply_wanted) as wanted:
        click(qtbot, dialog.apply_button)
    assert load_config(overrides=wanted.args[0], environment={}).experiment.name == "42"


def test_changes_are_marked_counted_and_discarded(dialog, qtbot):
    dialog.show_config(load_config(overrides=["immune.top_k=7"], environment={}))
    differing, changed = dialog.form.rows["immune.top_k"], dialog.form.rows["evolution.max_rank"]
    assert (differing.mark.edited, differing.mark.differs) == (False, True)
    dialog.open_page("evolution")
    retype(qtbot, changed, "9")
    assert (changed.mark.edited, changed.mark.differs) == (True, True)
    assert changed.mark.toolTip() == "changed, not applied yet"
    assert dialog.count.text() == "1 setting changed"
    click(qtbot, dialog.undo_button)
    assert changed.value == 4
    assert differing.value == 7
    assert dialog.count.text() == ""


def test_reset_of_one_setting_and_of_a_page(dialog, qtbot):
    dialog.show_config(load_config(overrides=["evolution.max_rank=9", "evolution.token=mean"], environment={}))
    dialog.open_page("evolution")
    rank, token = dialog.form.rows["evolution.max_rank"], dialog.form.rows["evolution.token"]
    click(qtbot, rank.reset_button)
    assert (rank.value, token.value) == (4, "mean")
    assert not rank.reset_button.isVisible()
    click(qtbot, dialog.reset_button)
    assert token.value == "last"
    assert set(dialog.form.edited) == {"evolution.max_rank", "evolution.token"}


def test_the_search_finds_by_name_key_and_description(dialog, qtbot):
    qtbot.keyClicks(dialog.search, "cosine")
    assert listed(dialog) == ["Immune system"]
    assert dialog.page == "immune"
    shown = [key for key, row in dialog.form.rows.items() if not row.isHidden()]
    assert shown == ["immune.max_cosine_drift", "immune.cumulative.max_cosine_drift"]
    dialog.search.setText("zzz")
    assert dialog.sentence.sentence == "No setting has these words in its name or description"
    dialog.search.clear()
    assert listed(dialog)[-1] == "Window"
    assert dialog.sentence.sentence == ""


def test_a_change_of_the_model_asks_for_a_reload(dialog, qtbot):
    dialog.open_page("sae")
    assert dialog.apply_button.text() == "Apply to this session"
    retype(qtbot, dialog.form.rows["sae.path"], "/tmp/sae")
    assert dialog.apply_button.text() == "Apply and reload the model"
    click(qtbot, dialog.undo_button)
    retype(qtbot, dialog.form.rows["sae.threshold"], "3")
    assert dialog.apply_button.text() == "Apply to this session"


def test_an_obstacle_is_said(dialog, qtbot):
    retype(qtbot, dialog.form.rows["experiment.seed"], "7")
    dialog.set_obstacle("No model is loaded yet")
    assert not dialog.apply_button.isEnabled()
    assert dialog.count.text() == "1 setting changed · No model is loaded yet"
    assert dialog.keep_button.isEnabled()


def test_the_wheel_changes_no_number_that_was_not_chosen(dialog, qtbot):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    box = dialog.form.rows["experiment.seed"].editor
    dialog.search.setFocus()
    place = QPointF(box.rect().center())
    none, scroll = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(place, place, QPoint(), QPoint(0, 120), none, Qt.KeyboardModifier.NoModifier, scroll, False)
    QApplication.sendEvent(box, turn)
    assert box.value() == 42


# --- the window's own page --------------------------------------------------------------------------------------------


def test_theme_language_and_welcome_are_kept_at_once(dialog, qtbot, monkeypatch):
    dialog.open_page("window")
    page = dialog.window_page
    for box, key in ((page.theme, Qt.Key.Key_End), (page.language, Qt.Key.Key_End)):
        box.setFocus()
        qtbot.keyClick(box, key)
    assert page._theme.choice == "dark"
    assert chosen_language() == "zh_CN"
    page._theme.choose("light")
    assert page.theme.currentData() == "light"
    assert shown_at_start()
    qtbot.mouseClick(page.welcome, Qt.MouseButton.LeftButton, pos=page.welcome.rect().center() * 0.2)
    assert not shown_at_start()


# --- with a session ---------------------------------------------------------------------------------------------------


def shown(desk, qtbot, window):
    desk.show("evolution")
    settle(qtbot, window)
    qtbot.wait(50)
    return desk.dialog


def test_applying_changes_the_session_and_says_so(desk, qtbot):
    window = desk.parent()
    dialog = shown(desk, qtbot, window)
    done = []
    desk.configured.connect(done.append)
    retype(qtbot, dialog.form.rows["evolution.max_rank"], "9")
    click(qtbot, dialog.apply_button)
    qtbot.waitUntil(lambda: bool(done))
    assert done == [Configured({"evolution.max_rank": 9})]
    assert messages(window)[-1] == "Settings changed: max rank; undo takes it back"
    qtbot.waitUntil(lambda: not dialog.form.edited)
    assert dialog.form.rows["evolution.max_rank"].value == 9
    assert dialog.apply_button.toolTip() == "Nothing to apply: the session is set as shown"


def test_what_is_typed_meanwhile_stays(desk, qtbot):
    window = desk.parent()
    dialog = shown(desk, qtbot, window)
    retype(qtbot, dialog.form.rows["evolution.top_k_features"], "5")
    window.controller.submit(ConfigureRequest(("evolution.max_rank=9",)))
    qtbot.waitUntil(lambda: dialog.form.rows["evolution.max_rank"].value == 9)
    assert dialog.form.edited == {"evolution.top_k_features": 5}


def test_what_the_engine_refuses_is_said_in_the_dialog(desk, qtbot):
    window = desk.parent()
    dialog = shown(desk, qtbot, window)
    window.controller.submit(ConfigureRequest(("model.dtype=float16",)))
    qtbot.waitUntil(lambda: bool(dialog.sentence.sentence))
    assert dialog.sentence.sentence == "the model cannot be changed in a running session"


def test_a_reload_is_asked_with_the_changed_settings(open_window, qtbot, qapp):
    window = open_window(lambda progress: ConfiguredEngine())
    asked = []
    desk = PreferencesDesk(window.controller, SystemTheme(qapp), window, lambda *overrides: asked.append(overrides))
    dialog = shown(desk, qtbot, window)
    dialog.open_page("sae")
    retype(qtbot, dialog.form.rows["sae.path"], "/tmp/sae")
    click(qtbot, dialog.apply_button)
    assert asked == [('sae.path="/tmp/sae"',)]


def test_the_keys_that_reload_are_those_the_engine_refuses():
    from hera_desktop.engine.running_settings import NEED_RELOAD

    assert RELOADS == NEED_RELOAD


def test_a_change_of_the_real_engine_is_taken_back_by_undo(real_window, qtbot, qapp):
    window = real_window()
    dialog = shown(PreferencesDesk(window.controller, SystemTheme(qapp), window), qtbot, window)
    before = dialog.form.rows["immune.max_js_divergence"].value
    retype(qtbot, dialog.form.rows["immune.max_js_divergence"], "0.125")
    click(qtbot, dialog.apply_button)
    qtbot.waitUntil(lambda: not dialog.form.edited)
    settle(qtbot, window)
    assert window.controller.snapshot.info.limits["js_divergence"]["step"][1] == 0.125
    window.controller.move("undo")
    qtbot.waitUntil(lambda: dialog.form.rows["immune.max_js_divergence"].value == before)
    assert window.controller.snapshot.info.limits["js_divergence"]["step"][1] == before


def test_keeping_writes_what_differs_as_the_users_defaults(desk, qtbot):
    window = desk.parent()
    dialog = shown(desk, qtbot, window)
    retype(qtbot, dialog.form.rows["evolution.max_rank"], "9")
    click(qtbot, dialog.keep_button)
    assert yaml.safe_load(preferences_file().read_text(encoding="utf-8")) == {"evolution": {"max_rank": 9}}
    assert messages(window)[-1] == f"1 setting kept as your defaults in {preferences_file()}"
    assert dialog.form.edited == {"evolution.max_rank": 9}


def test_before_a_model_is_loaded_the_users_defaults_are_shown(open_window, qtbot, qapp):
    preferences_file().parent.mkdir(parents=True)
    preferences_file().write_text("evolution: {max_rank: 9}\n", encoding="utf-8")
    window = open_window(lambda progress: ConfiguredEngine(), load=False)
    desk = PreferencesDesk(window.controller, SystemTheme(qapp), window)
    desk.show("evolution")
    assert desk.dialog.form.rows["evolution.max_rank"].value == 9
    retype(qtbot, desk.dialog.form.rows["evolution.max_rank"], "3")
    assert desk.dialog.apply_button.toolTip() == "No model is loaded yet"


def test_damaged_preferences_are_told_and_the_built_in_defaults_shown(open_window, qtbot, qapp):
    preferences_file().parent.mkdir(parents=True)
    preferences_file().write_text("evolution: {max_rank: 0}\n", encoding="utf-8")
    window = open_window(lambda progress: ConfiguredEngine(), load=False)
    desk = PreferencesDesk(window.controller, SystemTheme(qapp), window)
    desk.show()
    assert desk.dialog.form.rows["evolution.max_rank"].value == 4
    assert messages(window)[-1].startswith(f"preferences {preferences_file()} cannot be used")


def test_the_trace_line_does_the_same():
    request = ConfigureRequest(("evolution.max_rank=9",))
    line = request.python(Configured({"evolution.max_rank": 9}))
    assert line == "engine.configure(with_settings(engine.config, {'evolution.max_rank': 9}))"
    assert request.python(Configured({})) == ""


def test_window_and_command_line_begin_with_the_users_defaults(monkeypatch):
    from hera_desktop.cli import options
    from hera_desktop.gui.requests import LoadRequest

    preferences_file().parent.mkdir(parents=True)
    preferences_file().write_text("evolution: {max_rank: 9, learning_rate: 0.5}\n", encoding="utf-8")
    monkeypatch.setattr(options, "start_logging", lambda config: None)
    for config in (
        LoadRequest(overrides=("evolution.max_rank=3",))._config(),
        options.read_config(None, ["evolution.max_rank=3"]),
    ):
        assert (config.evolution.max_rank, config.evolution.learning_rate) == (3, 0.5)
