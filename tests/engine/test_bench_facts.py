"""The bench of the facts, on a tiny model and a chat that remembers by heart."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, replace

import pytest

from hera_desktop.engine.bench import facts_data
from hera_desktop.engine.bench.facts import (
    DEFAULT_VARIANTS,
    PARTS,
    TELLINGS,
    VARIANTS,
    FactsBench,
    measure_variants,
    variant_config,
)
from hera_desktop.engine.bench.facts_data import (
    Material,
    TaughtFact,
    draw_questions,
    holds,
    known,
    load_facts,
    load_material,
    names_of,
    other_subjects,
    taught_object,
)
from hera_desktop.engine.bench.facts_document import document, finished_variants
from hera_desktop.engine.bench.facts_table import rows
from hera_desktop.engine.config import Config
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.facts.records import ChatTurn, FactInfo, Lesson, Message
from hera_desktop.engine.facts_config import FactsConfig
from hera_desktop.engine.sae import FeatureReader
from tests import tiny

QUESTIONS = ("Who steers {s}?", "Name the captain of {s}.", "By whom is {s} steered?", "{s} has a captain. Who is it?")


def fact(number: int, subject: str = "", object_: str = "") -> TaughtFact:
    subject, object_ = subject or f"Gull{number} Prow", object_ or f"Mate{number} Rill"
    asked = tuple(question.format(s=subject) for question in QUESTIONS)
    return TaughtFact(f"steers-{number}", subject, object_, f"{object_} steers {subject}.", asked)


FACTS = tuple(fact(number) for number in range(7))


def as_rows(facts=FACTS) -> list[dict]:
    """As a file has them; what the bench must not read is there too."""
    return [{"id": row.pop("fact_id"), "relation": "steers", **row} for row in map(asdict, facts)]


# --- judging ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "object_", "right"),
    [
        ("The captain is mate1  RILL.", "Mate1 Rill", True),
        ("She plays the harp", "harp", True),
        ("She is a harpist", "harp", False),
        ("He eats plum\npie", "plum pie", True),
        ("Plum, then pie", "plum pie", False),
        ("It is C++.", "C++", True),
        ("in der STRASSE", "Straße", True),
        ("anything", " ", False),
    ],
)
def test_an_answer_is_right_where_the_object_stands_in_it_as_whole_words(answer, object_, right):
    assert holds(answer, object_) is right


def test_a_fact_is_known_with_three_of_four():
    assert known([True, True, True, False]) and not known([True, True, False, False])
    assert known([True]) and not known([True, False]) and known([True, True, False, True, True])


def test_a_taught_object_that_stands_in_the_question_is_not_given_away():
    assert taught_object("Who steers Bark?", "It is Ann Lee.", ["Tom", "Ann Lee"]) == "Ann Lee"
    assert taught_object("What does Ann Lee steer?", "Ann Lee steers a boat.", ["Tom", "Ann Lee"]) is None


# --- the files --------------------------------------------------------------------------------------------------------


def test_facts_are_read_in_order_and_the_relation_is_left_in_the_file(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(as_rows()), encoding="utf-8")
    assert load_facts(path) == FACTS


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "does not exist"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"[{", "is not valid JSON"),
        (b"{}", "must hold a list of facts"),
        (b"[]", "must hold a list of facts"),
        (b"[3]", "fact 1, is not an object"),
        (json.dumps([as_rows()[0], {**as_rows()[1], "object": 7}]).encode(), "fact 2: 'object' is 7"),
        (json.dumps([{**as_rows()[0], "statement": " "}]).encode(), "fact 1: 'statement' is ' '"),
        (json.dumps([{**as_rows()[0], "questions": []}]).encode(), "'questions' must be a list of texts"),
        (json.dumps([{**as_rows()[0], "questions": ["Who?", None]}]).encode(), "'questions' must be a list of texts"),
        (json.dumps([as_rows()[0]] * 2).encode(), "names an 'id' twice"),
    ],
)
def test_a_facts_file_that_cannot_be_used_is_one_sentence(tmp_path, content, words):
    path = tmp_path / "facts.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_facts(path)
    assert words in str(caught.value) and str(path) in str(caught.value) and "\n" not in str(caught.value)


def question_file(path, count: int):
    path.write_text("\n".join(json.dumps({"question": f"why {n}"}) for n in range(count)) + "\n", encoding="utf-8")
    return path


def test_the_same_questions_are_drawn_every_time_and_none_twice(tmp_path):
    path = question_file(tmp_path / "q.jsonl", 90)
    drawn = draw_questions(path)
    assert drawn == draw_questions(path) and len(set(drawn)) == 50
    assert drawn != tuple(f"why {n}" for n in range(50))


def test_a_question_file_that_cannot_be_used_is_one_sentence(tmp_path):
    path = question_file(tmp_path / "q.jsonl", 49)
    with pytest.raises(InputError, match="holds 49 questions; 50 are drawn"):
        draw_questions(path)
    path.write_text('{"question": "a"}\n{"query": "b"}\n')
    with pytest.raises(InputError, match="no text under 'question' in row 2"):
        draw_questions(path)
    path.write_text("why\n")
    with pytest.raises(InputError, match=r"row 1 of question file .* is not valid JSON"):
        draw_questions(path)


def test_a_limit_takes_the_first_facts_and_no_invented_name_of_any_fact(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(as_rows()), encoding="utf-8")
    material = load_material(path, question_file(tmp_path / "q.jsonl", 60), limit=2)
    assert material.facts == FACTS[:2]
    assert len(material.unrelated) == 50 and len(material.others) == 40


def test_without_the_shared_data_one_sentence_names_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(facts_data, "FACTS_FILE", tmp_path / "facts_dev.json")
    with pytest.raises(InputError, match=r"facts file .*facts_dev\.json does not exist"):
        load_material()


# --- subjects that are never taught -----------------------------------------------------------------------------------


def test_other_subjects_are_the_facts_own_questions_about_other_names():
    found = other_subjects(FACTS)
    assert len(found) == 40 == len(set(found)) and found == other_subjects(FACTS) != other_subjects(FACTS, seed=1)
    taught = names_of(FACTS)
    forms = Counter()
    for question in found:
        name = invented_name(question)
        assert len(name) == 2 and not {word.casefold() for word in name} & taught
        forms[question.replace(" ".join(name), "{s}")] += 1
    assert set(forms) == set(QUESTIONS)


def invented_name(question: str) -> list[str]:
    """The two words that stand where a question has its subject."""
    for form in QUESTIONS:
        before, after = form.split("{s}")
        if question.startswith(before) and question.endswith(after):
            return question[len(before) : len(question) - len(after)].split()
    raise AssertionError(question)


def test_an_invented_word_is_never_one_that_is_taken():
    first = {word.casefold() for question in other_subjects(FACTS) for word in invented_name(question)}
    second = {word.casefold() for question in other_subjects(FACTS, taken=first) for word in invented_name(question)}
    assert len(first) == len(second) == 80
    assert not first & second


def test_a_subject_of_one_word_becomes_one_word_and_unnamed_ones_are_passed_over():
    single, unnamed = fact(0, subject="Gorm"), replace(fact(1), questions=("What is it?",))
    found = other_subjects((single, unnamed), count=6)
    assert len(found) == 6 and all(len(invented_name(question)) == 1 for question in found)
    assert other_subjects((unnamed,)) == ()


# --- the variants -----------------------------------------------------------------------------------------------------


def test_every_variant_is_a_configuration_that_learns():
    assert len(DEFAULT_VARIANTS) == 11 and set(VARIANTS) - set(DEFAULT_VARIANTS) == {"configured"}
    seen = {variant_config(name, Config()).model_dump_json() for name in DEFAULT_VARIANTS}
    assert len(seen) == len(DEFAULT_VARIANTS)
    for name in VARIANTS:
        chosen = variant_config(name, Config(facts=FactsConfig(learning="off"))).facts
        assert chosen.learning == "automatic" and chosen.recall.every == 0


@pytest.mark.parametrize("part", PARTS)
def test_a_variant_without_a_part_is_working_but_for_that_part(part):
    def flat(name: str) -> dict:
        return variant_config(name, Config()).changed()

    mine, working = flat(f"no-{part}"), flat("working")
    keys = {f"facts.{section}.{key}" for section, values in PARTS[part].items() for key in values}
    assert {key for key in mine.keys() | working.keys() if mine.get(key) != working.get(key)} == keys


def test_plain_holds_nothing_to_the_base_and_refuses_nothing():
    plain = variant_config("plain", Config())
    facts = plain.facts
    assert (facts.lora.rank, facts.optimizer.learning_rate, facts.training.steps) == (8, 2e-3, 8)
    assert facts.optimizer.fact == 1 and facts.weights.strategies == () and not facts.lora.per_fact
    assert facts.loss.fact_lambda_kl == facts.loss.min_lambda == 0 and facts.training.stop == 0
    assert (facts.training.replay, facts.memory.replay_every, facts.training.neighbours) == (0, 0, 0)
    assert not plain.immune.enforce


def test_a_single_setting_wins_over_the_variant_and_the_variant_over_the_configuration():
    base = Config(facts=FactsConfig(window=7))
    assert variant_config("working", base).facts.window == FactsConfig().window
    assert variant_config("configured", base).facts.window == 7
    set_by_name = variant_config("seed", base, ["facts.lora.rank=3"]).facts
    assert (set_by_name.lora.rank, set_by_name.lora.alpha) == (3, 16)


def test_an_unknown_variant_is_one_sentence():
    with pytest.raises(InputError, match=r"variant 'no-klo' is unknown; there are working, .* did you mean 'no-kl'"):
        variant_config("no-klo", Config())


# --- the run ----------------------------------------------------------------------------------------------------------


class HeartLab:
    """A chat that knows a fact by heart once it was told ``needs`` times, and gives a lesson a second and a half."""

    def __init__(self, engine, needs=lambda told: 1, forms=(), spoils=False) -> None:
        self.engine, self.needs, self.forms, self.spoils = engine, needs, list(forms), spoils
        self.heard: list[str] = []
        self.left_out: tuple[str, ...] = ()

    def chat_and_update(self, text, parent=None, *, sampling=None) -> ChatTurn:
        assert parent is None and sampling.temperature == 0
        self.heard.append(text)
        message = Message(len(self.heard), None, "user", text, "", "")
        info = FactInfo(text, "fact")
        lesson = Lesson("softened" if self.heard.count(text) > 1 else "committed", "", info, seconds=1.5)
        return ChatTurn(len(self.heard), message, message, info, lesson, None, "")

    def answers(self, questions, tokens) -> tuple[str, ...]:
        return tuple(self._answer(question) for question in questions)

    def _answer(self, question: str) -> str:
        for told in FACTS:
            times = self.heard.count(told.statement)
            if question in told.questions and times and times >= self.needs(told):
                return f"It is {told.object}."
        return "It is Mate0 Rill." if self.spoils and self.heard else "Nobody knows."

    def answer_ids(self, questions, tokens) -> tuple[tuple[int, ...], ...]:
        shift = int(self.spoils and bool(self.heard))
        return tuple((65 + n % 20, 66 + (shift if n == 0 else 0)) for n in range(len(questions)))

    def forms_trained(self, statement) -> tuple[str, ...]:
        subject = statement.split(" steers ")[1].rstrip(".")
        forms = [form.format(s=subject) for form in self.forms]
        return tuple(form for form in forms if form not in self.left_out)[:3]

    def prepare(self) -> None:
        pass

    def hold_out(self, questions) -> None:
        self.left_out = tuple(questions)


MATERIAL = Material(FACTS, ("why is the sky blue", "how do magnets work"), other_subjects(FACTS, 4))


def measured(names=("working",), material=MATERIAL, **given):
    """What the bench finds with ``HeartLab(**lab)``, and the chats it was measured on."""
    model = tiny.language_model()
    reader = FeatureReader(tiny.random_sae(), "random", model)
    labs: list[HeartLab] = []
    kind, options = given.pop("kind", HeartLab), given.pop("lab", {})

    def lab_of(engine):
        labs.append(kind(engine, **options))
        return labs[-1]

    configs = {name: variant_config(name, tiny.config()) for name in names}
    return measure_variants(model, reader, configs, material, lab_of, **given), labs


def test_the_chat_hears_the_statements_alone_and_each_at_most_three_times():
    slow = {FACTS[1].fact_id: 2, FACTS[2].fact_id: 99}
    bench, (lab,) = measured(lab={"needs": lambda told: slow.get(told.fact_id, 1)})
    result = bench.variants[0]
    assert [told.tellings for told in result.facts] == [1, 2, TELLINGS, 1, 1, 1, 1]
    assert Counter(lab.heard) == {t.fact.statement: t.tellings for t in result.facts}
    assert [told.known_after for told in result.facts] == [True, True, False, True, True, True, True]
    assert [told.known_end for told in result.facts] == [told.known_after for told in result.facts]
    assert [told.seconds for told in result.facts] == [1.5, 3.0, 4.5, 1.5, 1.5, 1.5, 1.5]
    assert result.facts[1].outcomes == ("committed", "softened")


def test_a_run_goes_on_from_the_finished_variants_of_its_document():
    whole, _ = measured(("seed", "working"))
    cut = json.loads(json.dumps(document(whole)))
    cut["variants"][1]["finished"] = False
    again, labs = measured(("seed", "working"), earlier=lambda now: finished_variants(cut, now))
    assert len(labs) == 1, "the first variant is not measured again"
    assert json.dumps(document(again)) == json.dumps(document(whole))
    assert again.variants[0] == replace(whole.variants[0], settings=cut["variants"][0]["settings"])


def test_how_much_memory_the_model_took_is_no_reason_to_measure_anew():
    one = json.loads(json.dumps(document(measured(("seed",))[0])))
    one["model"]["memory"] += 1
    _, labs = measured(("seed",), earlier=lambda now: finished_variants(one, now))
    assert not labs


def test_variants_that_are_not_asked_for_again_stay():
    one = document(measured(("seed",))[0])
    both, labs = measured(("working",), earlier=lambda now: finished_variants(json.loads(json.dumps(one)), now))
    assert [result.name for result in both.variants] == ["seed", "working"] and len(labs) == 1


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda found: found["model"].update(fingerprint="another"), "another, float32 on cpu. with"),
        (lambda found: found["model"].pop("fingerprint"), "no document"),
        (lambda found: found.update(threads=99), "99 threads"),
        (lambda found: found.pop("threads"), "no document"),
        (lambda found: found["variants"][0]["settings"].update({"facts.lora.rank": 99}), "other settings"),
        (lambda found: found["variants"][0]["facts"].pop(), "other settings, facts"),
        (lambda found: found["variants"][0]["facts"][0].pop("asked"), "no document"),
    ],
)
def test_what_was_measured_otherwise_is_not_gone_on_with(change, part):
    found = json.loads(json.dumps(document(measured()[0])))
    change(found)
    with pytest.raises(InputError, match=part):
        measured(earlier=lambda now: finished_variants(found, now))


def test_the_end_is_measured_against_the_model_before():
    bench, _ = measured()
    end = bench.variants[0].end
    assert (end.ppl_ratio, end.js_divergence) == pytest.approx((1.0, 0.0), abs=1e-5)
    assert [answer.same for answer in end.unrelated] == [True, True] and end.unrelated[0].before == "bc"
    assert [answer.taught for answer in end.others] == [None] * 4
    spoiled = measured(lab={"spoils": True})[0].variants[0].end
    assert [answer.same for answer in spoiled.unrelated] == [False, True]
    assert (spoiled.unrelated[0].before, spoiled.unrelated[0].after) == ("bc", "bd")
    assert [answer.taught for answer in spoiled.others] == ["Mate0 Rill"] * 4
    assert [answer.taught_before for answer in spoiled.others] == [None] * 4


@pytest.mark.parametrize(
    ("forms", "trained"),
    [
        ((), 0),
        (("Who is it?", QUESTIONS[0]), 1),
        (QUESTIONS[:3], 2),
        (QUESTIONS, 2),  # the form that is left out is replaced by another of the questions
        ((*QUESTIONS[:3], "Tell me about {s}."), 2),
    ],
)
def test_at_most_two_of_the_questions_have_a_trained_form(forms, trained):
    bench, (lab,) = measured(lab={"forms": forms})
    for told in bench.variants[0].facts:
        among = {asked.question for asked in told.asked if asked.trained}
        assert len(among) == trained == len(among & set(lab.forms_trained(told.fact.statement)))
    assert document(bench)["variants"][0]["forms_rule"]


def test_a_chat_that_trains_more_than_two_forms_all_the_same_is_found_out():
    class Stubborn(HeartLab):
        def hold_out(self, questions):
            pass

    bench, _ = measured(kind=Stubborn, lab={"forms": QUESTIONS[:3]})
    assert not document(bench)["variants"][0]["forms_rule"]


def test_forms_are_held_out_for_all_facts_told_so_far():
    _, (lab,) = measured(lab={"forms": QUESTIONS[:3]})
    assert set(lab.left_out) == {told.questions[2] for told in FACTS}


def test_every_variant_begins_with_a_session_and_a_chat_of_its_own():
    bench, labs = measured(names=("working", "plain", "no-kl"))
    assert [result.name for result in bench.variants] == ["working", "plain", "no-kl"]
    assert len({lab.engine.session for lab in labs}) == 3
    assert not any(lab.engine.session.exists() for lab in labs)
    assert [len(lab.heard) for lab in labs] == [7, 7, 7]
    assert bench.variants[1].settings["facts.optimizer.learning_rate"] == 2e-3


def test_what_there_is_is_saved_every_five_facts_and_after_every_variant():
    saved: list[FactsBench] = []
    measured(names=("working", "seed"), save=saved.append)
    shape = [[(r.name, len(r.facts), r.end is not None) for r in bench.variants] for bench in saved]
    done = ("working", 7, True)
    assert shape == [[("working", 5, False)], [done], [done, ("seed", 5, False)], [done, ("seed", 7, True)]]


def test_a_stopped_run_ends_with_what_is_there():
    heard: list[str] = []
    bench, labs = measured(
        names=("working", "seed"),
        progress=lambda what, share: heard.append(what),
        cancelled=lambda: "working: fact 3 of 7" in heard and heard[-1].endswith("again"),
        lab={"needs": lambda told: 99},
    )
    (result,) = bench.variants
    assert len(labs) == 1 and result.end is None and len(result.facts) == 2
    assert rows(bench)[0][0] == "working (2 of 7 told)"


def test_progress_that_raises_cancelled_stops_the_run_as_well():
    def stop(what, share):
        if what == "working: fact 2 of 7":
            raise Cancelled("enough")

    bench, _ = measured(progress=stop)
    assert len(bench.variants[0].facts) == 1


def test_a_message_that_teaches_nothing_is_told_again_and_takes_no_time():
    class Deaf(HeartLab):
        def chat_and_update(self, text, parent=None, *, sampling=None):
            return replace(super().chat_and_update(text, parent, sampling=sampling), lesson=None)

        def _answer(self, question):
            return "Nobody knows."

    bench, _ = measured(kind=Deaf, material=replace(MATERIAL, facts=FACTS[:1]))
    (told,) = bench.variants[0].facts
    assert told.outcomes == ("nothing",) * 3 and told.seconds == 0
