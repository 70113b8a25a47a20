"""``HeraEngine``: a model, its SAE, a session and the immune system, and what a user can do with them.

The window, the command line and a ten-line script call these methods. Each returns a small frozen record.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hera_desktop import __version__

from .catalogue import resolve_model
from .changes import configured, plain
from .config import Config, EvolutionConfig, load_config
from .errors import InputError, SessionError
from .immune.system import ImmuneSystem
from .ledger import AlsoWrite, Entry, Ledger
from .loading import choose_device, choose_dtype, load_causal_lm
from .model import LanguageModel, Sampling
from .patch_stack import ModelChange, PatchStack
from .patches import Patch
from .progress import Progress, unwatched
from .records import EvolveResult, StateChange, StateInfo, TokenFeatures, Verification
from .registry import Registry
from .running_settings import Running, check_strategies, running, upstream_notice
from .sae import FeatureReader, load_features_if_any
from .steps import (
    Judged,
    check_fits,
    context_of,
    details_of,
    details_of_nothing,
    effect_of,
    reapplied,
    recipe_of,
    result_of,
)
from .strategies import NothingToPropose, Proposal, get_strategy
from .timeline import BASE, Change, Kind

log = logging.getLogger(__name__)

_WITHOUT_SAE = "without one there are no features to look at and no steps to make"


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
        progress: Progress = unwatched,
    ) -> None:
        path = Path(session) if session else Path(tempfile.mkdtemp(prefix="hera-")) / "session.hera"
        ledger = Ledger.open(path) if path.exists() else None
        try:
            stored = json.loads(ledger.meta["config"]) if ledger else None
            chosen = config if isinstance(config, Config) else load_config(config, stored=stored)
            check_strategies(chosen)
            progress("loading the model", None)
            model, notices = load_model(chosen)
            self._setup(chosen, model, None, ledger or path, notices, progress)
        except BaseException:
            if ledger is not None:
                ledger.close()
            raise

    @classmethod
    def around(
        cls, model: LanguageModel, reader: FeatureReader | None, config: Config, session: str | Path
    ) -> HeraEngine:
        """An engine around a model and SAE that are in memory already; None: the configured SAE, if there is one. An
        engine that held the model before must be closed."""
        engine = cls.__new__(cls)
        path = Path(session)
        ledger = Ledger.open(path) if path.exists() else None
        try:
            engine._setup(config, model, reader, ledger or path, [], unwatched)
        except BaseException:
            if ledger is not None:
                ledger.close()
            raise
        return engine

    def _setup(
        self,
        config: Config,
        model: LanguageModel,
        reader: FeatureReader | None,
        session: Ledger | Path,
        notices: list[str],
        progress: Progress,
    ) -> None:
        """``session`` is an open one, or where a new one is to be made."""
        self.model = model
        ledger = session if isinstance(session, Ledger) else None
        if ledger is not None and ledger.meta["base_fingerprint"] != model.info.fingerprint:
            raise SessionError(
                f"session {ledger.path} was made with another base ({ledger.meta['model_name']}, "
                f"{ledger.meta['base_fingerprint'][:12]}…), not {model.info.name} {model.info.fingerprint[:12]}…"
            )
        progress("loading the SAE", None)
        self._reader = reader or load_features_if_any(config.sae, model)
        if self._reader is None:
            notices = [*notices, f"no SAE is known for {model.info.name}: train one, or set sae.path; {_WITHOUT_SAE}"]
        self.stack = PatchStack(model)
        progress("reading the probes", None)
        self._running = running(config, model, self.stack, self._reader)
        self._load_notices = tuple(notices)
        # last, so that bad input leaves no file behind
        self.ledger = session if isinstance(session, Ledger) else Ledger.create(session, self._meta())
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

    def close(self) -> None:
        """Take the patches off the model and let go of the session."""
        self.stack.set(())
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
    def config(self) -> Config:
        return self._running.config

    @property
    def immune(self) -> ImmuneSystem:
        return self._running.immune

    @property
    def target_layers(self) -> tuple[int, ...]:
        """The blocks a step edits unless its settings name others."""
        return self._running.layers

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know about the choice of device, SAE and blocks."""
        return self._load_notices + upstream_notice(self._reader, self.target_layers)

    @property
    def state_hash(self) -> str:
        return self.ledger.state_hash

    def info(self) -> StateInfo:
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
            limits=self.immune.limits.table(),
            every_tag=self.immune.limits.every_tag,
            probes=tuple(probe.text for probe in self.immune.probes),
            read_only=self.ledger.read_only,
            read_only_reason=self.ledger.read_only_reason,
            undo_words=timeline.undo_words,
            redo_words=timeline.redo_words,
        )

    def patch(self, patch_id: str) -> ModelChange:
        """A proposal's change; raises InputError where the session has no such patch, or has thinned it out."""
        found = self._patches.get(patch_id)
        if found is None:
            found = self.ledger.patch(patch_id)
            if isinstance(found, Patch):  # adapters are large, and no more than one is in force
                self._patches[patch_id] = found
        return found

    def changes(self, active: Sequence[str]) -> list[ModelChange]:
        """What is in force where these patches are active: of the chat's adapters only the last."""
        return [self.patch(patch_id) for patch_id in self.ledger.in_force(active)]

    def _apply_current(self) -> None:
        self.stack.set(self.changes(self.ledger.timeline.current.active))

    # --- evolving ---------------------------------------------------------------------------------------------------

    def evolve(
        self,
        prompt: str,
        settings: EvolutionConfig | None = None,
        progress: Progress = unwatched,
        *,
        target: str | None = None,
        subject: str | None = None,
    ) -> EvolveResult:
        """One step: propose, measure, judge, and commit unless it is rejected.

        ``settings`` replaces the configuration's ``evolution`` section for this step. With a ``target`` the prompt is
        to continue with it from now on (``subject``: what it is about), as the section ``edits`` says; ``settings``
        plays no part then.

        Raises:
            InputError: the prompt cannot be used.
            SessionError: the session can only be read.
            Cancelled: ``progress`` said so; the last committed state stands.
        """
        self.ledger.check_writable()
        if target is not None:
            from .edits.lab import EditLab  # it needs this module

            return EditLab(self).evolve(prompt, target, subject, progress=progress)
        started = time.perf_counter()
        settings = settings or self.config.evolution
        try:
            judged = self.propose(prompt, settings, progress)
        except NothingToPropose as nothing:
            details = details_of_nothing(settings, str(nothing), time.perf_counter() - started)
            entry = self.ledger.record_proposal(None, "rejected", prompt, details)
            return result_of(entry, self.state_hash, None, None)
        return self.commit(judged)

    def propose(
        self,
        prompt: str,
        settings: EvolutionConfig | None = None,
        progress: Progress = unwatched,
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
        keys = {layer: self.model.writer(layer).input_hook for layer in settings.target_layers or self.target_layers}
        hook = self.reader.info.hook_name
        before = self.immune.prompt_state(ids, [*keys.values(), hook])
        seed = self.config.experiment.seed + self.ledger.next_step
        context = context_of(self.model, self.reader, before, self.config, settings, keys, features, seed)
        proposal = get_strategy(settings.strategy).propose(context)
        if not proposal.patch.is_finite:
            raise InputError(
                f"the proposal is not finite; evolution.learning_rate {settings.learning_rate:g} is too large"
            )
        progress("measuring the proposal", 0.2)
        measurement = self.immune.measure(proposal.patch, before, [hook])
        progress("measured", 0.95)
        source = {"kind": "evolve"}
        if features is not None:
            source = {"kind": "features", "given": {str(i): usual for i, usual in features.items()}}
        return Judged(prompt, proposal, measurement, before, started, source, recipe_of(settings))

    def reapply(self, patch_id: str, factor: float, progress: Progress = unwatched) -> EvolveResult:
        """A recorded patch, committed or not, with ``factor`` times its strength: judged and recorded as a new proposal
        on the prompt of the old one.

        Raises:
            InputError: the patch is not in this session, or the factor is 0 or not finite.
        """
        if not math.isfinite(factor) or factor == 0:
            raise InputError(
                f"a patch cannot be re-applied times {factor:g}; the factor is a finite number other than 0"
            )
        entry, recorded = self.ledger.entry(patch_id), self.patch(patch_id)
        if not isinstance(recorded, Patch):
            raise InputError(
                f"patch '{patch_id}' is the chat's whole adapter; it has no strength to apply it again with"
            )
        patch = recorded.scaled(factor)
        recipe, features = reapplied(entry, factor)
        source = {"kind": "reapply", "of": patch_id, "factor": factor}
        return self._take(Proposal(patch, features), entry.prompt, source, recipe, progress)

    def adopt(
        self, patch: ModelChange, prompt: str, source: Mapping[str, Any], progress: Progress = unwatched
    ) -> EvolveResult:
        """A ready-made patch: judged and recorded like any proposal. ``source`` says where it came from and is recorded
        as it stands; with an empty ``prompt`` only the probes are measured.

        Raises:
            InputError: the patch does not fit this model's matrices, or holds numbers that are not finite.
        """
        recipe = {"settings": None, "strategy": str(source.get("kind", "import"))}
        return self._take(Proposal(patch, ()), prompt, source, recipe, progress)

    def _take(
        self, proposal: Proposal, prompt: str, source: Mapping[str, Any], recipe: Mapping[str, Any], progress: Progress
    ) -> EvolveResult:
        self.ledger.check_writable()
        started = time.perf_counter()
        if isinstance(proposal.patch, Patch):
            check_fits(self.model, proposal.patch)
        watch = [self._reader.info.hook_name] if self._reader else []
        before = None
        if prompt:
            ids = self.model.check_prompt(prompt, self.config.model.max_prompt_tokens)
            progress("reading the prompt", 0.05)
            before = self.immune.prompt_state(ids, watch)
        progress("measuring the proposal", 0.2)
        measurement = self.immune.measure(proposal.patch, before, watch)
        progress("measured", 0.95)
        return self.commit(Judged(prompt, proposal, measurement, before, started, source, recipe))

    def commit(self, judged: Judged, also: AlsoWrite | None = None) -> EvolveResult:
        """Record a measured proposal: on disk first, then in the model. A rejected one is recorded, not applied.
        ``also`` writes more in the same transaction.

        Raises:
            SessionError: the session cannot be written; nothing has changed then.
        """
        measurement = judged.measurement
        if measurement.before != self.stack.active:
            raise InputError("the model has changed since this was proposed; propose it again")
        details = details_of(judged, self._reader.info.name if self._reader else "")
        entry = self.ledger.record_proposal(measurement.patch, judged.status, judged.prompt, details, also)
        if judged.status != "rejected":
            if isinstance(measurement.patch, Patch):
                self._patches[str(entry.patch_id)] = measurement.patch
            self.stack.set((*self.stack.active, measurement.patch))
            self.immune.accept(measurement)
        return result_of(entry, self.state_hash, judged, effect_of(judged, self.model, self._reader))

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
        """Take back what was done last: a change of state, or of a note, tags, a name, a label or the settings."""
        return self._move("undo", None)

    def redo(self) -> StateChange:
        """Do again what the last undo took back."""
        return self._move("redo", None)

    def _move(self, kind: Kind, patch_id: str | None) -> StateChange:
        timeline = self.ledger.timeline
        what = {"undo": timeline.undo_words, "redo": timeline.redo_words}.get(kind, "")
        step = timeline.plan(kind, patch_id)
        if step.change is not None:
            return self._rewrite(kind, step.change, what)
        if kind == "revert":
            self.ledger.check_revertible(str(patch_id))
        patches = self.changes(step.state.active)  # read them all before anything changes
        self.ledger.record_event(kind, patch_id)
        self.stack.set(patches)
        return StateChange(kind, patch_id, self.state_hash, step.state.active, what)

    def _rewrite(self, kind: Kind, change: Change, what: str) -> StateChange:
        """Undo or redo a change of words or settings."""
        ready = self._running
        if change.kind == "configure":
            ready = self._ready(configured(self.config, change.payload))
        self.ledger.record_event(kind, None)
        self._running = ready
        about = change.payload.get("patch_id")
        return StateChange(change.kind, about, self.state_hash, self.ledger.timeline.current.active, what)

    # --- words and settings -----------------------------------------------------------------------------------------

    def note(self, patch_id: str, text: str) -> Entry:
        """Keep a note on a proposal. Raises InputError where the patch is not in the session or the text is too long,
        as ``tag`` and ``rename`` do."""
        return self.ledger.set_note(patch_id, text)

    def tag(self, patch_id: str, tags: str | Iterable[str]) -> Entry:
        """Tags in the place of those the proposal had; a text is taken apart at its commas."""
        return self.ledger.set_tags(patch_id, tags)

    def rename(self, patch_id: str, name: str) -> Entry:
        """Give a proposal a name; an empty one takes it away."""
        return self.ledger.set_name(patch_id, name)

    def configure(self, config: Config) -> StateInfo:
        """Another configuration for the running session, kept in it; ``undo`` takes it back.

        Raises:
            InputError: it names another model, SAE or device than what is loaded, or a strategy, block or probe set
                that cannot be used; nothing has changed then.
        """
        ready = self._ready(config)
        self.ledger.set_config(plain(self.config), plain(config))
        self._running = ready
        return self.info()

    def _ready(self, config: Config) -> Running:
        return running(config, self.model, self.stack, self._reader, self._running)

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
        active = self.stack.active if patches is None else self.changes(patches)
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
