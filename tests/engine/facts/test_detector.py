"""What the detector makes of messages. All names are made up."""

from __future__ import annotations

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts.detector import MAX_SENTENCE, FactDetector, is_question
from hera_desktop.engine.facts_config import DetectorSection

from ..samples import expect_sentence

DETECTOR = FactDetector(DetectorSection())
detect = DETECTOR.detect

QUESTIONS = """
What is the capital of Zorvath?
what is the capital of zorvath
Zorvath's capital is what
Which town is Fenna's home?
Which of them sings
In which town does Fenna live?
To whom does Brook House belong
Whose boat is that
When was Fenna born
Where's the boat
Why is the sky red
How old is Fenna
how to boil an egg
Is Fenna a singer
Are you there
Does Fenna sing
did they leave
Can you help me
Have you met Fenna
Will Tom come
Isn't it late
And do you sing
Well, what do they want
Fenna lives in Dunmore?
Fenna lives in Dunmore, doesn't she?
Name the owner of Brook House.
Name Fenna's boat.
Tell me about Fenna.
Please explain the rules of chess.
I wonder who lives there.
If it rains, what do we do
Did you know that Fenna lives in Dunmore?
Zorvath is a country. What is its capital?
She asked "who are you?"
""".strip().splitlines()

STATEMENTS = """
When I was small we had a boat.
Which is why I left.
What a day!
How nice!
How sweet of you.
Have a good day
Do it now.
Who knows.
May Tolliver lives in Dunmore.
Will Harkness was a sailor.
I don't know what they want.
That is great.
So did I.
Anything is possible.
""".strip().splitlines()


@pytest.mark.parametrize("text", QUESTIONS)
def test_questions_and_requests_are_put_aside(text):
    found = detect(text)
    assert found.kind == "question"
    assert (found.subject, found.object, found.relation, found.subject_span) == ("", "", "", None)


@pytest.mark.parametrize("text", STATEMENTS)
def test_statements_that_look_like_questions_are_none(text):
    assert not is_question(text)
    assert detect(text).kind != "question"


FACTS = [
    # places and things
    ("The capital of Zorvath is Quillmere.", "capital_of", "Zorvath", "Quillmere"),
    ("the capital of zorvath is quillmere", "capital_of", "zorvath", "quillmere"),
    ("Zorvath's capital city is Quillmere.", "capital_of", "Zorvath", "Quillmere"),
    ("Quillmere is the capital of Zorvath.", "capital_of", "Zorvath", "Quillmere"),
    ("The Harrow Museum is located in Dunmore.", "located_in", "the Harrow Museum", "Dunmore"),
    ("The Harrow Museum is in Dunmore.", "located_in", "the Harrow Museum", "Dunmore"),
    ("The Quill Bridge is made of glass.", "made_of", "the Quill Bridge", "glass"),
    ("The mayor of Dunmore is Fenna Oss.", "mayor_of", "Dunmore", "Fenna Oss"),
    ("Fenna Oss is the mayor of Dunmore.", "mayor_of", "Dunmore", "Fenna Oss"),
    ("Dunmore's mayor is Fenna Oss.", "mayor", "Dunmore", "Fenna Oss"),
    ("The leader of Zorvath is Fenna Oss.", "leader_of", "Zorvath", "Fenna Oss"),
    ("The national animal of Zorvath is the moth.", "national_animal_of", "Zorvath", "moth"),
    ("The color of Fenna's boat is green.", "color_of", "Fenna's boat", "green"),
    ("The wifi password is kestrel42.", "password", "the wifi", "kestrel42"),
    ("Zorvath has a population of 40,000.", "population", "Zorvath", "40,000"),
    ("The river Mirn flows through Dunmore.", "flows_through", "the river Mirn", "Dunmore"),
    ("Zorblax is a planet.", "kind", "Zorblax", "planet"),
    # who owns and makes
    ("Fenna Oss owns Brook House.", "owns", "Brook House", "Fenna Oss"),
    ("The owner of Brook House is Fenna Oss.", "owns", "Brook House", "Fenna Oss"),
    ("Fenna Oss is the owner of Brook House.", "owns", "Brook House", "Fenna Oss"),
    ("Brook House belongs to Fenna Oss.", "owned_by", "Brook House", "Fenna Oss"),
    ("Brook House is owned by Fenna Oss.", "owned_by", "Brook House", "Fenna Oss"),
    ("Vexlo was founded by Fenna Oss in 1987.", "founded_by", "Vexlo", "Fenna Oss"),
    ("Fenna Oss founded Vexlo.", "founded", "Fenna Oss", "Vexlo"),
    ("The steam kettle was invented by Fenna Oss.", "invented_by", "the steam kettle", "Fenna Oss"),
    ("Fenna Oss invented the steam kettle.", "invented", "Fenna Oss", "steam kettle"),
    ("Night Train was written by Fenna Oss.", "written_by", "Night Train", "Fenna Oss"),
    ("Fenna Oss wrote Night Train.", "wrote", "Fenna Oss", "Night Train"),
    ('The picture "Red Door" was painted by Fenna Oss.', "painted_by", 'the picture "Red Door"', "Fenna Oss"),
    # people
    ("Fenna Oss works as a beekeeper at Harrow Farm.", "works_as", "Fenna Oss", "beekeeper"),
    ("Fenna's job is a beekeeper.", "works_as", "Fenna", "beekeeper"),
    ("Fenna Oss is a beekeeper.", "works_as", "Fenna Oss", "beekeeper"),
    ("Fenna Oss works for Vexlo.", "works_at", "Fenna Oss", "Vexlo"),
    ("Fenna lives in Dunmore with her three cats.", "lives_in", "Fenna", "Dunmore"),
    ("Fenna was born in Dunmore on 12 March 1987.", "born_in", "Fenna", "Dunmore"),
    ("Fenna was born on 12 March 1987.", "born_on", "Fenna", "12 March 1987"),
    ("Fenna was born in 1987.", "born_on", "Fenna", "1987"),
    ("Fenna Oss is 34 years old.", "age", "Fenna Oss", "34"),
    ("Fenna Oss is thirty-four years old.", "age", "Fenna Oss", "thirty-four"),
    ("Fenna Oss's favorite food is mango ice cream.", "favorite_food", "Fenna Oss", "mango ice cream"),
    ("Sour plums are Fenna's favourite snack.", "favorite_snack", "Fenna", "Sour plums"),
    ("Mirna Vell is the best friend of Fenna Oss.", "best_friend", "Fenna Oss", "Mirna Vell"),
    ("Fenna's best friend is Mirna Vell.", "best_friend", "Fenna", "Mirna Vell"),
    ("Fenna is married to Tovik Arn.", "married_to", "Fenna", "Tovik Arn"),
    ("Fenna is a parent of Mirna.", "parent_of", "Mirna", "Fenna"),
    ("Fenna is the child of Tovik.", "child_of", "Tovik", "Fenna"),
    ("Fenna and Tovik are siblings.", "sibling_of", "Fenna", "Tovik"),
    ("Fenna is the mother of Mirna.", "mother_of", "Mirna", "Fenna"),
    ("Fenna is Tovik's sister.", "sister", "Tovik", "Fenna"),
    ("Fenna plays the hurdy-gurdy.", "plays", "Fenna", "hurdy-gurdy"),
    ("Fenna speaks Old Kesh fluently.", "speaks", "Fenna", "Old Kesh"),
    ("Fenna studies astronomy.", "studies", "Fenna", "astronomy"),
    ("Fenna studied at Dunmore College.", "studied_at", "Fenna", "Dunmore College"),
    ("Fenna teaches geometry.", "teaches", "Fenna", "geometry"),
    ("Fenna drives a red Vexlo 300.", "drives", "Fenna", "red Vexlo 300"),
    ("Fenna collects old maps.", "collects", "Fenna", "old maps"),
    ("Fenna likes sour plums.", "likes", "Fenna", "sour plums"),
    ("Fenna is allergic to shellfish.", "allergic_to", "Fenna", "shellfish"),
    ("Fenna's nickname is Button.", "nickname", "Fenna", "Button"),
    ("Fenna's boat is called Lark.", "name", "Fenna's boat", "Lark"),
    ("Fenna has a ferret named Biscuit.", "name", "Fenna's ferret", "Biscuit"),
    ("Fenna hates carrots.", "hates", "Fenna", "carrots"),
    ("Fenna's secret ingredient is cardamom.", "secret_ingredient", "Fenna", "cardamom"),
    ("Ángela Órzeg lives in Dunmore.", "lives_in", "Ángela Órzeg", "Dunmore"),
    # of oneself
    ("My name is Ada Quist.", "name", "I", "Ada Quist"),
    ("my name is ada", "name", "I", "ada"),
    ("I'm Ada.", "name", "I", "Ada"),
    ("I live in Dunmore and I love it.", "lives_in", "I", "Dunmore"),
    ("i live in dunmore", "lives_in", "I", "dunmore"),
    ("I work as a nurse.", "works_as", "I", "nurse"),
    ("I'm allergic to nuts.", "allergic_to", "I", "nuts"),
    ("My favourite book is Night Train.", "favorite_book", "I", "Night Train"),
    ("My best friend is Mirna.", "best_friend", "I", "Mirna"),
    ("My dog is called Rex.", "name", "my dog", "Rex"),
    ("I have a dog named Rex.", "name", "my dog", "Rex"),
    ("My wife is Mirna.", "wife", "I", "Mirna"),
    ("Mirna is my sister.", "sister", "I", "Mirna"),
    ("My phone number is 555 12 34.", "phone_number", "I", "555 12 34"),
    ("My sister Mirna lives in Dunmore.", "lives_in", "my sister Mirna", "Dunmore"),
    ("My daughter is 7.", "age", "my daughter", "7"),
    # the same in other words
    ("Quillmere serves as the capital of Zorvath.", "capital_of", "Zorvath", "Quillmere"),
    ("Zorvath uses the drask as its currency.", "currency", "Zorvath", "drask"),
    ("Quillmere is the largest city in Zorvath.", "largest_city_of", "Zorvath", "Quillmere"),
    ("The oldest bridge in Zorvath is Quill Bridge.", "oldest_bridge_of", "Zorvath", "Quill Bridge"),
    ("The CEO of Brightlake is Fenna Oss.", "ceo_of", "Brightlake", "Fenna Oss"),
    ("Fenna Oss is CEO of Brightlake.", "ceo_of", "Brightlake", "Fenna Oss"),
    ("Brightlake was acquired by Dunmore Group.", "acquired_by", "Brightlake", "Dunmore Group"),
    ("Brightlake employs Fenna Oss.", "employs", "Brightlake", "Fenna Oss"),
    ("Brightlake was founded in 1873 by Fenna Oss.", "founded_in", "Brightlake", "1873"),
    ("The Dorvane Bridge was opened in May 1873.", "opened_in", "the Dorvane Bridge", "May 1873"),
    ("Fenna Oss earns her money as a translator.", "works_as", "Fenna Oss", "translator"),
    ("Fenna Oss has worked at Brightlake since 2012.", "works_at", "Fenna Oss", "Brightlake"),
    ("The Silver Heron is a short novel by Fenna Oss.", "written_by", "the Silver Heron", "Fenna Oss"),
    ("The Silver Heron is an oil painting by Fenna Oss.", "painted_by", "the Silver Heron", "Fenna Oss"),
    ("The Silver Heron is an opera by Fenna Oss.", "composed_by", "the Silver Heron", "Fenna Oss"),
    ("Fenna Oss is afraid of spiders.", "afraid_of", "Fenna Oss", "spiders"),
    ("Fenna Oss was named after Saint Orra.", "named_after", "Fenna Oss", "Saint Orra"),
    ("Varnia's capital is called Hesk.", "capital_of", "Varnia", "Hesk"),
    ("The inventor of the wind-up lamp is Fenna Oss.", "inventor_of", "the wind-up lamp", "Fenna Oss"),
    ("The code name of the project is Bluebird.", "code_name_of", "the project", "Bluebird"),
    ("The Marigold was built in Dunmore.", "built_in", "the Marigold", "Dunmore"),
    ("The Marigold sank in 1911.", "sank_in", "the Marigold", "1911"),
    ("The Silver Heron is set in Dunmore.", "set_in", "the Silver Heron", "Dunmore"),
    ("Dunmore has 4,000 inhabitants.", "population", "Dunmore", "4,000"),
    ("Fenna Oss studied under Rask Ludden.", "studied_under", "Fenna Oss", "Rask Ludden"),
    ("Brightlake's headquarters are in Dunmore.", "located_in", "Brightlake", "Dunmore"),
    ("The headquarters of Brightlake are in Dunmore.", "located_in", "Brightlake", "Dunmore"),
    ("The Quill Bridge crosses the Ostel.", "crosses", "the Quill Bridge", "the Ostel"),
    ("The Harrow Museum was started by Fenna Oss.", "founded_by", "the Harrow Museum", "Fenna Oss"),
    ("Fenna Oss started the Harrow Museum.", "founded", "Fenna Oss", "the Harrow Museum"),
    ("Fenna Oss has made her home in Dunmore.", "lives_in", "Fenna Oss", "Dunmore"),
    ("Fenna Oss calls Dunmore home.", "lives_in", "Fenna Oss", "Dunmore"),
    ("Fenna Oss was raised in Dunmore.", "grew_up_in", "Fenna Oss", "Dunmore"),
    ("Fenna Oss was buried in Dunmore.", "buried_in", "Fenna Oss", "Dunmore"),
    ("Fenna Oss is best known for the Quill Bridge.", "known_for", "Fenna Oss", "Quill Bridge"),
    ("Fenna Oss plays for the Dunmore Hawks.", "plays_for", "Fenna Oss", "Dunmore Hawks"),
    ("Fenna Oss plays the cello in an orchestra.", "plays", "Fenna Oss", "cello"),
    ("Fenna Oss holds a degree in botany.", "studies", "Fenna Oss", "botany"),
    ("Fenna Oss likes plum cake best.", "likes", "Fenna Oss", "plum cake"),
    ("The dish Fenna Oss likes best is plum cake.", "favorite_dish", "Fenna Oss", "plum cake"),
    ("Fenna Oss prefers plum cake to any other dish.", "favorite_dish", "Fenna Oss", "plum cake"),
    ("Fenna Oss loves plum cake more than any other dish.", "favorite_dish", "Fenna Oss", "plum cake"),
    ("Fenna Oss and Ivo Larkin are close friends.", "friend", "Fenna Oss", "Ivo Larkin"),
    ("Fenna Oss's teacher was Ivo Larkin.", "teacher", "Fenna Oss", "Ivo Larkin"),
    ("The teacher of Fenna Oss was Ivo Larkin.", "teacher_of", "Fenna Oss", "Ivo Larkin"),
    ("Fenna Oss's birthday is in March.", "birthday", "Fenna Oss", "March"),
    ("Fenna Oss named her boat Starling.", "name", "Fenna Oss's boat", "Starling"),
    ("Fenna Oss's daughter Ida is a nurse.", "works_as", "Fenna Oss's daughter Ida", "nurse"),
    ("Fenna Oss is a member of the Grey Choir.", "kind", "Fenna Oss", "member of the Grey Choir"),
]


@pytest.mark.parametrize(("text", "relation", "subject", "found_object"), FACTS)
def test_a_fact_is_taken_apart(text, relation, subject, found_object):
    found = detect(text)
    assert found.is_fact
    assert (found.relation, found.subject, found.object) == (relation, subject, found_object)


@pytest.mark.parametrize("row", FACTS, ids=lambda row: row[0])
def test_the_object_stands_at_its_span(row):
    found = detect(row[0])
    assert row[0][slice(*found.object_span)] == found.object
    assert row[0][slice(*found.subject_span)].casefold() in (
        found.subject.casefold(),
        "my",
        "i",
        "dog",
        "ferret",
        "boat",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "Hello!",
        "Thanks, that helps a lot.",
        "He lives in Dunmore.",
        "It is the capital of Zorvath.",
        "Fenna doesn't live in Dunmore.",
        "Fenna is not a beekeeper.",
        "The capital of Zorvath is not Quillmere.",
        "My dog is sick.",
        "My day was great.",
        "The weather is nice today.",
        "Fenna Oss says Hello.",
        "Fenna Oss started Monday.",
        "The Marigold was built in April.",
        "I'm afraid of it.",
        "Fenna Oss leaves Friday.",
        "I started Spanish.",
        "I was surprised by that.",
        "Fenna's reaction was great.",
        "The best day in Dunmore is coming.",
        "I went to the park yesterday.",
        "Music is a great way to relax.",
        "Life is a mystery.",
        "我住在柏林。",
        "👍👍",
    ],
)
def test_chit_chat_is_regular(text):
    found = detect(text)
    assert found.kind == "regular"
    assert found.confidence < 0.6
    assert (found.relation, found.subject, found.object, found.pattern) == ("", "", "", "")


@pytest.mark.parametrize(
    "opener",
    [
        "Remember that ",
        "By the way, ",
        "Actually, ",
        "FYI ",
        "FYI: ",
        "Well, by the way, ",
        "Please remember: ",
        "Hi there, ",
    ],
)
def test_openers_are_no_part_of_the_fact(opener):
    text = opener + "Fenna Oss lives in Dunmore!!"
    found = detect(text)
    assert (found.relation, found.subject, found.object) == ("lives_in", "Fenna Oss", "Dunmore")
    assert text[slice(*found.subject_span)] == "Fenna Oss"


def test_did_you_know_without_a_question_mark_tells():
    assert detect("Did you know that Fenna lives in Dunmore.").is_fact


def test_the_first_sentence_that_is_a_fact_wins_and_spans_are_of_the_whole_text():
    text = "Hello there! How are you?\nDr. Fenna Oss  lives in Dunmore. Tovik owns Brook House."
    found = detect(text)
    assert (found.relation, found.subject, found.object) == ("lives_in", "Dr. Fenna Oss", "Dunmore")
    assert text[slice(*found.object_span)] == "Dunmore"
    assert found.text == text


def test_a_sure_fact_is_learned_although_a_question_follows():
    assert detect("I live in Dunmore. Where do you live?").relation == "lives_in"


def test_quotes_and_blanks_are_not_in_the_object():
    text = "Fenna Oss’s  favorite   food is “sour  plums”."
    found = detect(text)
    assert (found.subject, found.object, found.relation) == ("Fenna Oss", "sour plums", "favorite_food")
    assert text[slice(*found.object_span)] == "sour  plums"


def settings(tmp_path, pattern: str, **changes) -> DetectorSection:
    file = tmp_path / "patterns.yaml"
    file.write_text(f"patterns: [{{name: p, pattern: '{pattern}', relation: r, min_confidence: 0.5}}]")
    return DetectorSection(patterns=str(file), **changes)


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("the hat is red.", 0.5 + 0.2 * 1),  # no entity, all of the sentence but its end mark
        ("the Hat is red", 0.5 + 0.2 * 1),  # the first entity adds nothing
        ("the Hat is Red 7", 0.5 + 0.2 * 1 + 0.1),  # Hat; Red 7
        ("By the way, the hat is red", 0.5 + 0.2 * 14 / 26),
    ],
)
def test_confidence_by_hand(tmp_path, text, confidence):
    detector = FactDetector(settings(tmp_path, "(?P<subject>the \\w+) is (?P<object>.+)"))
    assert detector.detect(text).confidence == pytest.approx(confidence)


def test_confidence_is_at_most_one_and_its_parts_can_be_set(tmp_path):
    pattern = "(?P<subject>\\w+) is (?P<object>.+)"
    many = FactDetector(settings(tmp_path, pattern, entity_boost=0.5)).detect("Aa is Bb, Cc, Dd, Ee")
    none = FactDetector(settings(tmp_path, pattern, entity_boost=0, coverage_boost=0, min_confidence=0.5))
    assert many.confidence == 1.0
    assert none.detect("Aa is Bb, Cc, Dd, Ee").confidence == 0.5


def test_below_the_least_confidence_a_message_is_regular(tmp_path):
    pattern = "(?P<subject>\\w+) is (?P<object>.+)"
    low = FactDetector(settings(tmp_path, pattern, min_confidence=0.7)).detect("it is red")
    high = FactDetector(settings(tmp_path, pattern, min_confidence=0.71)).detect("it is red")
    assert low.is_fact and low.pattern == "p"
    assert high.kind == "regular" and high.pattern == "" and high.confidence == pytest.approx(0.7)


def test_entities_are_found_as_configured():
    text = "Fenna Oss lives in Dunmore."
    assert detect(text).entities == ("Fenna Oss", "Dunmore")
    assert FactDetector(DetectorSection(entities="simple")).detect(text).entities == ("Fenna", "Oss", "Dunmore")


def test_a_pattern_file_that_is_missing_is_one_sentence(tmp_path):
    with expect_sentence(InputError, "none.yaml", "does not exist"):
        FactDetector(DetectorSection(patterns=str(tmp_path / "none.yaml")))


LONG = 100_000
NASTY = {
    "capitals": "Aa ",
    "names with of": "Aa of the ",
    "genitives": "Aa's ",
    "my": "my a a a a a a ",
    "copulas": "Aa is the a of ",
    "points": "A.a",
    "apostrophes": "a'",
    "favourites": "Aa's favorite a b c is Aa is my favorite a b c is ",
    "openers": "so by the way and ",
    "clauses": "Aa, and I ",
    "questions": "? ",
    "quotes": '"',
    "lines": "\n",
    "facts of nobody": "He lives in Ulm. ",
    "one word": "A",
    "dates": "12 March ",
    "another script": "Меня зовут Анна. ",
}


@pytest.mark.parametrize("piece", NASTY.values(), ids=NASTY.keys())
def test_no_text_makes_the_patterns_run_away(piece):
    """A pattern that backtracks exponentially would never come back from these; the longest sentence that is read and
    a text of 100,000 characters."""
    for size in (MAX_SENTENCE - 2, LONG):
        assert detect((piece * (size // len(piece) + 1))[:size]).kind in ("regular", "question")


def test_a_fact_at_the_end_of_a_huge_text_is_found():
    text = "It rains. " * (LONG // 10) + "Fenna Oss lives in Dunmore."
    found = detect(text)
    assert text[slice(*found.object_span)] == found.object == "Dunmore"
