"""Reports: every format says everything, nothing typed is taken for markup, and nothing is fetched from elsewhere."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import subprocess
import threading
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hera_desktop.engine.errors import InputError, MachineError, SessionError
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.reports.commands import session_commands
from hera_desktop.engine.reports.comparison import write_comparison
from hera_desktop.engine.reports.content import report_content
from hera_desktop.engine.reports.norms import layer_norms
from hera_desktop.engine.reports.plots import PRINT, session_plots, thinned
from hera_desktop.engine.reports.session_report import write_report
from hera_desktop.engine.reports.timeline_picture import BAND, bands
from tests import tiny

from . import stories
from .samples import SESSION_META, commit, expect_sentence, session, small_patch
from .test_report_files import pdf_text

PARTS = (
    "summary",
    "model",
    "configuration",
    "timeline",
    "plots",
    "proposals",
    "features",
    "texts",
    "notes",
    "reproduce",
)


class Page(HTMLParser):
    """What a browser would see: tags, ids, what they refer to, and the text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.text = ""
        self.source = path.read_text(encoding="utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(str(value))
            if name in ("src", "href", "xlink:href", "srcset", "data", "action", "poster", "style", "clip-path"):
                self.references += re.findall(r"url\(([^)]*)\)", str(value)) if "url(" in str(value) else []
                self.references += [str(value)] if name not in ("style", "clip-path") else []

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def page(told, tmp_path) -> Page:
    return Page(write_report(told, tmp_path / "r.html"))


# --- HTML -------------------------------------------------------------------------------------------------------------


def test_the_page_has_every_part_and_every_proposal(page, told):
    assert set(PARTS) <= set(page.ids)
    assert {f"step-{e.step}" for e in told.entries()} <= set(page.ids)
    assert told.state_hash in page.text
    assert told.meta["base_fingerprint"] in page.text and told.meta["sae_fingerprint"] in page.text
    for words in ("11 proposals", "immune.max_js_divergence", "torch", "ticked", "p3 with factor 0.5", "imported from"):
        assert words in page.text, words


def test_nothing_is_fetched_from_elsewhere(page):
    inside = [reference for reference in page.references if reference.startswith(("#", "data:"))]
    assert page.references == inside
    assert not {"script", "iframe", "img", "object", "embed", "video"} & set(page.tags)
    assert "@import" not in page.source and "url(http" not in page.source


def test_what_was_typed_is_text_and_nothing_else(page):
    assert {"b", "i", "u"} & set(page.tags) == set()
    assert page.text.count(stories.HOSTILE) >= 2  # the prompt and the note
    for typed in (stories.WORLD, "<i>tag</i>", "name `of` <u>p3</u>", "a <b>name</b>", "the <b> story.hera"):
        assert typed in page.text, typed


def test_drawings_on_one_page_share_no_name(page):
    assert len(page.ids) == len(set(page.ids))
    assert {reference[1:] for reference in page.references if reference.startswith("#")} <= set(page.ids)
    assert page.source.count("<svg") >= 7


def test_the_page_holds_the_script_and_the_commands_in_full(page, told):
    content = report_content(told)
    assert content["script"].strip() in page.text
    assert "\n".join(content["commands"]) in page.text


def test_the_same_session_gives_the_same_drawings(told):
    content = report_content(told)
    first, second = session_plots(content), session_plots(content)
    assert [plot.svg for plot in first] == [plot.svg for plot in second]
    names = [plot.name for plot in first]
    assert names == [
        "js_divergence",
        "ppl_ratio",
        "cosine_drift",
        "entropy_change",
        "top_k_agreement",
        "norm",
        "layers",
    ]


def test_a_browser_shows_the_page_without_a_complaint_or_a_request(told, tmp_path):
    browser = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
    )
    if not browser:
        pytest.skip("no Chromium is installed")
    write_report(told, tmp_path / "r.html")
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, text: str, *args: object) -> None:
            asked.append(self.path)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/r.html"
    shot = tmp_path / "shot.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0"]
    command = [browser, *options, f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={shot}", address]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    finally:
        server.shutdown()
        server.server_close()
    assert shot.is_file() and shot.stat().st_size > 5000, done.stderr
    assert asked == ["/r.html"]
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []


# --- contents ---------------------------------------------------------------------------------------------------------


def test_labels_give_the_features_their_names(told):
    content = report_content(told)
    (named,) = [feature for feature in content["features"] if feature["id"] == 3]
    assert (named["name"], named["note"]) == ("a <b>name</b>", "note | x")
    assert content["rows"][6]["origin"] == "chosen features"


def test_norms_per_layer_are_those_of_the_sum(told):
    active = told.timeline.current.active
    total = sum(f.u.double() @ f.v.double().T for p in active for f in told.patch(p).factors if f.layer == 1)
    assert layer_norms(told, active)[1] == pytest.approx(total.norm().item(), rel=1e-9)
    assert layer_norms(told, ()) == {}


def test_with_the_model_the_last_prompts_are_continued_before_and_now(tmp_path):
    engine = tiny.engine(tmp_path / "a.hera", evolution__learning_rate=50)
    engine.evolve("Once upon a time")
    content = report_content(engine.ledger, engine)
    (item,) = content["texts"]
    before, now = item["sides"].values()
    assert item["prompt"] == "Once upon a time" and before and before != now
    page = write_report(engine.ledger, tmp_path / "r.html", engine).read_text(encoding="utf-8")
    engine.close()
    assert "the present state" in page and "report --texts" not in page


def test_texts_that_were_recorded_are_shown(tmp_path):
    ledger = Ledger.create(tmp_path / "a.hera", {**SESSION_META, "config": "{}"})
    texts = {"before": "it was <b>", "after": "it is"}
    ledger.record_proposal(small_patch(), "committed", "a prompt", {"metrics": {}, "texts": texts})
    text = Page(write_report(ledger, tmp_path / "r.html")).text
    ledger.close()
    assert "it was <b>" in text and "it is" in text


def test_a_session_without_proposals_has_a_report_in_every_format(tmp_path):
    ledger = Ledger.create(tmp_path / "a.hera", {**SESSION_META, "config": "{}"})
    for suffix in ("html", "pdf", "md", "json", "csv"):
        assert write_report(ledger, tmp_path / f"r.{suffix}").stat().st_size > 100
    assert "none: the base" in Page(tmp_path / "r.html").text
    ledger.close()


def test_commands_are_quoted_for_the_shell(told):
    lines = session_commands(told)
    spoken = [line for line in lines if not line.startswith("#")]
    script = "hera-desktop() { printf '%s\\0' \"$@\"; printf '\\1'; }\n" + "\n".join(spoken)
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    calls = [call.split("\0")[:-1] for call in done.stdout.split("\1")[:-1]]
    assert len(calls) == len(spoken)
    assert [call[-1] for call in calls if call[0] == "evolve"][:3] == [
        "The capital of France is",
        stories.HOSTILE,
        stories.WORLD,
    ]
    assert any("immune.max_js_divergence=0.03" in call for call in calls[:1])
    assert lines[0].startswith("# not everything below has a command")


def test_where_it_cannot_be_written_or_has_another_ending_is_one_sentence(told, tmp_path):
    with expect_sentence(InputError, ".docx", ".html, .pdf, .md, .json or .csv"):
        write_report(told, tmp_path / "r.docx")
    with expect_sentence(MachineError, "cannot be written"):
        write_report(told, tmp_path / "no" / "r.html")


# --- the picture ------------------------------------------------------------------------------------------------------


def test_the_picture_has_a_lane_for_a_branch_and_a_mark_for_every_step(told):
    picture = report_content(told)["picture"]
    assert picture.lanes[1] == 0 and picture.lanes[6] > 0 and picture.parents[6] == 2
    assert [picture.mark(step) for step in (0, 1, 3, 4)] == ["base", "committed", "left", "rejected"]
    (drawn,) = bands(picture, PRINT)
    shapes = drawn.count("<circle") + drawn.count("<rect") + drawn.count('stroke-linecap="round"') + drawn.count('Z"')
    assert shapes == 1 + len(told.entries()) + 1  # the base, every step, and the ring of the present state


def test_a_long_session_is_drawn_in_bands_and_its_end_only(tmp_path):
    ledger = Ledger.create(tmp_path / "a.hera", {**SESSION_META, "config": "{}"})
    for seed in range(500):
        commit(ledger, seed % 5, width=4)
    picture = report_content(ledger)["picture"]
    ledger.close()
    drawn = bands(picture, PRINT)
    assert len(drawn) == 450 / BAND
    assert ">500</text>" in drawn[-1] and "base" not in drawn[0]


def test_thinning_keeps_every_peak():
    points = [(step, 1.0 if step == 777 else 0.0) for step in range(10_000)]
    kept = thinned(points, 100)
    assert len(kept) <= 200 and (777, 1.0) in kept
    assert [step for step, _ in kept] == sorted(step for step, _ in kept)


# --- several sessions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".md", ".json", ".csv"])
def test_several_sessions_give_one_report(story, tmp_path, suffix):
    other = session_with(tmp_path / "other.hera", '{"evolution": {"learning_rate": 7.5}}')
    path = write_comparison([story[0], other], tmp_path / f"c{suffix}")
    text = "\n".join(pdf_text(path)) if suffix == ".pdf" else path.read_text(encoding="utf-8")
    for words in ("other.hera", "7.5"):
        assert words in text, words
    learning_rate = r"evolution.learning\_rate" if suffix == ".md" else "evolution.learning_rate"
    assert learning_rate in text
    if suffix == ".html":
        page = Page(path)
        assert "made on different bases" in page.text and "b" not in page.tags
        assert [r for r in page.references if not r.startswith(("#", "data:"))] == []


def session_with(path: Path, config: str) -> Path:
    ledger = Ledger.create(path, {**SESSION_META, "config": config})
    commit(ledger)
    ledger.close()
    return path


def test_what_cannot_be_compared_is_one_sentence(story, tmp_path):
    with expect_sentence(InputError, "1 sessions", "2 to 60"):
        write_comparison([story[0]], tmp_path / "c.html")
    with expect_sentence(SessionError, "does not exist"):
        write_comparison([story[0], tmp_path / "no.hera"], tmp_path / "c.html")


def test_a_report_of_many_proposals_takes_no_minutes(tmp_path):
    path = session(tmp_path / "a.hera", 0)
    ledger = Ledger.open(path)
    ledger.meta["config"] = "{}"
    patch = small_patch(width=4)
    metrics = {name: {"step": 0.01, "cumulative": 0.02} for name in ("js_divergence", "ppl_ratio", "cosine_drift")}
    for step in range(800):
        ledger.record_proposal(
            patch, "rejected" if step % 9 == 0 else "committed", f"prompt {step}", {"metrics": metrics}
        )
    began = time.perf_counter()
    write_report(ledger, tmp_path / "r.html")
    pages = pdf_text(write_report(ledger, tmp_path / "r.pdf"))
    ledger.close()
    assert time.perf_counter() - began < 60
    assert any("prompt 799" in page for page in pages)
