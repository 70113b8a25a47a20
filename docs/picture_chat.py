"""Pictures of the Chat layout: two facts are told and learned, asked about, and asked again."""

from __future__ import annotations

from collections.abc import Callable

from picture_studio import Studio

from hera_desktop.gui.chat_records import ChatState
from hera_desktop.gui.chat_requests import CompareAnswersRequest
from hera_desktop.gui.main_window import MainWindow
from hera_desktop.gui.panels.lessons import ALL, MEASURES, ONE, SURVEYS

PROMPT = "The opposite of hot is"
"""A step before the lessons, so that there is an earlier patch whose survival is checked."""
CAPITAL = "The capital of Zanthorel is Quibbex."
WORK = "Marlo Vint works as a glassblower."
QUESTION = "What is the capital of Zanthorel?"
ALONE = "facts.reply.turns=0"
"""The model reads a message without the turns before it: what it answers right it has learned."""
LONG = 1800
"""Seconds: the first lesson measures what all of them stand on."""
TABS = ((ONE, "chat-lesson"), (ALL, "chat-lessons"), (SURVEYS, "chat-known"), (MEASURES, "chat-measures"))
NAMES = ("chat-empty", "chat-ask", "chat-learning", "chat", "chat-compared", *(name for _, name in TABS))


def conversation(studio: Studio) -> None:
    """Asked first and told yes, told at once, asked; then the answers compared, and the plots of the lessons."""
    with studio.open(ALONE, session="chat.hera") as window:
        studio.evolve(PROMPT)
        window.actions_["layout_chat"].trigger()
        studio.settle()
        studio.save("chat-empty")
        _ask_first(studio, window)
        _survey(studio, window)
        _tell(studio, window)
        _survey(studio, window)
        _say(studio, window, QUESTION)
        fact = next(fact for fact in _state(window).facts if fact.text == CAPITAL)
        window.chat.facts.select(fact.fact_id)
        studio.save("chat")
        _compare(studio, window)
        _lessons(studio, window)


def _state(window: MainWindow) -> ChatState:
    assert window.chat.state is not None, "the chat is read before anything is said in it"
    return window.chat.state.chat


def _until_more(studio: Studio, count: Callable[[], int], do: Callable[[], None]) -> None:
    """Do something and wait until there is more of what it makes, and nothing runs any more."""
    before = count()
    do()
    studio.wait(lambda: count() > before, LONG)
    studio.settle()


def _write(window: MainWindow, text: str) -> None:
    window.chat.chat.composer.field.setPlainText(text)
    window.chat.chat.send()


def _say(studio: Studio, window: MainWindow, text: str) -> None:
    _until_more(studio, lambda: len(_state(window).messages), lambda: _write(window, text))


def _ask_first(studio: Studio, window: MainWindow) -> None:
    """What would be learned is shown before it is."""
    learning, view = window.chat.chat.composer.learning, window.chat.flow.view
    learning.show_mode("ask")
    _write(window, CAPITAL)
    studio.wait(view.isVisible, LONG)
    studio.save("chat-ask")
    _until_more(studio, lambda: len(_state(window).lessons), view.learn_button.click)
    learning.show_mode("automatic")


def _tell(studio: Studio, window: MainWindow) -> None:
    """A lesson on its way, and its end."""
    before = len(_state(window).lessons)
    _write(window, WORK)
    progress = window.chat.chat.progress
    studio.wait(lambda: "earning" in progress.text() or len(_state(window).lessons) > before, LONG)
    studio.save("chat-learning")
    studio.wait(lambda: len(_state(window).lessons) > before, LONG)
    studio.settle()


def _survey(studio: Studio, window: MainWindow) -> None:
    _until_more(studio, lambda: len(_state(window).surveys), window.chat.facts.line.survey_button.click)


def _compare(studio: Studio, window: MainWindow) -> None:
    """The answer to the question with the adapter off, and as it is now."""
    if not studio.wants("chat-compared"):
        return
    asked = next(message for message in _state(window).messages if message.text == QUESTION)
    window.chat.chat.request_wanted.emit(CompareAnswersRequest(asked.message_id))
    studio.settle()
    studio.save("chat-compared")


def _lessons(studio: Studio, window: MainWindow) -> None:
    window.desk.show_dock("lessons")
    for tab, name in TABS:
        window.chat.lessons.tabs.setCurrentIndex(tab)
        studio.settle()
        studio.save(name)


STAGES = ((conversation, NAMES),)
