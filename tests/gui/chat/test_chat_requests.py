"""What the chat asks of the model thread, on a chat without a model."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts.records import Lesson
from hera_desktop.gui import chat_requests
from hera_desktop.gui.chat_records import AnswersCompared, ChatState, ChatText, ReplySettings
from hera_desktop.gui.chat_requests import (
    AskFactRequest,
    CompareAnswersRequest,
    ExportAdapterRequest,
    ForgetRequest,
    LearnRequest,
    LoadConversationRequest,
    ParseRequest,
    ReadChatRequest,
    RegenerateRequest,
    SaveConversationRequest,
    SendRequest,
    SurveyRequest,
    TellRequest,
)
from hera_desktop.gui.requests import Bench, Request

from ..fake import FakeEngine
from .talks import FakeChat

REPLY = ReplySettings("Be brief.", 12, 0.5, 0.9, 7)


class Told:
    """Keeps what a job says."""

    def __init__(self) -> None:
        self.records: list[Any] = []
        self.said: list[str] = []

    def progress(self, what: str, share: float | None = None) -> None:
        self.said.append(what)

    say = progress

    def partial(self, record: Any) -> None:
        self.records.append(record)

    def cancelled(self) -> bool:
        return False


@pytest.fixture
def bench(monkeypatch) -> Bench:
    made = Bench()
    made.engine = FakeEngine()
    chat = FakeChat(made.engine)
    made.engine.chat = chat
    monkeypatch.setattr(chat_requests, "open_chat", lambda engine: engine.chat)
    return made


def run(bench: Bench, request: Request) -> tuple[Any, Told]:
    told = Told()
    record = request.run(bench, told)
    ast.parse(request.python(record))
    return record, told


def test_an_answer_arrives_in_pieces_and_the_turn_at_the_end(bench):
    turn, told = run(bench, SendRequest("The capital of Orvandia is Selmouth.", None, "automatic"))
    assert told.records[0] == ChatText("Yes")
    assert "".join(piece.text for piece in told.records) == turn.answer.text
    assert turn.lesson.outcome == "committed" and "learning, step 1 of 2" in told.said


def test_what_is_sent_is_what_the_chat_gets(bench):
    run(bench, SendRequest("hello"))
    assert bench.engine.chat.calls == [("chat_and_update", ("hello", None, None, None))]
    run(bench, SendRequest("again", 2, "off", REPLY))
    text, parent, learning, sampling = bench.engine.chat.calls[-1][1]
    assert (text, parent, learning) == ("again", 2, "off")
    assert (sampling.max_new_tokens, sampling.temperature, sampling.top_p, sampling.seed) == (12, 0.5, 0.9, 7)


def test_another_system_prompt_is_a_setting_of_the_session(bench):
    run(bench, SendRequest("hello", reply=REPLY))
    assert bench.engine.config.facts.reply.system_prompt == "Be brief."
    run(bench, SendRequest("hello", 2, reply=REPLY))
    assert [event.kind for event in bench.engine.ledger.log] == ["configure"]


def test_a_system_prompt_that_the_model_does_not_take_is_no_setting(bench):
    with pytest.raises(InputError, match="chat template"):
        run(bench, SendRequest("hello", reply=replace(REPLY, system_prompt="refused")))
    assert bench.engine.config.facts.reply.system_prompt == "" and not bench.engine.ledger.log


def test_a_proposal_that_waits_does_not_outlive_a_lesson(bench):
    for request in (SendRequest("hi"), LearnRequest(1), TellRequest("x"), ForgetRequest(1), RegenerateRequest(2)):
        bench.judged = object()
        run(bench, request)
        assert bench.judged is None, request


@pytest.mark.parametrize("request_", [ReadChatRequest(), ParseRequest("x"), CompareAnswersRequest(1)])
def test_what_only_looks_says_so_and_drops_nothing(bench, request_):
    bench.engine.chat.chat_and_update(
        "hi", None, learning="off", sampling=None, on_text=print, progress=print, cancelled=bool
    )
    bench.judged = object()
    run(bench, request_)
    assert request_.looks and bench.judged is not None


def test_the_state_holds_everything_that_is_drawn(bench):
    run(bench, SendRequest("The capital of Orvandia is Selmouth.", None, "automatic"))
    state, _ = run(bench, ReadChatRequest())
    assert isinstance(state, ChatState)
    assert [said.role for said in state.messages] == ["user", "assistant"]
    assert state.head == 2 and len(state.facts) == 1 and len(state.lessons) == 1
    configured = bench.engine.config.facts
    assert state.learning == configured.learning
    assert state.reply == ReplySettings("", configured.reply.max_new_tokens, 0.0, 1.0, 0)
    assert state.state_hash == bench.engine.info().state_hash


def test_two_answers_come_with_their_differences(bench):
    found, _ = run(bench, CompareAnswersRequest(1))
    assert isinstance(found, AnswersCompared) and found.message_id == 1
    assert "".join(part.a for part in found.differences) == found.base
    assert "".join(part.b for part in found.differences) == found.now
    assert [part.b for part in found.differences if not part.same] == ["Selmouth"]


def test_facts_are_asked_told_and_forgotten(bench):
    run(bench, SendRequest("hi"))
    assert run(bench, AskFactRequest(1))[0].recall == 1.0
    assert isinstance(run(bench, TellRequest("Ann lives in Brill."))[0], Lesson)
    assert isinstance(run(bench, ForgetRequest(1))[0], Lesson)
    assert run(bench, SurveyRequest())[0].known == 1
    assert [name for name, _ in bench.engine.chat.calls][1:] == ["ask", "tell", "forget"]


def test_a_conversation_is_saved_and_loaded_beside_the_old_one(bench, tmp_path):
    path = str(tmp_path / "talk.json")
    run(bench, SendRequest("The capital of Orvandia is Selmouth.", None, "automatic"))
    run(bench, SendRequest("And of Brill?", 2))
    saved, _ = run(bench, SaveConversationRequest(path, 4))
    assert saved.messages == 4
    loaded, _ = run(bench, LoadConversationRequest(path))
    assert loaded.messages == 4 and loaded.head == 8
    kept = bench.engine.chat.log.kept
    assert [said.text for said in kept[:4]] == [said.text for said in kept[4:]]
    assert [said.parent for said in kept[4:]] == [None, 5, 6, 7]
    assert kept[4].details["fact"]["text"] == "The capital of Orvandia is Selmouth."
    assert "lesson" not in kept[4].details


def test_a_file_that_is_no_conversation_is_one_sentence(bench, tmp_path):
    path = tmp_path / "other.json"
    path.write_text("{}")
    with pytest.raises(InputError, match=r"other\.json is not a conversation"):
        LoadConversationRequest(str(path)).run(bench, Told())
    assert bench.engine.chat.log.kept == []


def test_an_export_without_an_adapter_is_refused(bench, tmp_path):
    with pytest.raises(InputError, match="nothing was learned"):
        ExportAdapterRequest(str(tmp_path)).run(bench, Told())


def test_the_lines_of_python_do_the_same():
    assert SendRequest("it's", 3).python(None) == 'ChatLab(engine).chat_and_update("it\'s", parent=3)'
    assert SendRequest("hi", learning="off").python(None) == "ChatLab(engine).chat_and_update('hi', learning='off')"
    line = SendRequest("hi", reply=REPLY).python(None)
    assert "with_settings(engine.config, {'facts.reply.system_prompt': 'Be brief.'})" in line
    assert line.endswith("ChatLab(engine).chat_and_update('hi', sampling=Sampling(12, 0.5, 0.9, 7))")
    assert CompareAnswersRequest(3, REPLY).python(None) == (
        "ChatLab(engine).compare(3, sampling=Sampling(12, 0.5, 0.9, 7))"
    )
    assert ForgetRequest(4).python(None) == "ChatLab(engine).forget(4)"
