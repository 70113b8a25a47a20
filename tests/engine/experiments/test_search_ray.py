"""The same search on a local Ray of two workers, one of which is killed in the middle."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from types import SimpleNamespace

import psutil
import pytest

from hera_desktop.engine.errors import InputError, MachineError, ModelError
from hera_desktop.engine.experiments import search, search_ray
from hera_desktop.engine.experiments.search_ray import TRIES, RayPool
from hera_desktop.engine.experiments.search_trial import release

from .searches import job, pretended, settings, tiny_config


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


# --- workers that do not start ----------------------------------------------------------------------------------------


class Quick:
    """A worker whose trials take a moment."""

    def run(self, spec):
        import time

        time.sleep(spec["takes"])
        return dict(spec)


def stopped_after(seconds):
    """For a search that would go on for ever: it is stopped, which fails the test."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def test_with_fewer_processors_than_workers_every_trial_is_run(ray, monkeypatch):
    monkeypatch.setattr(search_ray, "TrialWorker", Quick)
    pool = RayPool(ray, 3, 1, lambda what, share: None, stopped_after(120))
    specs = {number: {"takes": 0.2} for number in range(6)}
    assert dict(pool.run(specs)) == specs
    pool.close()


class Reference:
    def __init__(self, ready, value=None):
        self.ready, self.value = ready, value


class Worker:
    """A worker of ``Room``; its trials end at once."""

    def __init__(self, room, starts):
        self.room, self.starts = room, starts

    @property
    def __ray_ready__(self):
        return SimpleNamespace(remote=lambda: Reference(lambda: self.starts, self.room.greeting))

    @property
    def run(self):
        assert self.starts, "a trial for a worker that does not run"
        return SimpleNamespace(remote=lambda spec: Reference(lambda: self.room.open(), dict(spec)))


class Fallen(Exception):
    """What Ray raises of a worker that has ended."""


class Room:
    """A Ray with room for ``places`` workers; trials end once ``open`` says so."""

    def __init__(self, places, greeting=True, open_=lambda: True):
        self.places, self.greeting, self.open, self.killed = places, greeting, open_, []
        names = ("RayTaskError", "WorkerCrashedError", "OutOfMemoryError", "ObjectLostError")
        unused = {name: type(name, (Exception,), {}) for name in names}
        self.exceptions = SimpleNamespace(RayActorError=Fallen, **unused)

    def remote(self, **_):
        return lambda made: SimpleNamespace(remote=self._worker)

    def _worker(self):
        self.places -= 1
        return Worker(self, self.places >= 0)

    def wait(self, references, num_returns=1, timeout=None):
        ready = [one for one in references if one.ready()][:num_returns]
        if not ready:
            time.sleep(timeout)
        return ready, [one for one in references if one not in ready]

    def get(self, reference):
        if isinstance(reference.value, Exception):
            raise reference.value
        return reference.value

    def kill(self, worker):
        self.killed.append(worker)

    def cluster_resources(self):
        return {"CPU": 4.0}

    def available_resources(self):
        return {"CPU": 1.0}


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(search_ray, "START_WITHIN", 0.05)
    monkeypatch.setattr(search_ray, "LOOK_EVERY", 0.01)


def test_a_worker_that_does_not_start_is_given_up_and_the_others_go_on(impatient):
    told, specs = [], {number: {"n": number} for number in range(6)}
    room = Room(2, open_=lambda: pool.not_started == 1)
    pool = RayPool(room, 3, 1, lambda what, share: told.append(what), stopped_after(30))
    assert dict(pool.run(specs)) == specs
    assert [worker.starts for worker in room.killed] == [False]
    assert "workers that did not start: 1; going on with 2" in told
    assert dict(pool.run(specs)) == specs and pool.not_started == 1, "it is not tried again"


def test_where_no_worker_starts_a_sentence_says_why(impatient):
    pool = RayPool(Room(0), 2, 8, lambda what, share: None, stopped_after(30))
    with pytest.raises(InputError) as error:
        list(pool.run({0: {}, 1: {}}))
    assert "threads is 8" in str(error.value) and "has 4, of which 1" in str(error.value)
    assert "\n" not in str(error.value)


def test_workers_that_end_while_they_start_are_not_begun_for_ever(impatient):
    pool = RayPool(Room(9, greeting=Fallen()), 2, 1, lambda what, share: None, stopped_after(30))
    with pytest.raises(MachineError, match=f"{TRIES} workers in a row"):
        list(pool.run({0: {}, 1: {}}))


def test_the_outcome_says_how_many_workers_did_not_start(config, monkeypatch):
    class Few:
        lost, not_started = 0, 2

        def run(self, specs):
            return ((number, pretended(spec)) for number, spec in specs.items())

    monkeypatch.setattr(search, "ray_pool", lambda *_: nullcontext(Few()))
    found = search.run(settings(trials=4, cluster="local"), job(config))
    assert found.remarks[-1] == "workers that did not start, perhaps for want of free processors: 2"


def test_a_cluster_that_may_be_too_small_is_told_at_once(ray):
    told = []
    with search_ray.ray_pool("local", 3, 2, lambda what, share: told.append(what), lambda: False):
        assert told[-1] == "the cluster has 2 processors, for 3 workers with 2 each: some may wait"


def test_what_a_trial_raises_is_raised_here(ray, config):
    lost = config.model_copy(update={"model": config.model.model_copy(update={"name": "/no/such/model"})})
    with pytest.raises(ModelError, match="/no/such/model"):
        search.run(settings(trials=1, workers=1, cluster="local"), job(lost))


def test_without_ray_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError, match=r"hera-desktop\[cluster\]"):
        search.run(settings(cluster="local"), job())
