"""The same edit at one block after the other: what it gains, what it costs, and which block is named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from hera_desktop.engine import text_statistics
from hera_desktop.engine.config import load_config
from hera_desktop.engine.edits import statistics
from hera_desktop.engine.edits.lab import EditLab
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.experiments.layer_scan import BlockFigures, best_block, scan_layers, spread
from hera_desktop.engine.experiments.outcome import outcome_of
from hera_desktop.engine.facts.anchors import Anchors
from hera_desktop.engine.patch_stack import PatchStack
from tests import tiny

PROMPT, TARGET = "The capital of France is", "Rome"
FAST = {"edits__learning_rate": 0.5, "edits__steps": 4, "edits__prefixes": 1}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Little text to measure matrices on."""
    for name, value in {"BEGINNINGS": ("The", "A"), "OWN_ROWS": 2, "OWN_TOKENS": 8, "TEXT_TOKENS": 12}.items():
        monkeypatch.setattr(statistics, name, value)
    monkeypatch.setattr(text_statistics, "WORD_ROWS", 16)
    some = replace(Anchors.load(), texts=Anchors.load().texts[:12])
    monkeypatch.setattr(statistics.Anchors, "load", lambda: some)


@pytest.fixture
def engine(tmp_path):
    engine = tiny.engine(tmp_path / "s.hera", **FAST)
    yield engine
    engine.close()


def test_a_block_is_given_what_an_edit_there_would_do(engine):
    engine.evolve("Ann lives in", target="Bergen", subject="Ann")
    entries, state = engine.ledger.entries(), engine.state_hash
    scan = scan_layers(engine, PROMPT, TARGET, "France", [2, 0], ["Paris is in"])
    assert (engine.state_hash, engine.ledger.entries()) == (state, entries)
    assert [one.block for one in scan.blocks] == [2, 0] and scan.finished
    settings = engine.config.edits.model_copy(update={"layer": 2, "doses": 0})
    judged = EditLab(engine).propose(PROMPT, TARGET, "France", settings)
    found, overall = scan.blocks[0], judged.measurement.step.overall
    assert found.target == pytest.approx(judged.source["doses"][-1]["target"], rel=1e-5)
    assert found.metrics["js_divergence"] == pytest.approx(overall["js_divergence"], rel=1e-4)
    assert found.level == judged.measurement.verdict.level and found.norm == judged.measurement.patch.frobenius
    assert scan.before == pytest.approx(judged.source["before"], rel=1e-5)
    assert len(found.paraphrases) == 1 and found.effect == pytest.approx((found.target + found.paraphrases[0]) / 2)
    assert scan.blocks[1].norm != found.norm


@pytest.mark.parametrize("every_tag", [False, True])
def test_damage_is_the_largest_share_of_a_step_limit(engine, every_tag):
    limits = ["immune.max_js_divergence=0.5", "immune.max_ppl_spike=3", "immune.max_cosine_drift=0.8"]
    limits += [f"immune.every_tag={str(every_tag).lower()}"]
    engine.configure(load_config(engine.config.model_dump(mode="json"), limits, environment={}))
    (found,) = scan_layers(engine, PROMPT, TARGET, "France", [1]).blocks
    metrics = found.metrics
    shares = (metrics["js_divergence"] / 0.5, (metrics["ppl_ratio"] - 1) / 2, metrics["cosine_drift"] / 0.8)
    assert found.damage > max(shares) if every_tag else found.damage == pytest.approx(max(shares))
    assert (found.level == "reject") == (found.damage > 1)


def test_the_subject_is_found_and_the_blocks_go_through_the_depth(engine):
    scan = scan_layers(engine, PROMPT, TARGET)
    assert scan.subject == "France"
    assert [one.block for one in scan.blocks] == [0, 1, 2, 3]


def test_blocks_are_spread_from_the_first_to_the_last():
    assert spread(30) == (0, 4, 8, 12, 17, 21, 25, 29)
    assert spread(4) == (0, 1, 2, 3) and spread(1) == (0,)
    assert spread(48, 3) == (0, 6, 24, 47)  # 6: where edits are made by default


def block(number, target, damage, level="safe", paraphrases=()):
    return BlockFigures(number, target, paraphrases, level, "", {}, damage, 1.0, 1.0)


def test_the_best_block_has_nearly_the_largest_effect_and_the_least_damage():
    blocks = [block(0, 0.80, 0.5), block(4, 0.78, 0.02), block(8, 0.99, 0.1, "reject"), block(12, 0.5, 0.001)]
    assert best_block(blocks, 0.01) == 4
    assert best_block([*blocks, block(16, 0.75, 0.02)], 0.01) == 4
    told = [replace(blocks[0], paraphrases=(0.9,)), replace(blocks[1], paraphrases=(0.1,))]
    assert best_block(told, 0.01) == 0


@pytest.mark.parametrize(
    "only", [block(1, 0.9, 0.1, "reject"), block(1, 0.9, None), block(1, 0.01, 0.1), block(1, 0.005, 0.1)]
)
def test_no_block_is_named_where_none_is_fit(only):
    assert best_block([only], 0.01) is None


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"layers": [1, 99]}, "99"),
        ({"layers": []}, "no block"),
        ({"subject": "Spain"}, "Spain"),
        ({"paraphrases": ["  "]}, "prompt is empty"),
    ],
)
def test_what_cannot_be_scanned_is_one_sentence(engine, arguments, word):
    with pytest.raises(InputError) as error:
        scan_layers(engine, PROMPT, TARGET, **arguments)
    assert word in str(error.value) and "\n" not in str(error.value)


def test_cancelling_keeps_the_blocks_that_are_done(engine):
    scan_layers(engine, PROMPT, TARGET, "France", [0])
    seen = []

    def cancelled():
        return any(what.startswith("block 1") for what in seen)

    scan = scan_layers(
        engine, PROMPT, TARGET, "France", [0, 1, 2], progress=lambda what, _: seen.append(what), cancelled=cancelled
    )
    assert [one.block for one in scan.blocks] == [0] and not scan.finished
    assert engine.stack.active == ()
    with pytest.raises(Cancelled):
        scan_layers(engine, PROMPT, TARGET, "France", [0], cancelled=lambda: True)


def test_what_several_blocks_stand_on_is_measured_together_and_is_the_same(tmp_path, monkeypatch):
    sites = [(0, "mlp.out"), (1, "mlp.out"), (3, "mlp.out")]
    model = tiny.language_model()
    monkeypatch.setenv("HERA_CACHE_HOME", str(tmp_path / "alone"))
    alone = statistics.PlainText(model, PatchStack(model))
    expected = {site: alone.of(site) for site in sites}
    monkeypatch.setenv("HERA_CACHE_HOME", str(tmp_path / "together"))
    together = statistics.PlainText(model, PatchStack(model))
    written = []
    together.measure(sites, lambda what, share: written.append(what))
    assert written.count("letting the model write texts") == len(statistics.BEGINNINGS)
    for site in sites:
        for found, wanted in zip(together.of(site), expected[site], strict=True):
            assert (found - wanted).abs().max() <= 1e-5 * wanted.abs().max()
    read = []
    again = statistics.PlainText(model, PatchStack(model))
    again.measure(sites, lambda what, share: read.append(what))
    assert read == []  # from the disk


def test_the_scan_is_an_outcome_with_a_table_and_plots(engine):
    scan = scan_layers(engine, PROMPT, TARGET, "France", [0, 3], ["Paris is in"])
    document = json.loads(json.dumps(scan.outcome().document()))
    found = outcome_of(document)
    assert found.finished and len(found.tables[0].rows) == 2
    assert all(len(row) == len(found.tables[0].columns) for row in found.tables[0].rows)
    assert [plot.curves[0].x for plot in found.plots] == [(0.0, 3.0)] * 2
    assert found.plots[0].curves[0].y == tuple(one.target for one in scan.blocks)
    assert scan.sentence in found.remarks
