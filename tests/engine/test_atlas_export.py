"""Features as CSV and as HTML: whatever a token holds, the files stay whole."""

from __future__ import annotations

import csv
from html.parser import HTMLParser

import pytest

from hera_desktop.engine.atlas.export import COLUMNS, visible, write_page_html, write_table
from hera_desktop.engine.atlas.records import FeatureOnText, Label, PatchAlong, Steering
from hera_desktop.engine.atlas.store import Atlas
from hera_desktop.engine.errors import InputError, MachineError

from . import atlases
from .samples import expect_sentence

NASTY = ["<script>alert(1)</script>", "&amp;", '"', "\n", "\x00", "\x1b", "\u202e", "';", "{{ 7 * 7 }}", " é", "🙂"]
ROWS = [
    ("“<b>”", "</td>", "&lt;", NASTY),
    ("second, with a comma", " up", "down", [" a", " b"]),
    ("never active", "=1+1", "x", None),
]


@pytest.fixture
def atlas(tmp_path):
    with Atlas.open(atlases.write(tmp_path / "atlas.sqlite", ROWS)) as atlas:
        yield atlas


class Page(HTMLParser):
    """What a browser would see: elements, attributes, text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements, self.attributes, self.open, self.text = [], [], [], ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def page(tmp_path, atlas, feature=0, labels=(), extra=None) -> Page:
    path = write_page_html(tmp_path / "page.html", atlas, feature, labels, extra)
    return Page(path.read_text(encoding="utf-8"))


def test_a_page_has_no_script_and_no_network(tmp_path, atlas):
    found = page(tmp_path, atlas)
    assert not {"script", "link", "img", "iframe", "b"} & set(found.elements)
    assert {name for name, _ in found.attributes} & {"src", "onclick", "onload"} == set()
    links = [value for name, value in found.attributes if name == "href"]
    assert links == ["https://www.neuronpedia.org/tiny/1-res/0"]


def test_tokens_are_shown_as_text(tmp_path, atlas):
    found = page(tmp_path, atlas)
    assert "<script>alert(1)</script>&amp;\"↵␀␛�';{{ 7 * 7 }} é🙂" in found.text
    assert "“<b>”" in found.text and "</td>" in found.text and "&lt;" in found.text
    assert not any(ord(c) < 32 and c != "\n" for c in found.text)


def test_a_page_has_heat_with_a_legend_figures_and_company(tmp_path, atlas):
    found = page(tmp_path, atlas)
    assert "Heat: 0" in found.text and "8.00" in found.text
    assert [value for name, value in found.attributes if name == "style"] == ["--a: 0.55"]
    assert "second, with a comma" in found.text  # a neighbour by name
    assert "8.0000 % of 1000 tokens" in found.text


def test_a_dead_feature_has_a_page(tmp_path, atlas):
    found = page(tmp_path, atlas, 2)
    assert "never active on this text" in found.text
    assert "Heat" not in found.text


def test_light_and_dark_follow_the_reader(tmp_path, atlas):
    text = write_page_html(tmp_path / "page.html", atlas, 0, ()).read_text(encoding="utf-8")
    assert "prefers-color-scheme: dark" in text


def test_the_users_name_and_note_come_first(tmp_path, atlas):
    found = page(tmp_path, atlas, 1, [Label(0, "other"), Label(1, "<i>mine</i>", "a & b")])
    assert "<i>mine</i>" in found.text and "a & b" in found.text
    assert "automatic: second, with a comma" in found.text
    assert "other" not in found.text


def test_what_the_lab_measured_is_shown(tmp_path, atlas):
    on_text = FeatureOnText(0, "ab", ("<a>", "b"), (0.0, 4.0), (0.0, 16.0), "f" * 64)
    extra = {
        "on_text": on_text,
        "patches": (PatchAlong("p<3>", (7, 8), 0.25),),
        "steering": Steering("Q?", 0, 4.0, "base <b>", "edited\ntext", "steered", 0.0),
    }
    found = page(tmp_path, atlas, 0, (), extra)
    for part in ("Base and edited model differ", "p<3>", "7, 8", "0.2500", "Steered by 4", "base <b>", "edited\ntext"):
        assert part in found.text
    heats = [value for name, value in found.attributes if name == "style"]
    assert len(heats) == 3 and heats[1] == "--a: 0.55"  # one scale for both columns


def test_a_feature_that_is_not_there_writes_nothing(tmp_path, atlas):
    with expect_sentence(InputError, "feature 3 is out of range"):
        write_page_html(tmp_path / "page.html", atlas, 3, ())
    assert not (tmp_path / "page.html").exists()


def test_the_table_comes_back_from_csv(tmp_path, atlas):
    labels = [
        Label(1, "mine\nin two lines", 'note, "quoted"', pinned=True),
        Label(2, "", "only a note", source="import"),
    ]
    path = write_table(tmp_path / "table.csv", atlas, labels)
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == COLUMNS
    assert rows == [
        ["0", "“<b>”", "auto", "0.08", "4", "8", '"</td>"', "no", ""],
        ["1", "mine\nin two lines", "user", "0.08", "4", "8", '" up"', "yes", 'note, "quoted"'],
        ["2", "never active", "auto", "0", "0", "0", '"=1+1"', "no", "only a note"],
    ]


@pytest.mark.parametrize("write", [write_table, lambda path, atlas, labels: write_page_html(path, atlas, 0, labels)])
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path, atlas, write):
    with expect_sentence(MachineError, str(tmp_path), "cannot be written"):
        write(tmp_path, atlas, ())


def test_visible_signs():
    assert visible(" a\tb\r\n\x7f") == "·a⇥b␍↵␡"
    assert visible("\u200b\ud800") == "��"
