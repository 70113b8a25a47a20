"""The window's language: Qt translations from resources/translations, chosen before the first widget is made."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from hera_desktop.engine.places import shipped

from .settings import settings

log = logging.getLogger(__name__)

ENGLISH, CHINESE = "en", "zh_CN"
LANGUAGES = {ENGLISH: "English", CHINESE: "简体中文"}
KEY = "window/language"


def chosen_language() -> str:
    """The language the user chose, else the system's where there is a translation, else English."""
    kept = settings().value(KEY)
    if kept in LANGUAGES:
        return str(kept)
    return CHINESE if QLocale.system().language() == QLocale.Language.Chinese else ENGLISH


def choose_language(language: str) -> None:
    """Remember a language of ``LANGUAGES``; it holds from the next start on."""
    settings().setValue(KEY, language)


def install_translations(app: QCoreApplication, language: str | None = None) -> list[QTranslator]:
    """Install the translators of a language, the chosen one for None; our own words and Qt's (buttons, menus)."""
    language = language or chosen_language()
    if language == ENGLISH:
        return []
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    places = ((f"qtbase_{language}", qt), (f"hera_{language}", str(shipped("resources", "translations"))))
    installed = []
    for name, folder in places:
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            installed.append(translator)
        else:
            log.warning("translation %s is not in %s", name, folder)
    return installed
