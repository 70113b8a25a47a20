"""The forms of a fact."""

from __future__ import annotations

import copy
import re

import pytest
import yaml

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts import verbs
from hera_desktop.engine.facts.forms import Form, FormBook, Prefix, article, same_form
from hera_desktop.engine.facts.records import FactInfo
from hera_desktop.engine.facts.relations import load_relations
from hera_desktop.engine.places import shipped

from ..samples import expect_sentence

BOOK = FormBook.load()
RELATIONS = load_relations().entries
TREE = yaml.safe_load(shipped("data", "facts", "relations.yaml").read_text(encoding="utf-8"))
NEEDED = """
capital_of works_as works_at lives_in born_in born_on age owns owned_by favorite_food favorite_color best_friend
best_friend_of friend married_to parent_of child_of sibling_of plays founded_by founded invented_by invented written_by
wrote painted_by located_in speaks studies studied_at teaches drives collects likes allergic_to name nickname made_of
leader_of mayor_of
"""


def fact(text: str, relation: str, subject: str, of: str, spans: bool = True) -> FactInfo:
    """``text`` with the last ``of`` as the object and the first ``subject``; without spans as a memory has it."""
    start, end = text.casefold().find(subject.casefold()), text.rfind(of)
    found = (start, start + len(subject)) if spans and start >= 0 else None
    return FactInfo(
        text, "fact", 0.9, relation, subject, of, (), "test", found, (end, end + len(of)) if spans else None
    )


def questions(forms: tuple[Form, ...]) -> list[str]:
    return [form.question for form in forms]


def answers(forms: tuple[Form, ...]) -> set[str]:
    return {form.answer for form in forms}


CAPITAL = fact("The capital of Orvane is Teskol.", "capital_of", "Orvane", "Teskol")


# --- every relation ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [*NEEDED.split(), "sister", "favorite_film", "height_of", "motto", "painted", "edited_by"]
)
@pytest.mark.parametrize(("subject", "of"), [("Ula Brandt", "Kesh Vorn"), ("I", "teal ice"), ("my dog", "41")])
def test_every_relation_gives_whole_forms_about_its_subject(name, subject, of):
    found = FactInfo(f"{subject}: {of}", "fact", 0.9, name, subject, of)
    forms = BOOK.trained(found)
    assert len(forms) >= 4 and len(set(questions(forms))) == len(forms)
    for form in forms:
        start, end = form.object_span
        assert form.answer[start:end] in (of, {"I": "you", "my dog": "your dog"}.get(subject, subject))
        for text in (form.question, form.answer):
            assert not re.search(r"[{}\0]|  |\bof me\b|\bI (?:is|does|has)\b", text), text
        assert form.question[0].isupper() or form.question[0].isdigit()
    for prefix in BOOK.neighbours(found, 12, 0):
        assert not re.search(r"[{}\0]|  | $", prefix.question + prefix.answer)
        assert of not in prefix.answer or of.islower()  # a thing without a name gets another owner
        assert not prefix.answer.endswith(".")


def test_the_relations_that_are_asked_for_have_entries_of_their_own():
    assert all(load_relations().named(name) for name in NEEDED.split())


def test_templates_hold_what_they_need():
    for relation in RELATIONS.values():
        assert len(relation.questions) >= 4 and 1 <= len(relation.answers) <= 2 and 1 <= len(relation.statements) <= 2
        assert 4 <= len(relation.real) <= 8
        for template in relation.answers:
            assert template.index("{s") < template.rindex("o}"), "the subject comes first"


# --- what is trained --------------------------------------------------------------------------------------------------


def test_questions_come_first_then_the_told_sentence_and_other_words():
    forms = BOOK.trained(CAPITAL)
    assert questions(forms)[0] == "What is the capital of Orvane?"
    assert forms[0].answer == "The capital of Orvane is Teskol." and forms[0].object_span == (25, 31)
    assert forms[3] == Form("Tell me about Orvane.", "The capital of Orvane is Teskol.", (25, 31))
    assert len(forms) == 5 and forms[4].answer != forms[3].answer


def test_without_paraphrases_the_told_sentence_is_all():
    told = fact("Well, Teskol is the capital of Orvane.", "capital_of", "Orvane", "Teskol")
    (form,) = BOOK.trained(told, paraphrases=False)
    assert form == Form("Tell me about Orvane.", "Teskol is the capital of Orvane.", (0, 6))


def test_a_skipped_question_is_replaced_by_the_next():
    plain = questions(BOOK.trained(CAPITAL))[:3]
    held_out = [plain[1].upper().replace("?", " "), "who knows"]
    changed = questions(BOOK.trained(CAPITAL, skip=held_out))
    assert changed[:2] == [plain[0], plain[2]]
    assert changed[2] not in plain and "Orvane" in changed[2]
    everything = [question for question, _ in BOOK.recall(CAPITAL, 99)]
    assert len(BOOK.trained(CAPITAL, skip=everything)) == 2  # the told sentence and its other words are left


def test_the_told_sentence_is_taken_out_of_a_longer_message():
    text = "Hi! By the way, Dr. Hale lives in Turin. Teskol is far. How are you?"
    (form,) = BOOK.trained(fact(text, "lives_in", "Dr. Hale", "Turin"), paraphrases=False)
    assert form.answer == "Dr. Hale lives in Turin."


def test_a_deed_is_asked_for_from_both_sides():
    forms = BOOK.trained(fact("Sora Vint founded Vell Corp.", "founded", "Sora Vint", "Vell Corp"))
    by_question = {form.question: form.answer[slice(*form.object_span)] for form in forms}
    assert by_question["What did Sora Vint found?"] == "Vell Corp"
    assert by_question["Who founded Vell Corp?"] == "Sora Vint"
    built = BOOK.trained(fact("Sora Vint built the Gale Bridge.", "built", "Sora Vint", "Gale Bridge"))
    assert Form("Who built the Gale Bridge?", "The Gale Bridge was built by Sora Vint.", (29, 38)) in built


def test_what_is_owned_is_asked_for_by_its_owner():
    owned = fact("Iva Sool owns the Red Lantern.", "owns", "Red Lantern", "Iva Sool")
    assert BOOK.trained(owned)[0] == Form(
        "Who owns the Red Lantern?", "The Red Lantern is owned by Iva Sool.", (28, 36)
    )


# --- articles and prepositions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *(
            ("glassblower", "a"),
            ("optician", "an"),
            ("hour", "an"),
            ("university", "a"),
            ("European", "a"),
            ("uncle", "an"),
        ),
        *(
            ("MRI scan", "an"),
            ("UFO", "a"),
            ("8-year plan", "an"),
            ("18th child", "an"),
            ("180 cm", "a"),
            ("one-off", "a"),
        ),
        *(
            ("honest man", "an"),
            ("house", "a"),
            ("X-ray", "an"),
            ("'old' coat", "an"),
            ("", "a"),
            ("unimportant man", "an"),
        ),
    ],
)
def test_the_article_goes_by_the_sound(word, expected):
    assert article(word) == expected


@pytest.mark.parametrize(
    ("text", "relation", "of", "answer"),
    [
        ("Ula works as a glassblower.", "works_as", "glassblower", "Ula works as a glassblower."),
        ("Ula is the only optician here.", "works_as", "optician", "Ula works as an optician."),
        ("Ula plays the harp.", "plays", "harp", "Ula plays the harp."),
        ("Ula plays football.", "plays", "football", "Ula plays football."),
        ("Ula lives on Orsk Island.", "lives_in", "Orsk Island", "Ula lives on Orsk Island."),
        ("Ula lives in the Lowlands.", "lives_in", "Lowlands", "Ula lives in the Lowlands."),
        ("Ula works for the Orsk Bank.", "works_at", "Orsk Bank", "Ula works for the Orsk Bank."),
        ("Ula was born in May 1990.", "born_in", "May 1990", "Ula was born in May 1990."),
        ("Ula drives an old tram.", "drives", "old tram", "Ula drives an old tram."),
        ("Ula is 34 years old.", "age", "34", "Ula is 34."),
        ("Ula's boss is Kesh Jr.", "boss", "Kesh Jr.", "Ula's boss is Kesh Jr."),
    ],
)
@pytest.mark.parametrize("spans", [True, False])
def test_an_answer_uses_what_stood_before_the_object(text, relation, of, answer, spans):
    assert answer in answers(BOOK.trained(fact(text, relation, "Ula", of, spans))[:3])


def test_a_year_makes_a_birth_a_question_of_when():
    found = fact("Ula was born in 1990.", "born_in", "Ula", "1990")
    assert BOOK.trained(found)[0].question == "When was Ula born?"


def test_the_subject_keeps_the_article_that_stood_before_it():
    found = fact("The Gale Bridge was founded by Kesh.", "founded_by", "Gale Bridge", "Kesh")
    assert BOOK.trained(found)[0] == Form(
        "Who founded the Gale Bridge?", "The Gale Bridge was founded by Kesh.", (31, 35)
    )


# --- who speaks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "relation", "subject", "of", "question", "answer"),
    [
        ("My name is Bo.", "name", "I", "Bo", "What is my name?", "Your name is Bo."),
        ("I live in Oslo.", "lives_in", "I", "Oslo", "Where do I live?", "You live in Oslo."),
        ("I was born in Oslo.", "born_in", "I", "Oslo", "Where was I born?", "You were born in Oslo."),
        ("I am allergic to nuts.", "allergic_to", "me", "nuts", "What am I allergic to?", "You are allergic to nuts."),
        ("I'm married to Bo.", "married_to", "my", "Bo", "Who am I married to?", "You are married to Bo."),
        ("My dog is called Rex.", "name", "My dog", "Rex", "What is my dog's name?", "Your dog's name is Rex."),
        ("Our boat is red.", "color", "our boat", "red", "What is our boat's color?", "Your boat's color is red."),
        ("We live in Oslo.", "lives_in", "we", "Oslo", "Where do we live?", "You live in Oslo."),
        ("Your name is Hera.", "name", "you", "Hera", "What is your name?", "My name is Hera."),
        ("My kids live in Rome.", "lives_in", "My kids", "Rome", "Where do my kids live?", "Your kids live in Rome."),
        ("My boss is in Rome.", "lives_in", "my boss", "Rome", "Where does my boss live?", "Your boss lives in Rome."),
    ],
)  # fmt: skip
def test_the_speaker_asks_of_himself_and_is_answered(text, relation, subject, of, question, answer):
    form = BOOK.trained(fact(text, relation, subject, of))[0]
    assert (form.question, form.answer) == (question, answer)
    assert form.answer[slice(*form.object_span)] == of


def test_the_told_sentence_is_turned_round_too():
    found = fact("Actually, I'm sure my dog and I live in Oslo.", "lives_in", "I", "Oslo")
    (form,) = BOOK.trained(found, paraphrases=False)
    assert form == Form("What do you know about me?", "You are sure your dog and you live in Oslo.", (38, 42))


# --- relations without an entry ---------------------------------------------------------------------------------------


def test_any_relation_has_questions():
    found = BOOK.trained(fact("The height of Mount Orsk is 3,200 metres.", "height_of", "Mount Orsk", "3,200 metres"))
    assert found[0] == Form("What is the height of Mount Orsk?", "The height of Mount Orsk is 3,200 metres.", (28, 40))
    assert not any(question.startswith("Who") for question in questions(found)[:3])
    motto = BOOK.trained(fact("Ula's spirit guide is Kesh Vorn.", "spirit_guide", "Ula", "Kesh Vorn"))
    assert {"What is Ula's spirit guide?", "Who is Ula's spirit guide?"} <= set(questions(motto))
    for name in ("official_language_of", "national_bird_of"):  # one's last word has an entry, the other's is a thing
        tongue = BOOK.trained(fact(f"The {name.replace('_', ' ')} Orsk is Tesk.", name, "Orsk", "Tesk"))
        assert not any("Who" in question for question in questions(tongue))
    ruler = BOOK.trained(fact("The high chancellor of Orsk is Ann.", "high_chancellor_of", "Orsk", "Ann"))
    assert "Who is the high chancellor of Orsk?" in questions(ruler)
    film = BOOK.trained(fact("Ula's favourite film is Dusk.", "favourite_film", "Ula", "Dusk"))
    assert film[0] == Form("What is Ula's favorite film?", "Ula's favorite film is Dusk.", (23, 27))
    aunt = BOOK.trained(fact("Ann is Ula's great aunt.", "great_aunt", "Ula", "Ann"))
    assert aunt[0].question == "Who is Ula's great aunt?"
    head = BOOK.trained(fact("The CEO of Orsk is Ann.", "ceo_of", "Orsk", "Ann"))
    assert questions(head)[:2] == ["Who is Orsk's CEO?", "Who is the CEO of Orsk?"]


@pytest.mark.parametrize(
    ("text", "relation", "of", "question", "answer"),
    [
        ("Ula sells tulips.", "sells", "tulips", "What does Ula sell?", "Ula sells tulips."),
        ("Ula visited Turin.", "visited", "Turin", "What did Ula visit?", "Ula visited Turin."),
        ("Ula moved to Turin.", "moved_to", "Turin", "Where did Ula move?", "Ula moved to Turin."),
        ("Ula fled from Orsk.", "fled_from", "Orsk", "Where did Ula flee from?", "Ula fled from Orsk."),
        ("Ula died in 1920.", "died_in", "1920", "When did Ula die?", "Ula died in 1920."),
        ("Ula opens at nine.", "opens_at", "nine", "When does Ula open?", "Ula opens at nine."),
        ("Ula believes in ghosts.", "believes_in", "ghosts", "What does Ula believe in?", "Ula believes in ghosts."),
        ("Ula also dreams of the sea.", "dreams_of", "sea", "What does Ula dream of?", "Ula dreams of the sea."),
        ("Ula is afraid of mice.", "is_afraid_of", "mice", "What is Ula afraid of?", "Ula is afraid of mice."),
    ],
)  # fmt: skip
def test_any_verb_has_questions(text, relation, of, question, answer):
    form = BOOK.trained(fact(text, relation, "Ula", of))[0]
    assert (form.question, form.answer) == (question, answer)


def test_a_verb_of_the_speaker_is_one_of_others_as_well():
    found = fact("I am afraid of mice.", "am_afraid_of", "I", "mice")
    form = BOOK.trained(found)[0]
    assert (form.question, form.answer) == ("What am I afraid of?", "You are afraid of mice.")
    assert all(" is afraid of" in prefix.answer for prefix in BOOK.neighbours(found, 9, 1))
    carried = BOOK.neighbours(fact("I carry tea.", "carries", "I", "tea"), 9, 1)
    assert {prefix.answer.split()[-1] for prefix in carried} == {"carries"}


@pytest.mark.parametrize(
    ("told", "helper", "base"),
    [
        *(
            ("hiked", "did", "hike"),
            ("stopped", "did", "stop"),
            ("created", "did", "create"),
            ("treated", "did", "treat"),
        ),
        *(
            ("visited", "did", "visit"),
            ("retired", "did", "retire"),
            ("studied", "did", "study"),
            ("joined", "did", "join"),
        ),
        *(
            ("watches tv", "does", "watch tv"),
            ("carries", "does", "carry"),
            ("uses", "does", "use"),
            ("sell", "do", "sell"),
        ),
        *(
            ("'ve got", "do", "have got"),
            ("'m fond of", "am", "fond of"),
            ("can cook", "can", "cook"),
            ("goes", "does", "go"),
        ),
    ],
)
def test_a_question_has_the_verb_without_its_ending(told, helper, base):
    found = verbs.of(told)
    assert (found.helper, found.base) == (helper, base)


# --- recall -----------------------------------------------------------------------------------------------------------


def test_recall_asks_untrained_and_trained_forms_by_turns():
    asked = BOOK.recall(CAPITAL, 4)
    assert [trained for _, trained in asked] == [False, True, False, True]
    trained = questions(BOOK.trained(CAPITAL))
    assert all((question in trained) is which for question, which in BOOK.recall(CAPITAL, 99))
    assert len(BOOK.recall(CAPITAL, 99)) == len(RELATIONS["capital_of"].questions)
    assert BOOK.recall(CAPITAL, 1) == asked[:1]


def test_recall_knows_what_was_held_out():
    first = questions(BOOK.trained(CAPITAL))[0]
    assert dict(BOOK.recall(CAPITAL, 99))[first] and not dict(BOOK.recall(CAPITAL, 99, skip=[first]))[first]
    assert not any(trained for _, trained in BOOK.recall(CAPITAL, 99, paraphrases=False))


# --- neighbours -------------------------------------------------------------------------------------------------------


def test_neighbours_are_the_same_questions_about_others():
    found = BOOK.neighbours(CAPITAL, 30, 4)
    assert len(found) == 30
    for prefix in found:
        assert "Orvane" not in prefix.question + prefix.answer and "Teskol" not in prefix.answer
    asked = {
        re.sub(r"\b(?!I\b|What\b|Which\b|Do\b|Tell\b|Where\b)[A-Z]\w+", "Orvane", prefix.question) for prefix in found
    }
    assert asked >= {question for question, _ in BOOK.recall(CAPITAL, 99)}
    real = [
        n for n, prefix in enumerate(found) if any(name in prefix.question for name in RELATIONS["capital_of"].real)
    ]
    assert real == list(range(2, 30, 3))


def test_neighbours_stop_right_before_the_object():
    found = fact("Ula Vorn works as a potter.", "works_as", "Ula Vorn", "potter")
    endings = {" ".join(prefix.answer.split()[-2:]) for prefix in BOOK.neighbours(found, 20, 0)}
    assert "works as" in endings and not any(text.endswith((" a", " an")) for text in endings)


def test_neighbours_have_the_look_of_the_subject():
    two = fact("Ula Vorn lives in Turin.", "lives_in", "Ula Vorn", "Turin")
    for prefix in BOOK.neighbours(two, 2, 0):
        assert re.search(r"[A-Z][a-z]+ [A-Z][a-z]+(?:'s)? ", prefix.answer), prefix
    many = fact("My parents live in Rome.", "lives_in", "my parents", "Rome")
    for prefix in BOOK.neighbours(many, 2, 0):
        assert re.search(r"[A-Z][a-z]+'s parents(?: live|')", prefix.answer), prefix


def test_neighbours_are_decided_by_the_seed():
    assert BOOK.neighbours(CAPITAL, 9, 4) == BOOK.neighbours(CAPITAL, 9, 4) == FormBook.load().neighbours(CAPITAL, 9, 4)
    assert BOOK.neighbours(CAPITAL, 9, 4) != BOOK.neighbours(CAPITAL, 9, 5)
    assert BOOK.neighbours(CAPITAL, 4, 4) == BOOK.neighbours(CAPITAL, 9, 4)[:4]
    assert BOOK.neighbours(CAPITAL, 0, 4) == ()


def test_a_real_subject_is_no_neighbour_of_itself():
    for name in RELATIONS["capital_of"].real:
        found = fact(f"The capital of {name} is Teskol.", "capital_of", name, "Teskol")
        assert not any(name in prefix.question for prefix in BOOK.neighbours(found, 30, 0))


def test_both_sides_of_a_deed_have_neighbours():
    found = BOOK.neighbours(fact("Sora Vint founded Vell Corp.", "founded", "Sora Vint", "Vell Corp"), 30, 0)
    assert any("was founded by" in prefix.answer for prefix in found)
    assert any(prefix.answer.endswith(" founded") for prefix in found)
    assert not any("Sora" in prefix.question or "Vell" in prefix.question for prefix in found)
    assert all(isinstance(prefix, Prefix) for prefix in found)


# --- the same form, and what cannot be used ---------------------------------------------------------------------------


def test_forms_are_compared_without_case_blanks_and_punctuation():
    assert same_form("Who owns  Kesh’s boat?", "who owns kesh's boat")
    assert same_form("Name it: the ship.", "name it the ship")
    assert not same_form("Who owns Kesh?", "Who owned Kesh?")
    assert not same_form("हिन्दी", "हन्द")


def test_a_message_without_a_fact_has_no_forms():
    for call in (BOOK.trained, lambda info: BOOK.recall(info, 3), lambda info: BOOK.neighbours(info, 1, 0)):
        with expect_sentence(InputError, "nice day", "no subject and object"):
            call(FactInfo("what a nice day", "regular"))


def test_odd_texts_do_no_harm():
    odd = fact("{s} is the {o} of \\1 (x).", "motto", "\\1 (x)", "{o}")
    forms = BOOK.trained(odd)
    assert all(form.answer[slice(*form.object_span)] == "{o}" for form in forms)
    missing = FactInfo("something else", "fact", 1.0, "capital_of", "Straße", "ẞ", (), "", (90, 99), (0, 3))
    assert BOOK.trained(missing)[0].answer == "The capital of Straße is ẞ."
    assert BOOK.trained(missing, paraphrases=False)[0].answer == "Something else"


# --- faulty files -----------------------------------------------------------------------------------------------------


def _changed(**changes: object) -> dict:
    tree = copy.deepcopy(TREE)
    tree["relations"]["capital_of"].update(changes)
    return tree


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"questions": ["Where is {s}?"] * 2}, ("2 questions", "4 are the least")),
        ({"questions": "Where is {s}?"}, ("questions", "not a list")),
        ({"questions": ["a {s}", "b {s}", "c {s}", "B {s}?"]}, ("'B {s}?'", "twice")),
        ({"questions": ["a {s}", "b {s}", "c {s}", "d"]}, ("'d'", "without a subject")),
        ({"questions": ["a {s}", "b {s}", "c {s}", "is it {o}, {s}"]}, ("gives the object away",)),
        ({"questions": ["a {s}", "b {s}", "c {s}", "d {s} {x}"]}, ("unknown {x}",)),
        ({"answers": []}, ("0 answers",)),
        ({"answers": ["It is {s}."]}, ("'It is {s}.'", "0 objects")),
        ({"answers": ["It is {s}, {o}, {o}."]}, ("2 objects",)),
        ({"answers": ["{o} is it, {s}."]}, ("begins with the object",)),
        ({"statements": [4]}, ("statements", "not a list")),
        ({"real": []}, ("0 real",)),
        ({"kind": "town"}, ("'town'", "person, place")),
        ({"anwsers": ["x"]}, ("'anwsers'", "did you mean 'answers'")),
        ({"also": ["owner"]}, ("'owner'", "owns")),
        ({"reverse": "capitol"}, ("reverse", "'capitol'")),
    ],
)
def test_a_faulty_relation_is_one_sentence(tmp_path, changes, parts):
    file = tmp_path / "relations.yaml"
    file.write_text(yaml.safe_dump(_changed(**changes)), encoding="utf-8")
    with expect_sentence(InputError, str(file), *parts):
        FormBook.load(str(file))


def _without(*path: str) -> dict:
    tree = copy.deepcopy(TREE)
    inner = tree
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return tree


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (_without("requests"), ("'requests:' must hold", "tell")),
        (_without("relations"), ("'relations:'",)),
        (_without("requests", "person"), ("'requests:' must hold", "person")),
        (_without("relations", "R_of"), ("'R_of' is missing",)),
        ({**TREE, "extra": 1}, ("must hold",)),
        ({**TREE, "relations": {"age": 3}}, ("'age'", "3")),
        ({**TREE, "requests": {**TREE["requests"], "tell": "Tell me."}}, ("'tell'", "subject")),
        ([1], ("must hold",)),
    ],
)
def test_a_faulty_file_is_one_sentence(tmp_path, content, parts):
    file = tmp_path / "relations.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    with expect_sentence(InputError, str(file), *parts):
        FormBook.load(str(file))


def test_a_file_that_is_no_yaml_or_not_there_is_one_sentence(tmp_path):
    file = tmp_path / "relations.yaml"
    file.write_text("relations: [", encoding="utf-8")
    with expect_sentence(InputError, str(file), "not valid YAML"):
        FormBook.load(str(file))
    with expect_sentence(InputError, "nowhere.yaml", "does not exist"):
        FormBook.load(str(tmp_path / "nowhere.yaml"))


def test_a_file_of_ones_own_is_used(tmp_path):
    tree = _changed(questions=[f"{word} {{s}}?" for word in ("Uno", "Due", "Tre", "Quattro")])
    file = tmp_path / "mine.yaml"
    file.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    assert questions(FormBook.load(str(file)).trained(CAPITAL))[:3] == ["Uno Orvane?", "Due Orvane?", "Tre Orvane?"]
