"""An experiment's report: every format has the tables, the plots and what made them, and takes nothing for markup."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments.outcome import Curve, Outcome, Plot, Table, outcome_of
from hera_desktop.engine.reports.experiment_report import command_of, write_experiment_report

from .samples import expect_sentence
from .test_report_files import pdf_text

WIDE = ("kind", *(f"a longer head {number}" for number in range(14)))
OUTCOME = Outcome(
    "immune",
    "The <immune> system",
    {
        "edits": 200,
        "file": None,
        "harm_ppl": 1.5,
        "config": {
            "immune": {"max_js_divergence": 0.2, "top_k": 5},
            "edits": {"strategy": "null_space"},
            "hash": "abc",
        },
    },
    (
        Table("Kinds", ("kind", "n", "share"), (("good | plain", "12", "8.3%"), ("=1+1", "-3.5", "-")), "n: *edits*"),
        Table("Wide", WIDE, (("first", *("123.456789" for _ in WIDE[1:])),)),
    ),
    (
        Plot(
            "Harm & use",
            "x in $",
            "y",
            (
                Curve("line", (1.0, 10.0, float("nan")), (1.0, 2.0, 3.0)),
                Curve("points", (0.0, 2.0), (1.0, float("inf")), line=False, labels=("zero", "far")),
                Curve("shown", (3.0,), (2.5,), line=False, labels=("record <7>",)),
            ),
            (("refused above", 1.5),),
            log_x=True,
        ),
        Plot("Straight", "x", "y", (Curve("only", (0.0, 1.0), (0.0, 1.0)),)),
    ),
    ("One `remark` with <b>.",),
    {"edits": [{"score": None}]},
)


def write(tmp_path, ending: str) -> str:
    return write_experiment_report(OUTCOME, tmp_path / f"r{ending}").read_text(encoding="utf-8")


def test_html_has_everything_escaped_and_asks_for_nothing_from_elsewhere(tmp_path):
    page = write(tmp_path, ".html")
    assert "The &lt;immune&gt; system" in page and "One `remark` with &lt;b&gt;." in page
    assert "good | plain" in page and "n: *edits*" in page and "Stopped before all was measured" in page
    assert page.count("<svg") == 2 and "Harm &amp; use" in page
    assert "hera-desktop experiment immune --edits 200" in page
    links = re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', page)
    assert not links


def test_the_drawings_have_their_words_and_leave_out_what_cannot_be_drawn(tmp_path):
    page = write(tmp_path, ".html")
    drawing = page[page.index("<svg") : page.index("</svg>") + 6]
    words = "".join(ElementTree.fromstring(drawing).itertext())
    for wanted in ("x in $", "refused above 1.5", "record <7>", "line", "points"):
        assert wanted in words, wanted
    assert "far" not in words and "zero" not in words
    assert "var(--text)" in page and "#0101" not in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_markdown_has_its_tables_and_its_plots_beside_it(tmp_path):
    page = write(tmp_path, ".md")
    assert "| kind | n | share |" in page and "|---|---:|---:|" in page
    assert r"| good \| plain | 12 | 8.3% |" in page
    files = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", page)
    assert files == ["r.plots/1-harm-use.png", "r.plots/2-straight.png"]
    assert all((tmp_path / file).read_bytes().startswith(b"\x89PNG") for file in files)


def test_the_pdf_has_every_figure_of_a_table_that_is_wider_than_a_page(tmp_path):
    pages = pdf_text(write_experiment_report(OUTCOME, tmp_path / "r.pdf"))
    whole = "\n".join(pages)
    assert whole.count("123.456789") == len(WIDE) - 1
    assert whole.count("first") >= 2 and all(head in whole for head in WIDE)
    for words in ("The <immune> system", "One `remark` with <b>.", "8.3%", "--edits 200", "max_js_divergence"):
        assert words in whole, words


def test_csv_has_all_tables_and_no_formula(tmp_path):
    write_experiment_report(OUTCOME, tmp_path / "r.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text(encoding="utf-8"))))
    assert rows[:4] == [["Kinds"], ["kind", "n", "share"], ["good | plain", "12", "8.3%"], ["'=1+1", "-3.5", "-"]]
    assert rows[4] == [] and rows[5] == ["Wide"] and rows[7][0] == "first"


def test_json_is_the_outcome_and_can_be_read_back(tmp_path):
    plain = Outcome("immune", "Title", {"edits": 16}, OUTCOME.tables, (OUTCOME.plots[1],), ("x",), {"a": 1}, True)
    path = write_experiment_report(plain, tmp_path / "r.json")
    assert outcome_of(json.loads(path.read_text(encoding="utf-8"))) == plain


def test_the_command_names_what_is_not_at_its_default():
    assert command_of(OUTCOME) == (
        "hera-desktop experiment immune --edits 200 --set immune.max_js_divergence=0.2 --set edits.strategy=null_space"
    )
    edits = Outcome("edits", "", {"strategy": ("rank_one", "lora"), "sequential": True, "fluency": False, "limit": 3})
    words = "hera-desktop experiment edits --strategy rank_one --strategy lora --sequential --limit 3"
    assert command_of(edits) == words
    assert command_of(Outcome("gone", "", {"of": "a b"})) == "hera-desktop experiment gone --of 'a b'"


def test_an_outcome_without_anything_is_a_report_too(tmp_path):
    empty = Outcome("immune", "Nothing yet", {})
    for ending in (".html", ".pdf", ".md", ".csv", ".json"):
        assert write_experiment_report(empty, tmp_path / f"empty{ending}").exists()
    assert not (tmp_path / "empty.plots").exists()


def test_what_cannot_be_written_is_one_sentence(tmp_path):
    with expect_sentence(InputError, "'.docx'", ".html"):
        write_experiment_report(OUTCOME, tmp_path / "r.docx")
    with expect_sentence(InputError, "cannot be written"):
        write_experiment_report(OUTCOME, tmp_path / "missing" / "r.html")
    (tmp_path / "r.plots").write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_experiment_report(OUTCOME, tmp_path / "r.md")
