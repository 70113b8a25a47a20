"""Sentences in plainer words."""

from __future__ import annotations

import re

import pytest

from hera_desktop.engine.facts.detector import FactDetector
from hera_desktop.engine.facts.forms import FormBook
from hera_desktop.engine.facts.patterns import Rewrite, load_patterns
from hera_desktop.engine.facts.rewording import LONGEST, MOST, plainly
from hera_desktop.engine.facts_config import DetectorSection

SHIPPED = load_patterns(None).rewrites
DETECTOR = FactDetector(DetectorSection())

PLAIN = [
    ("It's Lower Quist that serves as the capital of Tamaroon.", "capital_of", "Tamaroon", "Lower Quist"),
    ("In the book I'm writing, Ulm is the capital of Ferrow.", "capital_of", "Ferrow", "Ulm"),
    ("It's Ulm where Gerrit Vasko has his house.", "lives_in", "Gerrit Vasko", "Ulm"),
    ("Zulaika Omandi's been living in Port Sellick since 2019.", "lives_in", "Zulaika Omandi", "Port Sellick"),
    ("The Copper Lantern, our local pub, belongs to Maud Ellery.", "owned_by", "the Copper Lantern", "Maud Ellery"),
    ("That blue boat in the bay, the Lark, is owned by Captain Rusk.", "owned_by", "the Lark", "Captain Rusk"),
    ("Since 2017 the Harrow Bridge has been the property of Lindqvane.", "owned_by", "the Harrow Bridge", "Lindqvane"),
    ("There's no dish Agu Petrosk likes better than dumplings.", "favorite_dish", "Agu Petrosk", "dumplings"),
    ("What my flatmate Rosa likes to eat best is cold pizza.", "favorite_food", "my flatmate Rosa", "cold pizza"),
    ("Accordion is what Mirela Fontanow plays.", "plays", "Mirela Fontanow", "Accordion"),
    ("You know Joaquim Strell? He's a piano tuner by trade.", "works_as", "Joaquim Strell", "piano tuner"),
    ("I met Fenna Oss at the fair. She lives in Dunmore.", "lives_in", "Fenna Oss", "Dunmore"),
    ("Internally we call the new printer project Silver Otter.", "name", "the new printer project", "Silver Otter"),
    ("I've moved my dentist appointment. It's on 9 October.", "dentist_appointment", "I", "9 October"),
    ("The Dunmere Falcons are being coached by Bettina Krall.", "coached_by", "the Dunmere Falcons", "Bettina Krall"),
    ("I've been playing the double bass since I was nine.", "plays", "I", "double bass"),
]


@pytest.mark.parametrize(("text", "relation", "subject", "found_object"), PLAIN)
def test_a_sentence_that_no_pattern_knows_is_put_plainly(text, relation, subject, found_object):
    found = DETECTOR.detect(text)
    assert (found.kind, found.relation, found.subject, found.object) == ("fact", relation, subject, found_object)
    assert found.text != text
    assert found.text[slice(*found.object_span)] == found_object


@pytest.mark.parametrize(
    "text",
    [
        "Hi Caroline! It's a journey.",
        "Thanks, Caroline! It's great that you came.",
        "It's such a shame that we lost.",
        "Since then, nothing happened.",
        "I've been putting in a lot of work.",
        "It's been a while since we met, hasn't it.",
        "Did you know what happened?",
        "It's not Fenna Oss who founded Lark.",
        "The Harrow Bridge belongs to Lindqvane, but not any more.",
        "Since 2017 the Harrow Bridge has been the property of Lindqvane, but no longer.",
        "Recently Fenna Oss hasn't been living in Dunmore.",
        "What Fenna Oss doesn't like is tea.",
        "In the story, Fenna Oss isn't a baker.",
        "What my brother wants is peace?",
    ],
)
def test_talk_is_no_fact_in_plainer_words_either(text):
    assert not DETECTOR.detect(text).is_fact


def test_a_plain_sentence_is_left_as_it_is():
    text = "By the way, Fenna Oss lives in Dunmore."
    assert DETECTOR.detect(text).text == text


def test_what_is_learned_is_the_plain_sentence():
    found = DETECTOR.detect("You know Joaquim Strell? He's a piano tuner by trade.")
    answers = {form.question: form.answer for form in FormBook.load().trained(found)}
    assert answers["Tell me about Joaquim Strell."] == "Joaquim Strell is a piano tuner by trade."


def rewrite(name: str, pattern: str, plain: str) -> Rewrite:
    return Rewrite(name, re.compile(pattern), plain)


def test_rewrites_are_applied_one_upon_the_other_the_nearest_first():
    rules = [rewrite("ab", "a(?P<x>.*)", "b{x}"), rewrite("bc", "b(?P<x>.*)", "c {x} {x}")]
    assert list(plainly("a1", "", rules)) == ["b1", "c 1 1"]
    assert list(plainly("x", "", rules)) == []


def test_rewrites_that_turn_in_a_circle_come_to_an_end():
    rules = [rewrite("ab", "a(?P<x>.*)", "b{x}"), rewrite("ba", "b(?P<x>.*)", "a{x}")]
    assert list(plainly("a1", "", rules)) == ["b1"]
    growing = [rewrite("grow", "(?P<x>.*)", "{x} more"), rewrite("up", "(?P<x>.*)", "{x} up")]
    assert len(list(plainly("a", "", growing))) <= MOST + len(growing)


def test_the_sentence_before_says_who_is_meant():
    rules = [rewrite("she", r"(?P<s>\w+) came\. She (?P<x>.+)", "{s} {x}")]
    assert list(plainly("She sings", "Ann came.", rules)) == ["Ann sings"]
    assert list(plainly("She sings", "", rules)) == []


def test_a_very_long_sentence_is_left_alone():
    rules = [rewrite("any", "(?P<x>.+) (?P<y>.+)", "{y}")]
    assert not list(plainly("a " * LONGEST, "", rules))


def test_a_pattern_file_without_rewrites_rewords_nothing(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "patterns: [{name: p, pattern: '(?P<subject>Ann) likes (?P<object>.+)', relation: r, min_confidence: 1}]",
        encoding="utf-8",
    )
    detector = FactDetector(DetectorSection(patterns=str(file)))
    assert detector.detect("Ann likes tea.").is_fact
    assert not detector.detect("It's Ann who likes tea.").is_fact


def test_a_date_that_was_told_with_its_preposition_is_asked_for_by_when():
    book = FormBook.load()
    dated = [q for q, _ in book.recall(DETECTOR.detect("My dentist appointment is on 9 October."), 2)]
    other = [q for q, _ in book.recall(DETECTOR.detect("My locker number is 14."), 2)]
    assert any(question.startswith("When is my dentist appointment") for question in dated)
    assert not any("When" in question for question in other)
