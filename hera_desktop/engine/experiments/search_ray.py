"""Trials on the workers of a Ray cluster, each worker with a model of its own.

A worker that is lost (killed, out of memory, its machine gone) is replaced and its trial run again. A worker for which
the cluster has no processors free does not start: it is given no trial, and is given up after a while. The workers of a
cluster that is not local must have this program, the model and the SAE installed in the version that is used here; a
trial brings its records or prompts along. Figures are the same on machines of the same kind.
"""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import hera_desktop

from ..errors import Cancelled, InputError, MachineError, one_line
from ..progress import Progress
from .search_trial import Spec, run_trial

LOCAL = "local"
TRIES = 3
"""Times that a trial is begun before it is held to be what ends its workers."""
LOOK_EVERY = 0.5
"""Seconds between two looks at whether the search was stopped."""
START_WITHIN = 180.0
"""Seconds that a worker is waited for; it imports the heavy libraries."""


class TrialWorker:
    """What lives in a worker's process; the model stays there from trial to trial."""

    def run(self, spec: Spec) -> dict[str, Any]:
        return run_trial(spec)


class RayPool:
    """Runs trials on at most ``workers`` workers, which are begun when there is work for them. ``lost``: workers that
    ended with a trial; ``not_started``: those that were given up."""

    def __init__(
        self, ray: ModuleType, workers: int, threads: int, progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        self._ray, self._workers, self._threads = ray, workers, threads
        self._made = ray.remote(num_cpus=threads, max_restarts=0)(TrialWorker)
        self._starting: dict[Any, tuple[Any, float]] = {}  # reference -> worker, when it is given up
        self._idle: list[Any] = []
        self._running: dict[Any, tuple[int, Any]] = {}  # reference -> number of the trial, worker
        self._progress, self._cancelled = progress, cancelled
        self._fallen = 0  # workers in a row that ended while they started
        self.lost = self.not_started = 0

    def run(self, specs: Mapping[int, Spec]) -> Iterator[tuple[int, dict[str, Any]]]:
        """The results by the trials' numbers, as they come.

        Raises:
            Cancelled: the search was stopped; what has not come is lost, but nothing else.
            InputError: no worker could be started.
            MachineError: a trial has lost ``TRIES`` workers, or as many have ended while they started.
            HeraError: what a trial raised.
        """
        waiting, losses = deque(specs), Counter[int]()
        while waiting or self._running:
            if self._cancelled():
                raise Cancelled("the search was stopped")
            self._start(len(waiting))
            self._hand_out(waiting, specs)
            done, _ = self._ray.wait([*self._running, *self._starting], num_returns=1, timeout=LOOK_EVERY)
            for reference in done:
                if reference in self._starting:
                    self._started(reference)
                    continue
                number, worker = self._running.pop(reference)
                result = self._result(reference)
                if result is None:
                    losses[number] += 1
                    self._again(number, losses[number])
                    waiting.appendleft(number)
                else:
                    self._idle.append(worker)
                    yield number, result
            self._give_up()

    def _start(self, wanted: int) -> None:
        """Have so many workers without a trial, started or starting, as far as more are allowed."""
        free = len(self._idle) + len(self._starting)
        for _ in range(min(wanted - free, self._workers - free - len(self._running))):
            worker = self._made.remote()
            self._starting[worker.__ray_ready__.remote()] = (worker, time.monotonic() + START_WITHIN)

    def _started(self, reference: Any) -> None:
        worker, _ = self._starting.pop(reference)
        if self._result(reference) is not None:
            self._idle.append(worker)
            self._fallen = 0
            return
        self._fallen += 1
        if self._fallen >= TRIES:
            raise MachineError(
                f"{TRIES} workers in a row ended while they started; each machine of the cluster needs this version of "
                "the program, and memory for a model"
            )

    def _give_up(self) -> None:
        """End the workers that have not started in time, and go on with fewer."""
        due = [reference for reference, (_, until) in self._starting.items() if time.monotonic() > until]
        late = [reference for reference in due if not self._ray.wait([reference], timeout=0)[0]]
        for reference in late:
            self._ray.kill(self._starting.pop(reference)[0])
        self._workers -= len(late)
        self.not_started += len(late)
        if not self._workers:
            raise InputError(self._why_none())
        if late:
            self._progress(f"workers that did not start: {len(late)}; going on with {self._workers}", None)

    def _why_none(self) -> str:
        there, free = _processors(self._ray.cluster_resources()), _processors(self._ray.available_resources())
        return (
            f"no worker started within {START_WITHIN:g} s: threads is {self._threads}, the processors that each takes "
            f"on one machine, and the cluster has {there}, of which {free} are free"
        )

    def _hand_out(self, waiting: deque[int], specs: Mapping[int, Spec]) -> None:
        while waiting and self._idle:
            worker, number = self._idle.pop(), waiting.popleft()
            self._running[worker.run.remote(dict(specs[number]))] = (number, worker)
            self._progress(f"trial {number} handed to a worker", None)

    def _result(self, reference: Any) -> Any:
        """What a call gave; None where the worker was lost."""
        errors = self._ray.exceptions
        try:
            return self._ray.get(reference)
        except errors.RayTaskError as error:
            raise error.cause from None
        except (errors.RayActorError, errors.WorkerCrashedError, errors.OutOfMemoryError, errors.ObjectLostError):
            return None

    def _again(self, number: int, losses: int) -> None:
        self.lost += 1
        if losses >= TRIES:
            raise MachineError(
                f"trial {number} has lost {losses} workers, perhaps for want of memory; what was measured is kept"
            )
        self._progress(f"a worker was lost; trial {number} is run again", None)

    def close(self) -> None:
        """End the workers."""
        busy = (worker for _, worker in self._running.values())
        for worker in (*self._idle, *busy, *(worker for worker, _ in self._starting.values())):
            self._ray.kill(worker)
        self._idle, self._running, self._starting = [], {}, {}


def _processors(resources: Mapping[str, float]) -> str:
    return f"{resources.get('CPU', 0.0):g}"


@contextmanager
def ray_pool(
    cluster: str, workers: int, threads: int, progress: Progress, cancelled: Callable[[], bool]
) -> Iterator[RayPool]:
    """A pool for the length of a ``with`` block, on a Ray of its own (``local``) or on the one at an address.

    Raises:
        InputError: Ray is not installed.
        MachineError: Ray cannot be started, or there is none at the address.
    """
    ray = _imported()
    progress(f"starting Ray with {workers} workers" if cluster == LOCAL else f"connecting to Ray at {cluster}", None)
    ours = not ray.is_initialized()
    if ours:
        _connect(ray, cluster, workers, threads)
    if ray.cluster_resources().get("CPU", 0.0) < workers * threads:
        there = _processors(ray.cluster_resources())
        progress(f"the cluster has {there} processors, for {workers} workers with {threads} each: some may wait", None)
    pool = RayPool(ray, workers, threads, progress, cancelled)
    try:
        yield pool
    finally:
        pool.close()
        if ours:
            ray.shutdown()


def _imported() -> ModuleType:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
    try:
        import ray
    except ImportError:
        raise InputError(
            "a search on a cluster needs Ray, which is not installed; pip install 'hera-desktop[cluster]'"
        ) from None
    return ray


def _connect(ray: ModuleType, cluster: str, workers: int, threads: int) -> None:
    quiet = {"log_to_driver": False, "configure_logging": False, "include_dashboard": False}
    where = {"num_cpus": workers * threads, **quiet} if cluster == LOCAL else {"log_to_driver": False}
    try:
        with _seen_by_workers():
            ray.init(address=LOCAL if cluster == LOCAL else cluster, **where)
    except Exception as error:  # whatever Ray raises is about reaching or starting it
        raise MachineError(
            f"Ray cannot be reached at '{cluster}' ({one_line(error)}); start it, or use local"
        ) from None


@contextmanager
def _seen_by_workers() -> Iterator[None]:
    """What local workers find in their environment: this very program, where it runs from a checkout."""
    before = os.environ.get("PYTHONPATH")
    folder = str(Path(hera_desktop.__file__).resolve().parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join([folder, *([before] if before else [])])
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
