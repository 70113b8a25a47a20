from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from hera_desktop.gui.settings import settings
from hera_desktop.gui.theme import DARK, LIGHT, SystemTheme, palette_of, theme_of


@pytest.fixture
def theme(qapp, monkeypatch):
    monkeypatch.delenv("HERA_THEME", raising=False)
    yield SystemTheme(qapp)
    qapp.setPalette(palette_of(LIGHT))


def test_a_choice_changes_what_is_open_and_is_remembered(theme, qapp, qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    told = []
    theme.chosen.connect(told.append)
    theme.choose("dark")
    assert theme_of(widget.palette()) is DARK
    theme.choose("light")
    assert theme_of(widget.palette()) is LIGHT
    assert told == ["dark", "light"]
    assert SystemTheme(qapp).choice == "light"


def test_the_system_decides_until_something_is_chosen(theme):
    assert theme.choice == "system"
    theme.choose("dark")
    theme.choose("system")
    assert settings().value("theme") == "system"


def test_the_environment_fixes_the_theme(theme, monkeypatch, qapp):
    monkeypatch.setenv("HERA_THEME", "light")
    theme.choose("dark")
    assert theme.fixed
    assert theme_of(qapp.palette()) is LIGHT
    monkeypatch.delenv("HERA_THEME")
    theme.apply()
    assert theme_of(qapp.palette()) is DARK


def test_a_word_that_is_no_theme_is_refused(theme):
    with pytest.raises(ValueError, match="theme 'blue' is unknown; known are system, light, dark"):
        theme.choose("blue")
    assert theme.choice == "system"


def test_a_damaged_choice_means_the_system(theme):
    settings().setValue("theme", "blue")
    assert theme.choice == "system"
