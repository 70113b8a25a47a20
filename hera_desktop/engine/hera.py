"""``HeraEngine``: a model, its SAE, a session and the immune system, and what a user can do with them.

The window, the command line and a ten-line script call these methods. Each returns a small frozen record.
"""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hera_desktop import __version__

from .catalogue import find_entry, resolve_model
from .config import Config, EvolutionConfig, load_config
from .errors import InputError, SessionError
from .immune.snapshot import Snapshot
from .immune.system import ImmuneSystem, Measurement, PromptState
from .ledger import Entry, Ledger
from .loading import choose_device, choose_dtype, load_causal_lm
from .model import LanguageModel, Sampling
from .patches import Patch, PatchStack
from .records import (
    Effect,
    EvolveResult,
    StateChange,
    StateInfo,
    TokenFeatures,
    Verification,
    plain_metrics,
    plain_probes,
)
from .registry import Registry
from .sae import FeatureReader, load_features_if_any
from .strategies import Context, Proposal, get_strategy
from .strategies.base import NothingToPropose, ticked
from .timeline import BASE, Kind

log = logging.getLogger(__name__)

_WITHOUT_SAE = "without one there are no features to look at and no steps to make"

Progress = Callable[[str, float | None], None]
"""Told what is being done and the share done (0..1 or None); it may raise Cancelled, which stops the work."""


def _quiet(what: str, share: float | None) -> None:
    """Nobody is watching."""
    log.debug("%s %s", what, share)


@dataclass(frozen=True, eq=False)
class Judged:
    """A proposal that was measured and not yet recorded; hand it to ``commit`` or drop it. ``ticked``: the user chose
    its features."""

    prompt: str
    settings: EvolutionConfig
    proposal: Proposal
    measurement: Measurement
    before: PromptState
    started: float
    ticked: bool = False


class HeraEngine:
    """The lab.

    Args:
        config: a configuration file, a mapping, a ``Config``, or None for the defaults.
        session: the session file; opened when it exists, else created. None uses a temporary one (see ``session``).
        progress: told what is being done while the model loads.

    Raises:
        HeraError: one sentence about the configuration, model, SAE or session that cannot be used.
    """

    def __init__(
        self,
        config: Config | str | Path | Mapping[str, Any] | None = None,
        session: str | Path | None = None,
        progress: Progress = _quiet,
    ) -> None:
        path = Path(session) if session else Path(tempfile.mkdtemp(prefix="hera-")) / "session.hera"
        ledger = Ledger.open(path) if path.exists() else None
        stored = json.loads(ledger.meta["config"]) if ledger else None
        self.config = config if isinstance(config, Config) else load_config(config, stored=stored)
        get_strategy(self.config.evolution.strategy)
        progress("loading the model", None)
        model, notices = load_model(self.config)
        self._setup(model, None, ledger, path, notices, progress)

    @classmethod
    def around(
        cls, model: LanguageModel, reader: FeatureReader | None, config: Config, session: str | Path
    ) -> HeraEngine:
        """An engine around a model and SAE that are in memory already; None: the configured SAE, if there is one."""
        engine = cls.__new__(cls)
        engine.config = config
        path = Path(session)
        engine._setup(model, reader, Ledger.open(path) if path.exists() else None, path, [], _quiet)
        return engine

    def _setup(
        self,
        model: LanguageModel,
        reader: FeatureReader | None,
        ledger: Ledger | None,
        path: Path,
        notices: list[str],
        progress: Progress,
    ) -> None:
        self.model = model
        if ledger is not None and ledger.meta["base_fingerprint"] != model.info.fingerprint:
            raise SessionError(
                f"session {path} was made with another base ({ledger.meta['model_name']}, "
                f"{ledger.meta['base_fingerprint'][:12]}…), not {model.info.name} {model.info.fingerprint[:12]}…"
            )
        progress("loading the SAE", None)
        self._reader = reader or load_features_if_any(self.config.sae, model)
        if self._reader is None:
            notices = [*notices, f"no SAE is known for {model.info.name}: train one, or set sae.path; {_WITHOUT_SAE}"]
        self._layers = self._target_layers()
        self.notices = tuple(notices + self._upstream_notice())
        self.stack = PatchStack(model)
        progress("reading the probes", None)
        self.immune = ImmuneSystem(model, self.stack, self.config.immune)
        self.ledger = ledger or Ledger.create(path, self._meta())  # last, so that bad input leaves no file behind
        self.registry = Registry(self.ledger)
        self._patches: dict[str, Patch] = {}
        self._apply_current()
        for notice in self.notices:
            log.warning(notice)

    def _meta(self) -> dict[str, str]:
        return {
            "base_fingerprint": self.model.info.fingerprint,
            "model_name": self.model.info.name,
            "sae_name": self._reader.info.name if self._reader else "",
            "sae_fingerprint": self._reader.info.fingerprint if self._reader else "",
            "config": self.config.model_dump_json(),
            "program": __version__,
        }

    def _target_layers(self) -> tuple[int, ...]:
        layers = self.config.evolution.target_layers
        if layers is None:
            entry = find_entry(self.model.info.name)
            block = self._reader.block if self._reader else self.model.info.n_layers // 3
            layers = (entry.layer,) if entry else (block,)
        for layer in layers:
            self.model.check_layer(layer)
        return layers

    def _upstream_notice(self) -> list[str]:
        """An SAE that reads before the edited matrix cannot see what the edit writes."""
        if self._reader is None:
            return []
        last_seen = self.reader.block - 1 if self.reader.reads_before_block else self.reader.block
        blind = [layer for layer in self._layers if layer > last_seen]
        if not blind:
            return []
        advice = f"block {last_seen} is the coherent choice for evolution.target_layers"
        if last_seen < 0:
            advice = "an SAE that reads behind the edited block is the coherent choice"
        return [f"the SAE reads {self.reader.info.hook_name}, upstream of the edited block {blind[0]}; {advice}"]

    def close(self) -> None:
        self.ledger.close()

    # --- state ------------------------------------------------------------------------------------------------------

    @property
    def session(self) -> Path:
        return self.ledger.path

    @property
    def reader(self) -> FeatureReader:
        """The SAE; raises InputError where the model has none."""
        if self._reader is None:
            raise InputError(
                f"{self.model.info.name} has no SAE, and {_WITHOUT_SAE}; train one (`hera-desktop sae train`), or set "
                "sae.path, or sae.release and sae.id"
            )
        return self._reader

    @property
    def target_layers(self) -> tuple[int, ...]:
        """The blocks a step edits unless its settings name others."""
        return self._layers

    @property
    def state_hash(self) -> str:
        return self.ledger.state_hash

    def info(self) -> StateInfo:
        limits = self.immune.limits
        table: dict[str, dict[str, tuple[float, float]]] = {}
        for scope, name in limits.reject:
            table.setdefault(name, {})[scope] = (limits.warn(scope, name), limits.reject[scope, name])
        timeline = self.ledger.timeline
        return StateInfo(
            model=self.model.info,
            sae=self._reader.info if self._reader else None,
            session=str(self.session),
            state_hash=self.state_hash,
            active=timeline.current.active,
            can_undo=timeline.can_undo,
            can_redo=timeline.can_redo,
            notices=self.notices,
            limits=table,
            probes=tuple(probe.text for probe in self.immune.probes),
        )

    def _patch(self, patch_id: str) -> Patch:
        if patch_id not in self._patches:
            self._patches[patch_id] = self.ledger.patch(patch_id)
        return self._patches[patch_id]

    def _apply_current(self) -> None:
        self.stack.set(self._patch(p) for p in self.ledger.timeline.current.active)

    # --- evolving ---------------------------------------------------------------------------------------------------

    def evolve(self, prompt: str, settings: EvolutionConfig | None = None, progress: Progress = _quiet) -> EvolveResult:
        """One step: propose, measure, judge, and commit unless it is rejected.

        ``settings`` replaces the configuration's ``evolution`` section for this step.

        Raises:
            InputError: the prompt cannot be used.
            Cancelled: ``progress`` said so; the last committed state stands.
        """
        started = time.perf_counter()
        try:
            judged = self.propose(prompt, settings, progress)
        except NothingToPropose as nothing:
            strategy = (settings or self.config.evolution).strategy
            return self._record_nothing(prompt, strategy, str(nothing), time.perf_counter() - started)
        return self.commit(judged)

    def propose(
        self,
        prompt: str,
        settings: EvolutionConfig | None = None,
        progress: Progress = _quiet,
        features: Mapping[int, float | None] | None = None,
    ) -> Judged:
        """Compute and measure a change without keeping it: model and session are as before when this returns.

        ``features`` take part instead of the strongest ones (see ``FeatureLab.propose``): each with the activation it
        counts with where the prompt does not activate it.

        Raises:
            NothingToPropose: no feature is above the threshold.
        """
        started = time.perf_counter()
        settings = settings or self.config.evolution
        ids = self.model.check_prompt(prompt, self.config.model.max_prompt_tokens)
        progress("reading the prompt", 0.05)
        keys = {layer: self.model.writer(layer).input_hook for layer in settings.target_layers or self._layers}
        hook = self.reader.info.hook_name
        before = self.immune.prompt_state(ids, [*keys.values(), hook])
        proposal = get_strategy(settings.strategy).propose(self._context(before.now, keys, settings, features))
        if not proposal.patch.is_finite:
            raise InputError(
                f"the proposal is not finite; evolution.learning_rate {settings.learning_rate:g} is too large"
            )
        progress("measuring the proposal", 0.2)
        measurement = self.immune.measure(proposal.patch, before, [hook])
        progress("measured", 0.95)
        return Judged(prompt, settings, proposal, measurement, before, started, features is not None)

    def _context(
        self,
        now: Snapshot,
        keys: Mapping[int, str],
        settings: EvolutionConfig,
        wanted: Mapping[int, float | None] | None,
    ) -> Context:
        """What a strategy needs, position 0 left out."""
        sae = self.config.sae
        acts = self.reader.activations(now.watched[self.reader.info.hook_name][0, 1:])  # (n, d_sae)
        counting = acts[-1:] if settings.token == "last" else acts  # (tokens, d_sae)
        given = None
        if wanted is None:
            features = self.reader.active(counting.mean(0), sae.threshold, settings.top_k_features, sae.max_density)
        else:
            features, given = ticked(wanted, counting)
        return Context(
            model=self.model,
            reader=self.reader,
            settings=settings,
            keys={layer: now.watched[name][0, 1:].float() for layer, name in keys.items()},
            activations=acts,
            features=features,
            threshold=sae.threshold,
            seed=self.config.experiment.seed + self.ledger.next_step,
            given=given,
        )

    def commit(self, judged: Judged) -> EvolveResult:
        """Record a measured proposal: on disk first, then in the model. A rejected one is recorded, not applied.

        Raises:
            SessionError: the session cannot be written; nothing has changed then.
        """
        measurement = judged.measurement
        if measurement.before != self.stack.active:
            raise InputError("the model has changed since this was proposed; propose it again")
        level = measurement.verdict.level
        status = {"safe": "committed", "warning": "warning", "reject": "rejected"}[level]
        details = self._details(judged)
        entry = self.ledger.record_proposal(measurement.patch, status, judged.prompt, details)
        if status != "rejected":
            self._patches[str(entry.patch_id)] = measurement.patch
            self.stack.set((*self.stack.active, measurement.patch))
            self.immune.accept(measurement)
        return _result(entry, self.state_hash, measurement, judged.proposal, self._effect(judged))

    def _details(self, judged: Judged) -> dict[str, Any]:
        m, patch = judged.measurement, judged.measurement.patch
        settings = judged.settings
        return {
            "metrics": plain_metrics(m.step, m.cumulative),
            "prompt_metrics": plain_metrics(m.prompt_step, m.prompt_cumulative),
            "probe_metrics": plain_probes(m.step),
            "reason": m.verdict.reason,
            "features": [[f.id, float(f"{f.activation:.6g}")] for f in judged.proposal.features],
            "ticked": judged.ticked,
            "strategy": settings.strategy,
            "learning_rate": settings.learning_rate,
            "layers": list(patch.layers),
            "rank": patch.rank,
            "norm": patch.frobenius,
            "sae": self.reader.info.name,
            "seconds": time.perf_counter() - judged.started,
        }

    def _record_nothing(self, prompt: str, strategy: str, reason: str, seconds: float) -> EvolveResult:
        details = {"reason": f"rejected: {reason}", "strategy": strategy, "seconds": seconds}
        entry = self.ledger.record_proposal(None, "rejected", prompt, details)
        return EvolveResult(
            step=entry.step,
            status="rejected",
            patch_id=None,
            state_hash=self.state_hash,
            prompt=prompt,
            reason=entry["reason"],
            verdict=None,
            metrics={},
            prompt_metrics={},
            probe_metrics={},
            features=(),
            effect=None,
            strategy=strategy,
            layers=(),
            rank=0,
            norm=0.0,
            seconds=seconds,
        )

    def _effect(self, judged: Judged) -> Effect:
        states = (judged.before.now, judged.measurement.prompt_after)
        nll = tuple(state.nll[1:].mean().item() for state in states)
        hook = self.reader.info.hook_name
        acts = [self.reader.activations(state.watched[hook][0, -1]) for state in states]
        changed = {f.id: (acts[0][f.id].item(), acts[1][f.id].item()) for f in judged.proposal.features}
        return Effect(nll, tuple(self._next_tokens(state) for state in states), changed)

    def _next_tokens(self, state: Snapshot) -> tuple[tuple[str, float], ...]:
        ids = state.top[-1]
        values = state.probs[-1][ids].tolist()
        return tuple(zip(self.model.token_strings(ids.tolist()), values, strict=True))

    # --- the timeline -----------------------------------------------------------------------------------------------

    def roll_back_to(self, patch_id: str) -> StateChange:
        """The state as it was right after ``patch_id`` was committed; ``"base"`` takes everything back."""
        return self._move("roll_back_to", None if patch_id == BASE else patch_id)

    def rollback(self, patch_id: str) -> StateChange:
        """The state as it was right before ``patch_id`` was committed: undoes it and all that came after it."""
        return self._move("roll_back_before", patch_id)

    def revert(self, patch_id: str) -> StateChange:
        """Take one patch out and keep the others."""
        return self._move("revert", patch_id)

    def restore(self, patch_id: str) -> StateChange:
        """Put a reverted patch back in its place, or return to the line of one that was rolled back."""
        return self._move("restore", patch_id)

    def undo(self) -> StateChange:
        """The state before the last change of state."""
        return self._move("undo", None)

    def redo(self) -> StateChange:
        """The state before the last undo."""
        return self._move("redo", None)

    def _move(self, kind: Kind, patch_id: str | None) -> StateChange:
        state = self.ledger.timeline.preview(kind, patch_id)
        patches = [self._patch(p) for p in state.active]  # read them all before anything changes
        self.ledger.record_event(kind, patch_id)
        self.stack.set(patches)
        return StateChange(kind, patch_id, self.state_hash, state.active)

    def note(self, patch_id: str, text: str) -> Entry:
        """Keep a note on a proposal."""
        return self.ledger.set_note(patch_id, text)

    # --- looking ----------------------------------------------------------------------------------------------------

    def generate(
        self,
        prompt: str,
        sampling: Sampling | None = None,
        patches: Sequence[str] | None = None,
        on_text: Callable[[str], None] = lambda text: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> str:
        """Continue a prompt in the present state, or with just ``patches`` active (``[]`` is the base)."""
        ids = self.model.check_prompt(prompt, self.config.model.max_prompt_tokens)
        sampling = sampling or Sampling(seed=self.config.experiment.seed)
        active = self.stack.active if patches is None else [self._patch(p) for p in patches]
        with self.stack.temporarily(active):
            return self.model.generate(ids, sampling, on_text, cancelled)

    def features(self, text: str, count: int = 5) -> tuple[TokenFeatures, ...]:
        """The strongest features at every token of a text but the first."""
        ids = self.model.check_prompt(text, self.config.model.max_prompt_tokens)
        hook = self.reader.info.hook_name
        batch = self.model.batch([ids])
        found = self.model.forward(batch, [hook], last_block=self.reader.block).captured[hook][0, 1:]
        acts = self.reader.activations(found)  # (n, d_sae)
        tokens, sae = self.model.token_strings(ids), self.config.sae
        return tuple(
            TokenFeatures(position, tokens[position], self.reader.active(row, sae.threshold, count, sae.max_density))
            for position, row in enumerate(acts, 1)
        )

    def verify(self, logits: bool = True) -> Verification:
        """Check every hash in the session, and digest the probes' logits in the present state."""
        faults = self.ledger.verify()
        digest = self.probe_digest() if logits else None
        return Verification(tuple(faults), self.state_hash, self.ledger.timeline.current.active, digest)

    def probe_digest(self) -> str:
        """SHA-256 over the probes' logits in the present state, from a full forward pass."""
        batch = self.immune.batch
        logits = batch.gather(self.model.forward(batch).logits).float().cpu().contiguous()
        return hashlib.sha256(logits.numpy().data).hexdigest()


def load_model(config: Config) -> tuple[LanguageModel, list[str]]:
    """The configured model on its device, and what the user should know about that choice."""
    device, notice = choose_device(config.experiment.device)
    dtype = choose_dtype(config.model.dtype, device)
    loaded = load_causal_lm(resolve_model(config.model.name), device, dtype)
    return LanguageModel(loaded), [notice] if notice else []


def _result(
    entry: Entry, state_hash: str, measurement: Measurement, proposal: Proposal, effect: Effect
) -> EvolveResult:
    details = entry.details
    return EvolveResult(
        step=entry.step,
        status=entry.status,
        patch_id=entry.patch_id,
        state_hash=state_hash,
        prompt=entry.prompt,
        reason=details["reason"],
        verdict=measurement.verdict,
        metrics=details["metrics"],
        prompt_metrics=details["prompt_metrics"],
        probe_metrics=details["probe_metrics"],
        features=proposal.features,
        effect=effect,
        strategy=details["strategy"],
        layers=tuple(details["layers"]),
        rank=details["rank"],
        norm=details["norm"],
        seconds=details["seconds"],
    )
