"""The same search on a local Ray of two workers, one of which is killed in the middle."""

from __future__ import annotations

import sys

import psutil
import pytest

from hera_desktop.engine.errors import InputError, MachineError, ModelError
from hera_desktop.engine.experiments import search
from hera_desktop.engine.experiments.search_ray import TRIES, RayPool
from hera_desktop.engine.experiments.search_trial import release

from .searches import job, settings, tiny_config


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    yield tiny_config(tmp_path_factory.mktemp("ray"))
    release()


@pytest.fixture(scope="module")
def ray():
    """One local Ray for these tests: it takes seconds to start."""
    found = pytest.importorskip("ray", reason="Ray comes with the extra [cluster]")
    from hera_desktop.engine.experiments.search_ray import _connect

    _connect(found, "local", workers=2, threads=1)
    yield found
    found.shutdown()


@pytest.fixture(scope="module")
def here(config):
    """The search in this process."""
    return search.run(settings(trials=20), job(config))


def workers():
    """The workers' processes: of those that this one began, the ones that Ray has named so."""
    return [
        process
        for process in psutil.Process().children(recursive=True)
        if process.is_running() and any("TrialWorker" in part for part in process.cmdline()[:1])
    ]


def measured(outcome):
    return [{**trial, "seconds": 0} for trial in outcome.data["trials"]]


def test_twenty_trials_give_the_same_table_though_a_worker_is_killed(ray, config, here):
    killed = []

    def told(what, share):
        if not killed and share is not None and share >= 0.4:
            victim = workers()[0]
            victim.kill()
            killed.append(victim.pid)

    there = search.run(settings(trials=20, cluster="local"), job(config, progress=told))
    assert killed and there.finished
    assert there.tables == here.tables and there.plots == here.plots
    assert measured(there) == measured(here)
    assert there.remarks[-1] == "workers that were lost, and their trials run again: 1"


def test_a_search_that_was_stopped_on_ray_goes_on_here(ray, config, here):
    seen = []
    stopped = search.run(
        settings(trials=20, cluster="local"), job(config, save=seen.append, cancelled=lambda: len(seen) >= 6)
    )
    assert 6 <= len(stopped.data["trials"]) < 20 and not stopped.finished
    found = search.run(settings(trials=20), job(config, done=stopped))
    assert found.tables == here.tables and measured(found) == measured(here)


def test_a_trial_that_ends_every_worker_is_given_up(ray, monkeypatch):
    class Fatal:
        def run(self, spec):
            import os

            os._exit(1)

    monkeypatch.setattr("hera_desktop.engine.experiments.search_ray.TrialWorker", Fatal)
    pool = RayPool(ray, 1, 1, lambda what, share: None, lambda: False)
    with pytest.raises(MachineError, match=f"trial 3 has lost {TRIES} workers"):
        list(pool.run({3: {}}))
    pool.close()


def test_what_a_trial_raises_is_raised_here(ray, config):
    lost = config.model_copy(update={"model": config.model.model_copy(update={"name": "/no/such/model"})})
    with pytest.raises(ModelError, match="/no/such/model"):
        search.run(settings(trials=1, workers=1, cluster="local"), job(lost))


def test_without_ray_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError, match=r"hera-desktop\[cluster\]"):
        search.run(settings(cluster="local"), job())
