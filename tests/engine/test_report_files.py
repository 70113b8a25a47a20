"""Reports as files: PDF pages, Markdown with its drawings, JSON with its table."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.reports import paper
from hera_desktop.engine.reports.session_report import cell, fenced, write_report

from . import stories
from .samples import SESSION_META, small_patch


def pdf_text(path: Path) -> list[str]:
    """The text of every page; pypdf puts a NUL before every letter of two bytes."""
    return [page.extract_text().replace("\0", "") for page in PdfReader(path).pages]


def test_the_pdf_has_its_text_its_page_numbers_and_the_hash_on_every_page(told, tmp_path):
    pages = pdf_text(write_report(told, tmp_path / "r.pdf"))
    assert len(pages) >= 3
    for number, text in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in text
        assert f"state {told.state_hash}" in text
    whole = "\n".join(pages)
    for words in ("The capital of France is", "on a branch", "● committed", "✕ rejected", "Reproduce", "def rebuild"):
        assert words in whole, words
    assert "<script>alert('x')</script> & `ticks`" in whole


@pytest.mark.skipif(paper.wide_font() is None, reason="this machine has no font with Chinese letters")
def test_the_pdf_shows_chinese_and_names_letters_that_no_font_has(told, tmp_path):
    whole = "\n".join(pdf_text(write_report(told, tmp_path / "r.pdf")))
    assert "中文提示" in whole
    assert "<U+1F9EC>" in whole


def test_without_a_chinese_font_the_letters_are_named(told, tmp_path, monkeypatch):
    for module in ("hera_desktop.engine.reports.paper", "hera_desktop.engine.reports.pdf"):
        monkeypatch.setattr(f"{module}.wide_font", lambda: None)
    whole = "\n".join(pdf_text(write_report(told, tmp_path / "r.pdf")))
    assert "<U+4E2D><U+6587>" in whole.replace("\n", "")
    assert "fonts-noto-cjk" in whole


def test_the_drawings_in_the_pdf_are_vectors(told, tmp_path):
    reader = PdfReader(write_report(told, tmp_path / "r.pdf"))
    assert not [image for page in reader.pages for image in page.images]
    curves = sum(len(page.get_contents().get_data()) for page in reader.pages)
    assert curves > 50_000


# --- Markdown, JSON, CSV ----------------------------------------------------------------------------------------------


def test_markdown_has_its_drawings_beside_it_and_takes_nothing_for_markup(told, tmp_path):
    path = write_report(told, tmp_path / "my report.md")
    text = path.read_text(encoding="utf-8")
    files = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", text)
    assert len(files) >= 8
    for file in files:
        assert (tmp_path / file.replace("%20", " ")).read_text(encoding="utf-8").startswith("<svg")
    outside = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    assert "<script>" not in outside and "<b>" not in outside and "](http" not in outside
    rows = [line for line in outside.splitlines() if re.match(r"\| \d+ \| [●▲✕]", line)]
    assert len(rows) == len(told.entries())
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {15}


def test_a_fence_is_longer_than_any_in_its_text():
    assert fenced("a ```` b").splitlines()[0] == "`````"
    assert cell("a|b\nc <i> `x` &") == r"a\|b c &lt;i&gt; \`x\` &amp;"


def test_json_says_everything_and_has_the_table_beside_it(told, tmp_path):
    content = json.loads(write_report(told, tmp_path / "r.json").read_text(encoding="utf-8"))
    assert content["state_hash"] == told.state_hash
    assert [row["prompt"] for row in content["rows"]] == [e.prompt for e in told.entries()]
    assert content["rows"][1]["prompt"] == stories.HOSTILE
    assert content["rows"][2]["tags"] == ["keep", "<i>tag</i>"]
    assert content["changed_settings"]["evolution.learning_rate"] == 0.5
    assert content["script"].endswith("\n") and content["faults"] == []
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["step"]) for row in rows] == [e.step for e in told.entries()]
    assert rows[1]["prompt"] == stories.HOSTILE and rows[2]["name"] == "name `of` <u>p3</u>"
    first = told.entries()[0].metrics["js_divergence"]["step"]
    assert float(rows[0]["js_divergence step"]) == first


def test_a_spreadsheet_does_not_take_a_prompt_for_a_formula(tmp_path):
    ledger = Ledger.create(tmp_path / "a.hera", {**SESSION_META, "config": "{}"})
    ledger.record_proposal(small_patch(), "committed", '=HYPERLINK("x")', {"metrics": {}})
    text = write_report(ledger, tmp_path / "r.csv").read_text(encoding="utf-8")
    ledger.close()
    assert '"\'=HYPERLINK(""x"")"' in text


def test_the_table_alone_can_be_written(told, tmp_path):
    write_report(told, tmp_path / "r.csv")
    assert [file.name for file in tmp_path.iterdir()] == ["r.csv"]
