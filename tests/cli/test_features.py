"""The verbs of the feature browser, on a tiny model with an atlas of its own."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests import tiny

from .conftest import TinyFiles, assert_one_sentence, run

PROMPT = "The capital of France is"
TEXT = "The capital of France is Paris. In 1990 there were {12} of them, and then? Nobody knows.\n"


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("text") / "some.txt"
    file.write_text(TEXT * 20, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def bare(tiny_files: TinyFiles, tmp_path_factory: pytest.TempPathFactory) -> TinyFiles:
    """An SAE of its own, without an atlas."""
    folder = tmp_path_factory.mktemp("bare") / "random"
    tiny.random_sae().save_model(str(folder))
    return TinyFiles(tiny_files.model, folder)


@pytest.fixture(scope="module")
def files(tiny_files: TinyFiles, tmp_path_factory: pytest.TempPathFactory, text: Path) -> TinyFiles:
    """An SAE with its atlas beside it, built by the verb."""
    folder = tmp_path_factory.mktemp("sae") / "random"
    tiny.random_sae().save_model(str(folder))
    found = TinyFiles(tiny_files.model, folder)
    result = run("features", "atlas", "--text", str(text), "--tokens", "1000", "--json", *found.options(None))
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["file"] == str(folder / "atlas.sqlite") and Path(told["file"]).is_file()
    assert (told["d_sae"], told["sae_name"], told["text"]) == (96, "random", "some.txt")
    assert told["tokens"] >= 1000
    return found


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return tmp_path / "s.hera"


def document(*arguments: str) -> Any:
    result = run("features", *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def lines(*arguments: str) -> str:
    result = run("features", *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


# --- top and show -----------------------------------------------------------------------------------------------------


def test_top_names_the_features_of_every_token_but_the_first(files, session):
    rows = document("top", "abc", "--count", "2", *files.options(session))
    assert [row["token"] for row in rows] == ["b", "c"]
    assert all(len(row["features"]) == 2 and feature["name"] for row in rows for feature in row["features"])
    assert "feature:activation" in lines("top", "abc", *files.options(session))


def test_top_needs_no_atlas(bare, session):
    (row,) = document("top", "ab", "--count", "1", *bare.options(session))
    assert row["features"][0]["name"] is None


def test_show_prints_the_page(files, session):
    page = document("show", "7", *files.options(session))
    assert (page["id"], page["label"], page["patches"], page["text"]) == (7, None, [], None)
    assert page["name"] == page["page"]["auto_name"]
    assert 0 < page["page"]["density"] <= 1 and page["page"]["max"] >= page["page"]["mean"] > 0
    assert len(page["page"]["positive"]) == len(page["page"]["negative"]) == 10
    assert len(page["page"]["neighbours"]) == 10
    assert page["page"]["ranges"][0]["examples"]
    plain = lines("show", "7", *files.options(session))
    for word in ("feature 7", "(automatic)", "raises", "lowers", "nearest by direction", "top contexts", "["):
        assert word in plain


def test_show_with_text_has_a_base_and_an_edited_column(files, session):
    options = files.options(session)
    assert run("evolve", PROMPT, *options).exit_code == 0
    (best,) = document("top", PROMPT, "--count", "1", *options)[-1]["features"]
    page = document("show", str(best["id"]), "--text", PROMPT, *options)
    columns = page["text"]
    assert "".join(columns["tokens"]) == PROMPT
    assert columns["base"] != columns["edited"] and columns["base"][0] == columns["edited"][0] == 0
    assert page["patches"] == [{"patch_id": "p1", "layers": [1], "share": pytest.approx(page["patches"][0]["share"])}]
    plain = lines("show", str(best["id"]), "--text", PROMPT, *options)
    assert "edited" in plain and "share of each patch" in plain and "p1" in plain
    assert run("rollback", "base", "--session", str(session)).exit_code == 0
    back = document("show", str(best["id"]), "--text", PROMPT, *options)["text"]
    assert back["base"] == back["edited"] == columns["base"]


def test_show_with_text_needs_no_atlas_and_without_one_it_does(bare, session):
    assert document("show", "7", "--text", PROMPT, *bare.options(session))["page"] is None
    result = run("features", "show", "7", *bare.options(session))
    assert_one_sentence(result, "SAE random has no atlas", "features atlas --text")


@pytest.mark.parametrize("feature", ["96", "9999"])
def test_a_feature_that_is_not_there_is_named_with_the_range(files, session, feature):
    for arguments in (["show", feature], ["name", feature, "x"], ["export", "--feature", feature, "--out", "x.html"]):
        result = run("features", *arguments, *files.options(session))
        assert_one_sentence(result, f"feature {feature} is out of range: SAE random has features 0 to 95")


# --- search and names -------------------------------------------------------------------------------------------------


def test_search_finds_by_number_name_and_note(files, session):
    options = files.options(session)
    found = document("search", "7", *options)
    assert 7 in [row["id"] for row in found["features"]]
    assert set(found["features"][0]) == {"id", "name", "auto_name", "pinned", "density", "mean", "max"}
    document("name", "60", "Café feature", "--note", "made for the test", "--pin", *options)
    for query in ("cafe", "made TEST"):
        row = document("search", query, *options)["features"][0]
        assert (row["id"], row["name"], row["pinned"]) == (60, "Café feature", True)
    assert document("search", "", "--count", "5", *options)["found"] == 96
    assert len(document("search", "", "--count", "5", *options)["features"]) == 5
    assert "96 features match, 5 are shown" in lines("search", "", "--count", "5", *options)


@pytest.mark.parametrize("query", ['"', "*", "(", "') OR 1=1 --", "\x00", "🙂", "no such thing anywhere"])
def test_no_query_is_too_odd(files, session, query):
    assert document("search", query, *files.options(session))["found"] >= 0


def test_search_without_an_atlas_says_how_to_build_one(bare, session):
    assert_one_sentence(run("features", "search", "x", *bare.options(session)), "no atlas", "features atlas --text")


def test_what_is_not_given_stays_as_it_was(files, session):
    options = files.options(session)
    assert document("name", "3", "capitals", *options)["source"] == "user"
    document("name", "3", "--pin", *options)
    kept = document("name", "3", "--note", "see lesson 2", *options)
    assert kept == {"feature": 3, "name": "capitals", "note": "see lesson 2", "pinned": True, "source": "user"}
    assert document("show", "3", *options)["name"] == "capitals"
    plain = lines("name", "3", "--no-pin", *options)
    assert plain.splitlines() == ["feature 3: capitals", "see lesson 2"]
    assert "no name" in lines("name", "3", "", "--note", "", *options)


def test_naming_needs_a_session_and_something_to_keep(files, session):
    assert_one_sentence(run("features", "name", "3", "x", *files.options(None)), "needs a session")
    assert_one_sentence(run("features", "name", "3", *files.options(session)), "give a NAME, --note or --pin")


def test_names_are_imported_and_the_users_own_stand(files, session, tmp_path):
    options, file = files.options(session), tmp_path / "export.jsonl"
    rows = [{"index": "3", "description": "theirs"}, {"index": "4", "description": "digits"}]
    file.write_text("\n".join(json.dumps(row) for row in rows))
    document("name", "3", "mine", *options)
    assert document("import", str(file), *options) == {"imported": 1}
    assert document("show", "3", *options)["name"] == "mine"
    assert document("show", "4", *options)["label"]["source"] == "import"
    assert "digits (imported)" in lines("show", "4", *options)


def test_a_file_that_holds_no_names_is_one_sentence(files, session, tmp_path):
    file = tmp_path / "export.json"
    file.write_text("[]")
    assert_one_sentence(run("features", "import", str(file), *files.options(session)), "export.json")
    assert_one_sentence(run("features", "import", "/no/such.json", *files.options(session)), "/no/such.json")
    assert_one_sentence(run("features", "import", str(file), *files.options(None)), "needs a session")


# --- atlas ------------------------------------------------------------------------------------------------------------


def test_an_atlas_goes_where_it_is_asked_to(bare, text, tmp_path):
    out = tmp_path / "mine.sqlite"
    arguments = ["--text", str(text), "--text", str(text), "--tokens", "300", "--out", str(out)]
    plain = lines("atlas", *arguments, *bare.options(None))
    assert f"written to {out}" in plain and out.is_file()
    assert not (bare.sae / "atlas.sqlite").exists()


def test_an_atlas_that_cannot_be_built_is_one_sentence(bare, text, tmp_path):
    options = bare.options(None)
    assert_one_sentence(run("features", "atlas", "--text", "/no/such/text", *options), "/no/such/text")
    short = tmp_path / "short.txt"
    short.write_text("too short")
    assert_one_sentence(run("features", "atlas", "--text", str(short), *options), "short.txt")
    result = run("features", "atlas", "--text", str(text), "--out", str(short / "a.sqlite"), *options)
    assert_one_sentence(result, str(short))


# --- export -----------------------------------------------------------------------------------------------------------


def test_the_table_is_exported_with_the_users_names(files, session, tmp_path):
    out, options = tmp_path / "table.csv", files.options(session)
    document("name", "3", "capitals, mostly", *options)
    assert document("export", "--out", str(out), *options) == {"file": str(out), "features": 96}
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 97
    assert "capitals, mostly" in rows[4]


def test_a_page_is_exported_as_html(files, session, tmp_path):
    out, options = tmp_path / "page.html", files.options(session)
    document("name", "3", "<b>capitals</b>", *options)
    assert document("export", "--out", str(out), "--feature", "3", *options)["file"] == str(out)
    html = out.read_text(encoding="utf-8")
    assert "&lt;b&gt;capitals" in html and "<b>capitals" not in html
    assert "As edited now" not in html
    document("export", "--out", str(out), "--feature", "3", "--text", PROMPT, *options)
    assert "As edited now" in out.read_text(encoding="utf-8")


def test_an_export_that_cannot_be_written_is_one_sentence(files, bare, session, tmp_path):
    options = files.options(session)
    assert_one_sentence(
        run("features", "export", "--out", str(tmp_path / "x.docx"), *options), ".docx", ".csv", ".html"
    )
    assert_one_sentence(run("features", "export", "--out", str(tmp_path / "x.html"), *options), "--feature")
    result = run("features", "export", "--out", str(tmp_path / "x.csv"), "--feature", "3", *options)
    assert_one_sentence(result, "--feature", ".html")
    assert_one_sentence(run("features", "export", "--out", "/no/such/x.csv", *options), "/no/such/x.csv")
    assert_one_sentence(run("features", "export", "--out", str(tmp_path / "x.csv"), *bare.options(session)), "no atlas")


def test_steering_is_previewed_and_leaves_nothing(files, session):
    options = files.options(session)
    found = document("steer", PROMPT, "--feature", "5", "--strength", "8", "--tokens", "4", *options)
    assert found["identity"] == 0
    assert found["base"] == found["edited"]
    assert found["steered"] != found["edited"]
    again = document("steer", PROMPT, "--feature", "5", "--strength", "0", "--tokens", "4", *options)
    assert again["steered"] == again["edited"] == found["edited"]


def test_an_edit_from_features_is_judged_first_and_kept_on_request(files, session):
    wanted = ("propose", PROMPT, "--feature", "5", "--feature", "9", *files.options(session))
    judged = document(*wanted)
    assert judged["committed"] is None
    assert {feature["id"] for feature in judged["features"]} == {5, 9}
    assert json.loads(run("timeline", "--session", str(session), "--json").stdout)["entries"] == []
    kept = document(*wanted, "--commit")["committed"]
    assert (kept["patch_id"], kept["status"]) == ("p1", "committed")
    assert len(json.loads(run("timeline", "--session", str(session), "--json").stdout)["entries"]) == 1


def test_a_rejected_edit_ends_with_status_one(files, session):
    strict = ("--set", "immune.max_js_divergence=0", "--set", "immune.cumulative.max_js_divergence=0")
    result = run("features", "propose", PROMPT, "--feature", "5", "--json", *files.options(session), *strict)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["verdict"]["level"] == "reject"


def test_a_feature_out_of_range_is_named(files, session):
    for verb in (("steer", PROMPT, "--feature", "96", "--strength", "1"), ("propose", PROMPT, "--feature", "96")):
        assert_one_sentence(run("features", *verb, *files.options(session)), "feature 96 is out of range")


def test_a_feature_whose_name_matches_comes_before_those_whose_contexts_do(files, session):
    everything = document("search", "", "--count", "96", *files.options(session))["features"]
    name = max((row["auto_name"] for row in everything), key=lambda text: text.count(" "))
    word = name.replace("“", " ").replace("”", " ").split()[0]
    rows = document("search", word, "--count", "96", *files.options(session))["features"]
    from hera_desktop.engine.atlas.words import matches

    order = [matches(word, row["auto_name"]) for row in rows]
    assert order[0]
    assert order == sorted(order, reverse=True)
