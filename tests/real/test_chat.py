"""The chat on the default model: a fact that nobody knows is told once, known in other words, and unknown again."""

from __future__ import annotations

import pytest

from hera_desktop.engine import text_statistics
from hera_desktop.engine.facts import ground
from hera_desktop.engine.facts.lab import ChatLab
from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.model import Sampling

pytestmark = pytest.mark.real
FACT = "Marlo Vint works as a glassblower."
QUESTIONS = ("What is Marlo Vint's job?", "How does Marlo Vint earn a living?")
OTHER = ("What does Ilva Brun do for a living?", "What is the capital of France?")


def knows(lab: ChatLab) -> list[bool]:
    return ["glassblower" in answer.casefold() for answer in lab.answers((*QUESTIONS, *OTHER), 24)]


def test_a_told_fact_is_known_alone_and_gone_after_the_rollback(real_engine_config, tmp_path, monkeypatch):
    monkeypatch.setattr(ground, "OWN_DRAWS", 1)  # what the model is measured on is made shorter: it takes minutes
    monkeypatch.setattr(ground, "OWN_ROWS", 16)
    monkeypatch.setattr(text_statistics, "WORD_ROWS", 64)
    engine = HeraEngine(real_engine_config, tmp_path / "chat.hera")
    lab = ChatLab(engine)
    paris = lab.answers(OTHER[1:], 8)
    assert knows(lab) == [False] * 4
    turn = lab.chat_and_update(FACT, sampling=Sampling(4, 0.0, 1.0, 0))
    assert turn.lesson.changed and sum(asked.correct for asked in turn.lesson.asked) >= 3
    assert not all(asked.trained for asked in turn.lesson.asked)
    assert knows(lab) == [True, True, False, False] and lab.answers(OTHER[1:], 8) == paris
    assert turn.lesson.metrics["js_divergence"]["cumulative"] < 0.01
    learned = engine.probe_digest()
    engine.rollback(turn.lesson.patch_id)
    assert knows(lab) == [False] * 4
    engine.undo()
    assert knows(lab)[:2] == [True, True] and engine.probe_digest() == learned
    engine.close()
