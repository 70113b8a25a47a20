"""Invented names: a lesson holds the model to its base on questions about subjects that nobody has told it of."""

from __future__ import annotations

import random
import re

ARTICLES = ("a", "an", "the")
OWNERS = ("my", "your", "our", "his", "her", "their", "its")
"""What stands before a thing that is somebody's."""

_ONSETS = (
    *("b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "y", "z"),
    *("bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "kl", "kr", "pl", "pr", "qu", "sh", "sk", "sl"),
    *("sn", "st", "str", "sv", "th", "tr", "ts", "tw", "vl", "zh"),
)
_MIDDLES = (
    *("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"),
    *("bb", "ck", "dr", "ff", "gn", "ld", "lf", "ll", "lm", "lt", "mb", "mm", "nd", "nk", "nt", "nn", "pp"),
    *("rb", "rd", "rk", "rl", "rm", "rn", "rr", "rth", "rv", "sk", "ss", "st", "sh", "th", "tt", "vr", "zz"),
)
_VOWELS = (
    *("a", "e", "i", "o", "u") * 8,
    *("ae", "ai", "au", "ea", "ee", "ei", "eo", "ia", "ie", "io", "oa", "oe", "oo", "ou", "ue", "ui", "y"),
)
_CODAS = (
    *("",) * 8,
    *("b", "ck", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "z") * 2,
    *("ft", "ld", "lk", "lm", "lt", "mp", "nd", "ng", "nk", "nt", "rd", "rk", "rl", "rm", "rn", "rt", "sh", "sk"),
    *("ss", "st", "th", "tz"),
)
_REAL = """
    anna anne alan alice amy andy arne barbara bella benny berlin bert betty billy bobby boris boston bruno carl carol
    cairo canada chad chile china clara clark cuba daisy dallas dana david denver diana donna dora doris dublin dylan
    egypt elena elisa ella ellen emma erica fiji finland flora frank france fred geneva ghana gina glen gloria greece
    greta haiti hanna harry harvey heidi helen henry hilda holly india iran iraq irene israel italy jenny jerry jimmy
    jordan julia kansas karen karl katie kenya kevin korea kuwait laos larry laura lena lenin libya lima linda lisa
    london lora louis lucy madrid malta mali maria mark marta martin mary maya megan mexico miami milan milton monaco
    moscow nancy nelly nepal nina nora norma norway olga oman oscar oslo otto panama paris patty paul peru peter poland
    polly prague qatar rita robert robin roma rome rosa russia sally samoa sandra santa sara sarah serbia sofia spain
    stalin stella steven sudan sweden sydney syria texas thomas tina tokyo tonga toronto turin turkey venice vera
    vienna wales wanda wendy yemen york zambia adobe amazon apple boeing canon chrysler cisco disney dell ebay facebook
    fiat ford google honda intel lego lenovo mazda meta nestle netflix nike nissan nokia oracle pepsi philips porsche
    renault reddit samsung skoda sony tesla toyota twitter visa volvo walmart yahoo zara
    ability about after again agree alarm alone among angel anger april arrow august autumn baker banner basket beauty
    beer better bitter black blanket board bottle bottom bread break breath bridge brother brown butter button cabin
    camel candle carbon carpet castle cattle center chain chair chapter cheap cheese cherry chicken child choose church
    circle clean clear cloud coast coffee cold color common cotton cousin cream cross crowd dance danger dark daughter
    december deep dinner dirty doctor dollar donkey door double doubt dragon dream dress drink drive dust early earth
    east easy effect either engine enter error even evening ever every exam face fact fair false family famous far farm
    fast father february feel field figure finger fire fish flag floor flower follow food forest forget fork form free
    fresh friday friend from front fruit funny garden gas gentle ghost giant girl give glass glove goat gold good grand
    grass great green ground group grow hammer hand happy hard heart heat heavy hello help hide hill hold home honey
    hope horse hotel hour house human hunger ice idea image inside iron island jacket january jelly joke journey judge
    juice july jump june kettle kitchen kitten ladder lady lake lamp large late laugh lazy lead leaf learn left legal
    lemon less lesson letter level light limit linen lion little long loose loud love lovely lower lunch machine magic
    major manner market matter meal mean meat melon member mental metal middle mile milk mind minor minute mirror model
    modern moment monday money monkey month moon moral morning mother mountain mouse mouth move music nation near neck
    need never night noble noise none normal north nose note novel november nurse ocean october offer office often only
    open order other outer over owner paper parent park part party past peace pencil people pepper period person phone
    picture pillow pilot place plain plane planet plant plate please poem poet point police poor power present press
    price prince print prison proper proud public puppy purple queen quick quiet rabbit race radio rain rapid rather
    reader real reason record red rent rest rice rich right ring river road robin rock roof room root rose rough round
    row royal rule sad safe salt same sand saturday scale school science sea season second secret seed self sell sense
    september serve seven shade shall shape share sharp sheep sheet ship shirt shoe shop short show sick side sign
    silver simple single sister sleep slow small smart smell smile smoke snake snow soap social soft soil some song
    soon sorry sound soup south space speak speed spell spend spoon sport spring square stage stair stand star start
    state station steel step stick still stone stop store storm story street string strong student study sudden sugar
    summer sun sunday supper sure sweet swim system table tail tall task taste teach tell test than that there thick
    thin thing think third thirst this thread throat throw thunder thursday ticket tiger time tired title today tool
    tooth total town toy trade train travel tree trick trip true trust truth tuesday under uncle until upper use vapor
    very victim view village violet virus visit voice vowel wall war warm waste watch water weather wednesday week
    weight well west wet what wheel where which while white who whole wide wife wild wind window wine wing winter
    wisdom wolf woman wonder wood wool word work world worry worth write wrong yellow young zebra zero
"""
_PLACES = """
    abbey academy airport army avenue bank bay beach bridge building café castle cathedral church city club college
    company co corp corporation council county court desert falls festival forest foundation garden gardens group hall
    harbour harbor hospital hotel house inc inn institute island islands kingdom laboratory lake library limited ltd
    mountain mountains mount museum ocean palace park party peninsula plaza port prize province republic river road
    school sea square stadium state station street studio studios theatre theater tower town university valley village
"""
_RANKS = "captain count doctor dr king lady lord major miss mr mrs ms prince princess prof queen sir st"
_WHO = "i me myself mine we us ours they them he him she it you yours"
_JOINERS = "of and de del der du la le las los van von"
_KNOWN = frozenset(_REAL.split())
_PRONOUNS = frozenset(_WHO.split()) | frozenset(OWNERS)
_KEPT = frozenset((_PLACES + _RANKS + " " + _JOINERS).split()) | _PRONOUNS | frozenset(ARTICLES)
"""Words of a subject that another subject of the same look has as well."""


class NameMaker:
    """Pronounceable capitalised names that belong to nobody; the same ``seed`` gives the same ones in order."""

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(seed)

    def word(self) -> str:
        """One invented name of 4 to 10 letters, such as Brelik."""
        while True:
            made = self._made()
            if 4 <= len(made) <= 10 and made not in _KNOWN and not re.search(r"(.)\1\1|[aeiouy]{3}", made):
                return made.capitalize()

    def name(self, words: int) -> str:
        """``words`` invented names in a row, one at least."""
        return " ".join(self.word() for _ in range(max(1, words)))

    def like(self, subject: str) -> str:
        """Another subject of the same look: invented words in the place of the proper ones, and of the person who
        speaks. Articles, titles and nouns such as Tower or River stay; a common noun gets an owner (Brelik's dog)."""
        words = subject.split()
        if not any(_is_proper(word) for word in words):
            return self._owned(words)
        return " ".join(self._like(word) if _is_proper(word) else word for word in words)

    def _made(self) -> str:
        pick = self._random.choice
        made = pick(_ONSETS) if self._random.random() < 0.88 else ""
        made += pick(_VOWELS)
        for _ in range(self._random.choices((0, 1, 2), (2, 9, 3))[0]):
            made += pick(_MIDDLES) + pick(_VOWELS)
        return made + pick(_CODAS)

    def _owned(self, words: list[str]) -> str:
        """For a subject without a proper name: ``I`` is a person, ``my dog`` is someone's, ``house`` gets a name."""
        nouns = [word for word in words if word.casefold() not in (*ARTICLES, *OWNERS)]
        if not nouns or is_pronoun(" ".join(words)):
            return self.word()
        return f"{self.word()}'s {' '.join(nouns)}"

    def _like(self, word: str) -> str:
        """An invented word with the digits, hyphens, dots and endings of ``word``."""
        stem, ending = re.fullmatch(r"(.*?)((?:['’]s)?)", word, re.DOTALL).groups()
        return re.sub(r"[^\W\d_]+|\d", self._part, stem) + ending

    def _part(self, found: re.Match[str]) -> str:
        part = found.group()
        if part.isdigit():
            return str(self._random.randint(1, 9))
        if len(part) == 1:
            return self._random.choice("ABDEFGHKLMNPRSTVW") if part.isupper() else part
        made = self.word()
        return made.upper() if part.isupper() else made if part[0].isupper() or not part.islower() else made.lower()


def is_pronoun(subject: str) -> bool:
    """Whether a subject is nothing but somebody's pronoun."""
    return subject.casefold() in _PRONOUNS


def _is_proper(word: str) -> bool:
    """Whether a word is to be replaced: a capitalised name, a number, or a word of a script without capitals."""
    plain = word.casefold().strip(".,'’")
    if plain in _KEPT:
        return False
    return any(letter.isupper() or letter.isdigit() or (letter.isalpha() and not letter.islower()) for letter in word)
