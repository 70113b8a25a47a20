from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
import torch
from scipy.stats import pearsonr, spearmanr

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments import features
from hera_desktop.engine.experiments.catalogue import FeaturesSettings
from hera_desktop.engine.experiments.correlation import correlate
from hera_desktop.engine.experiments.domain_prompts import DomainPrompt
from hera_desktop.engine.experiments.feature_domains import Activations, mapped
from hera_desktop.engine.experiments.feature_effects import EffectMeter, base_activations, random_directions
from hera_desktop.engine.experiments.job import Job
from hera_desktop.engine.experiments.outcome import outcome_of
from hera_desktop.engine.feature_lab import FeatureLab
from hera_desktop.engine.patches import Patch
from hera_desktop.engine.sae import FeatureReader
from tests import tiny

from .. import atlases
from ..samples import expect_sentence, factors, footprint, probe_file

DOMAINS = """
domains:
  places: [The lake lies in, The river runs to, North of the hill, On the far coast]
  numbers: [2 + 3 =, 9 - 4 =, one two three, 10 20 30 40]
"""
EDITED = DomainPrompt("places", "The lake lies in")
OTHERS = (
    DomainPrompt("places", "On the far coast"),
    DomainPrompt("places", "North of the hill"),
    DomainPrompt("numbers", "2 + 3 ="),
)


@dataclass(frozen=True)
class TinyJob(Job):
    sae: bool = True

    def model(self):
        model = tiny.language_model()
        return model, FeatureReader(tiny.random_sae(), "random", model) if self.sae else None


@pytest.fixture
def config(tmp_path):
    return tiny.config(immune__probes=probe_file(tmp_path), evolution__learning_rate=2)


@pytest.fixture
def settings(tmp_path):
    file = tmp_path / "domains.yaml"
    file.write_text(DOMAINS)
    return FeaturesSettings(prompts_per_domain=4, steps=4, permutations=99, file=str(file))


@pytest.fixture
def engine(tmp_path):
    probes = probe_file(tmp_path)
    made = tiny.engine(tmp_path / "session.hera", immune__probes=probes, evolution__learning_rate=2)
    yield made
    made.close()


@pytest.fixture
def meter(engine):
    made = EffectMeter(engine, OTHERS)
    made.follow(base_activations(engine, [EDITED]))
    return made


# --- correlation ------------------------------------------------------------------------------------------------------


def drawn(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def test_coefficients_are_those_of_all_pairs_together():
    x = drawn(12, 5)
    y = (0.5 * x.exp() + drawn(12, 5, seed=1)).round(decimals=1)  # with ties
    found = correlate(x, y, 99, seed=0)
    assert (found.n, found.steps) == (60, 12)
    assert found.pearson == pytest.approx(pearsonr(x.flatten(), y.flatten()).statistic, abs=1e-6)
    assert found.spearman == pytest.approx(spearmanr(x.flatten(), y.flatten()).statistic, abs=1e-6)


def test_a_relation_of_the_steps_has_a_small_p_value_and_one_of_the_columns_alone_has_not():
    x = drawn(10, 8)
    own = correlate(x, x + 0.5 * drawn(10, 8, seed=1), 999, seed=0)
    assert own.pearson_p == own.spearman_p == 0.001
    columns = drawn(1, 8, seed=2).expand(10, 8)  # what each column has in every step
    shared = correlate(columns + 0.1 * drawn(10, 8, seed=3), columns + 0.1 * drawn(10, 8, seed=4), 999, seed=0)
    assert shared.pearson > 0.9 and shared.pearson_p > 0.05


def test_p_values_of_unrelated_figures_are_spread_evenly():
    found = [correlate(drawn(8, 3, seed=2 * n), drawn(8, 3, seed=2 * n + 1), 99, n).pearson_p for n in range(100)]
    assert 35 < sum(p <= 0.5 for p in found) < 65
    assert sum(p <= 0.05 for p in found) < 15


@pytest.mark.parametrize("x", [torch.ones(5, 2), drawn(2, 4)[:2]])
def test_what_does_not_vary_or_has_too_few_steps_has_no_coefficient(x):
    found = correlate(x, drawn(*x.shape, seed=1), 99, seed=0)
    assert (found.pearson, found.pearson_p, found.spearman, found.spearman_p) == (None,) * 4


# --- one step ---------------------------------------------------------------------------------------------------------


def test_a_step_leaves_model_and_session_as_they_were(engine, meter):
    before = (engine.state_hash, footprint(engine.model), len(engine.ledger.entries()), engine.probe_digest())
    meter.measure(EDITED, 0)
    assert before == (engine.state_hash, footprint(engine.model), len(engine.ledger.entries()), engine.probe_digest())


def test_js_on_other_prompts_is_what_the_immune_system_measures_there(engine, meter):
    step, patch = meter.measure(EDITED, 0), engine.propose(EDITED.text).proposal.patch
    ids = [engine.model.tokenize(one.text) for one in OTHERS]
    found = [engine.immune.between((), (patch,), one)[2].overall["js_divergence"] for one in ids]
    assert step.real.js == pytest.approx(found, rel=1e-2)
    assert min(found) > 0


def test_changes_of_features_are_those_that_the_feature_lab_shows(engine, meter):
    step, lab = meter.measure(EDITED, 0), FeatureLab(engine)
    engine.evolve(EDITED.text)
    feature = step.edited[0][0]
    shown = [lab.on_text(feature, one.text) for one in OTHERS]
    changes = [(sum(one.edited) - sum(one.base)) / (len(one.base) - 1) for one in shown]
    assert meter.base.values[0, feature] == pytest.approx(sum(shown[0].base) / (len(shown[0].base) - 1), rel=1e-4)
    own = step.real.changes[meter.followed.index(feature)]
    assert own == pytest.approx((changes[0] + changes[1]) / 2, rel=1e-2, abs=1e-5)
    ids = [feature for feature, _ in step.edited]
    followed = [step.real.changes[meter.followed.index(one)] for one in ids]
    assert step.real.edited == pytest.approx(sum(followed) / len(ids), rel=1e-2, abs=1e-5)


def test_a_step_writes_along_its_own_features_and_says_how_much(engine, meter):
    step = meter.measure(EDITED, 0)
    acts = torch.tensor([activation for _, activation in step.edited])
    directions = engine.reader.directions([feature for feature, _ in step.edited])  # (d_model, k)
    written = 2 * directions @ acts  # the strength is 2
    assert step.strength == pytest.approx(written.norm().item(), rel=1e-3)
    cosine = torch.cosine_similarity(written, directions[:, 0], dim=0).item()
    assert step.real.cosines[meter.followed.index(step.edited[0][0])] == pytest.approx(cosine, abs=1e-3)
    assert dict(step.along)[step.edited[0][0]] == pytest.approx(abs(cosine), abs=1e-3)
    (matrix,) = step.matrices
    norm = engine.model.writer(matrix.layer).weight().norm().item()
    assert matrix.relative == pytest.approx(matrix.norm / norm, rel=1e-4)


def test_raised_tokens_rise_and_lowered_ones_fall(meter):
    step = meter.measure(EDITED, 0)
    rises = [after - before for _, before, after in step.raised]
    falls = [after - before for _, before, after in step.lowered]
    assert rises == sorted(rises, reverse=True) and rises[-1] > 0
    assert falls == sorted(falls) and falls[-1] < 0
    assert 0 < step.prompt_js < 1 and 0 < step.next_js < 1


def test_the_control_has_the_same_keys_and_norm_and_another_direction():
    patch = Patch((factors(rank=2), factors(rank=1, seed=3, layer=2)))
    control = random_directions(patch, seed=7)
    for mine, theirs in zip(control.factors, patch.factors, strict=True):
        assert mine.site == theirs.site and torch.equal(mine.v, theirs.v)
        assert mine.frobenius == pytest.approx(theirs.frobenius, rel=1e-5)
        assert not torch.allclose(mine.u, theirs.u)
    assert random_directions(patch, 7).content_hash == control.content_hash != random_directions(patch, 8).content_hash


# --- features and domains ---------------------------------------------------------------------------------------------


class Densities:
    density = None


def test_the_map_chooses_on_one_half_and_measures_on_the_other():
    domains = ("a",) * 6 + ("b",) * 6
    inside = torch.tensor([one == "a" for one in domains]).float()
    choosing, measuring = drawn(12, 4).abs(), drawn(12, 4, seed=1).abs()
    choosing[:, 1] += 10 * inside  # belongs to a
    measuring[:, 1] += 10 * inside
    choosing[:, 2] += 20 * inside  # does so by chance: not on the other half
    found = mapped(Activations(choosing, domains), Activations(measuring, domains), Densities(), 1.0, 2)
    of_a = {one.feature: one for one in found if one.domain == "a"}
    assert set(of_a) == {1, 2}
    assert (of_a[1].chosen, of_a[1].auroc, of_a[2].chosen) == (1, 1, 1)
    assert of_a[2].auroc < 0.9
    assert of_a[1].means == pytest.approx((measuring[:6, 1].mean().item(), measuring[6:, 1].mean().item()))


def test_features_that_fire_nearly_everywhere_are_in_no_map():
    domains = ("a", "a", "b", "b")
    values = torch.tensor([[5.0, 1], [5, 1], [0, 0], [0, 0]])
    reader = Densities()
    reader.density = torch.tensor([0.9, 0.1])
    found = mapped(Activations(values, domains), Activations(values, domains), reader, 0.5, 3)
    assert [one.feature for one in found] == [1]


# --- a whole run ------------------------------------------------------------------------------------------------------


def test_a_run_gives_every_table_and_says_what_it_hangs_on(config, settings):
    outcome = features.run(settings, TinyJob(config))
    assert outcome.finished and outcome.settings["config"]["model"] == "tiny-llama"
    titles = [table.title for table in outcome.tables]
    assert titles == [
        "Correlation of features and effects",
        "What changed, by domain of the edited prompt",
        "The best features of each domain",
        "From features to domains",
        "Which weights changed",
        "Step by step: features and weights",
        "Step by step: what changed in meaning",
    ]
    assert all(len(row) == len(table.columns) for table in outcome.tables for row in table.rows)
    assert [row[0] for row in outcome.tables[1].rows] == ["places", "numbers", "all"]
    assert outcome.tables[4].rows[0][:2] == ("block 1, mlp.out", "4")
    assert outcome_of(json.loads(json.dumps(outcome.document()))) == outcome


def test_no_prompt_is_both_edited_and_measured_on(settings):
    given = features.load_domains(settings.file)
    editing, measuring = features.halves(given, 3, seed=0)
    for name, texts in given.items():
        assert (len(editing[name]), len(measuring[name])) == (1, 2)
        assert not set(editing[name]) & set(measuring[name]) and {*editing[name], *measuring[name]} <= set(texts)


def test_a_stopped_run_goes_on_to_the_same_outcome(config, settings):
    asked = []
    stopped = features.run(settings, TinyJob(config, cancelled=lambda: asked.append(1) or len(asked) > 2))
    assert not stopped.finished and len(stopped.data["steps"]["made"]) == 2
    said = []
    done = outcome_of(json.loads(json.dumps(stopped.document())))
    again = features.run(settings, TinyJob(config, done=done, progress=lambda what, share: said.append(what)))
    assert said == ["step 3 of 4", "step 4 of 4"]
    assert again == features.run(settings, TinyJob(config))


def test_prompts_on_which_no_feature_is_active_are_counted(settings, tmp_path):
    deaf = tiny.config(immune__probes=probe_file(tmp_path), sae__threshold=1000)
    outcome = features.run(settings, TinyJob(deaf))
    assert outcome.finished and len(outcome.data["steps"]["skipped"]) == 4
    assert outcome.remarks == ("4 of 4 steps were tried, each from the base; on 4 no feature was active enough.",)
    assert [table.title for table in outcome.tables] == ["The best features of each domain", "From features to domains"]


def test_features_have_their_names_from_the_atlas(config, settings, tmp_path, monkeypatch):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path))
    reader = TinyJob(config).model()[1]
    place = tmp_path / "atlases" / f"{reader.info.fingerprint[:16]}.sqlite"
    place.parent.mkdir()
    rows = [(f"name {n}", "up", "down", ["word"]) for n in range(reader.info.d_sae)]
    atlases.write(place, rows, reader.info.fingerprint)
    outcome = features.run(settings, TinyJob(config))
    for row in outcome.tables[2].rows:
        number, name = row[0].split(" ", 1)
        assert name == f"name {number}"


def test_without_an_sae_there_is_one_sentence(config, settings):
    with expect_sentence(InputError, "tiny-llama has no SAE"):
        features.run(settings, TinyJob(config, sae=False))


def test_more_prompts_than_a_domain_has_are_one_sentence(config, settings):
    with expect_sentence(InputError, "prompts_per_domain is 5", "'places' has 4", "2 to 4"):
        features.run(settings.model_copy(update={"prompts_per_domain": 5}), TinyJob(config))


def test_an_earlier_run_with_another_seed_is_refused(config, settings):
    settings = settings.model_copy(update={"steps": 2})
    done = features.run(settings, TinyJob(config))
    other = config.model_copy(update={"experiment": config.experiment.model_copy(update={"seed": 1})})
    job = TinyJob(other, done=done, save=lambda outcome: pytest.fail("it was written over"))
    with expect_sentence(InputError, "the earlier run has seed 42 and this one 1"):
        features.run(settings, job)


def test_a_step_that_fails_leaves_the_ones_before_saved(config, settings, monkeypatch):
    saved, usual = [], EffectMeter.measure

    def breaking(meter, prompt, number):
        if number == 2:
            raise InputError("the proposal is not finite")
        return usual(meter, prompt, number)

    monkeypatch.setattr(EffectMeter, "measure", breaking)
    with expect_sentence(InputError, "not finite"):
        features.run(settings, TinyJob(config, save=saved.append))
    assert len(saved[-1].data["steps"]["made"]) == 2 and not saved[-1].finished
