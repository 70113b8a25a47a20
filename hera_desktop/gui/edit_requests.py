"""Requests that change the model by features, or make what the feature browser needs: steering (a preview that keeps
nothing), proposing, committing and dropping an edit, building an atlas, training an SAE."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.trace import keywords, own_settings

from .edit_records import AtlasBuilt, EditDropped, ProposedEdit, SaeTrained, SteerPiece, SteerSide, TrainingPoint
from .i18n import mark, tr
from .records import Evolved
from .requests import Bench, Report, Request
from .steps import step_settings, tell_step

if TYPE_CHECKING:
    from hera_desktop.engine.atlas.records import Steering
    from hera_desktop.engine.hera import HeraEngine, Judged

SIDES: tuple[SteerSide, SteerSide, SteerSide] = ("base", "edited", "steered")


@dataclass(frozen=True)
class SteerRequest(Request):
    """Three continuations of a prompt: by the base, by the model as it is edited now, and by that model with
    ``strength`` times the feature's unit direction added at every token but the first. Sends SteerPiece records."""

    prompt: str
    feature: int
    strength: float
    tokens: int = 30

    name = mark("Steering")

    def run(self, bench: Bench, report: Report) -> Steering:
        engine = bench.need()
        from hera_desktop.engine.feature_lab import FeatureLab

        pieces = 0

        def on_text(side: SteerSide, text: str) -> None:
            nonlocal pieces
            pieces += 1
            share = min(pieces / (len(SIDES) * max(self.tokens, 1)), 1.0)
            report.say(f"generating the {side} text", share)
            report.partial(SteerPiece(side, text))

        report.progress("checking that strength 0 changes nothing", 0.0)
        lab = FeatureLab(engine)
        return lab.steer(self.prompt, self.feature, self.strength, self.tokens, on_text, report.cancelled)

    def python(self, record: Steering) -> str:
        return f"FeatureLab(engine).steer({self.prompt!r}, {self.feature}, {self.strength!r}, {self.tokens})"


@dataclass(frozen=True)
class ProposeEditRequest(Request):
    """Measure an edit made of these features without keeping it; the proposal waits on the bench.

    ``fallbacks``: (id, activation) that stands in where a feature is not active at the prompt's last token.
    ``strategy``, ``strength`` and ``blocks`` are as configured where they are None.
    """

    prompt: str
    features: tuple[int, ...]
    fallbacks: tuple[tuple[int, float], ...] = ()
    strategy: str | None = None
    strength: float | None = None
    blocks: tuple[int, ...] | None = None

    name = mark("Proposing an edit")

    def run(self, bench: Bench, report: Report) -> ProposedEdit:
        engine = bench.need()
        bench.judged = None
        from hera_desktop.engine.feature_lab import FeatureLab

        bench.judged = FeatureLab(engine).propose(
            self.prompt,
            self.features,
            settings=step_settings(engine, self.strategy, self.strength, self.blocks),
            progress=report.progress,
            fallbacks=dict(self.fallbacks),
        )
        return proposed(engine, bench.judged)

    def python(self, record: ProposedEdit) -> str:
        own = own_settings(self.strategy, self.strength, self.blocks)
        given = dict.fromkeys(self.features) | {f: v or None for f, v in self.fallbacks if f in self.features}
        return f"judged = engine.propose({self.prompt!r}{own}, features={given!r})"


def proposed(engine: HeraEngine, judged: Judged) -> ProposedEdit:
    """A measured proposal in plain values."""
    from hera_desktop.engine.records import plain_metrics

    measurement, info = judged.measurement, engine.info()
    verdict, patch = measurement.verdict, measurement.patch
    metrics = plain_metrics(measurement.step, measurement.cumulative)
    return ProposedEdit(
        prompt=judged.prompt,
        level=verdict.level,
        reason=verdict.reason,
        worst_probe=verdict.worst_probe,
        metrics={name: metrics[name] for name in info.limits},
        limits=info.limits,
        features=tuple((feature.id, feature.activation) for feature in judged.proposal.features),
        strategy=judged.recipe["strategy"],
        strength=judged.recipe["learning_rate"],
        layers=patch.layers,
        rank=patch.rank,
        norm=patch.frobenius,
        state_hash=info.state_hash,
    )


@dataclass(frozen=True)
class CommitEditRequest(Request):
    """Put the waiting proposal on the timeline, a rejected one as rejected; then what an EvolveRequest sends."""

    tokens: int = 30

    name = mark("Committing the edit")

    def run(self, bench: Bench, report: Report) -> Evolved:
        engine, judged = bench.need(), bench.judged
        if judged is None:
            raise InputError(tr("no proposal is waiting; propose the edit again"))
        report.progress("writing it to the session")
        active = engine.info().active
        result = engine.commit(judged)
        bench.judged = None
        return tell_step(bench, report, result, active, self.tokens)

    def python(self, record: Evolved) -> str:
        return "engine.commit(judged)"


@dataclass(frozen=True)
class DropEditRequest(Request):
    """Forget the waiting proposal, and the memory it holds."""

    name = mark("Dropping the proposal")

    def run(self, bench: Bench, report: Report) -> EditDropped:
        bench.judged = None
        return EditDropped()

    def python(self, record: EditDropped) -> str:
        return "judged = None"


@dataclass(frozen=True)
class BuildAtlasRequest(Request):
    """Run ``tokens`` tokens of text (files and folders) through the base once, and keep what every feature does."""

    text: tuple[str, ...]
    tokens: int = 300_000

    name = mark("Building the atlas")

    def run(self, bench: Bench, report: Report) -> AtlasBuilt:
        engine = bench.need()
        from hera_desktop.engine.atlas.build import build_atlas
        from hera_desktop.engine.atlas.places import atlas_target

        reader = engine.reader
        out = atlas_target(reader.folder, reader.info.fingerprint)
        with engine.stack.temporarily(()):
            build_atlas(
                engine.model,
                reader,
                tuple(map(Path, self.text)),
                out,
                tokens=self.tokens,
                progress=report.progress,
                cancelled=report.cancelled,
            )
        return AtlasBuilt(str(out))

    def python(self, record: AtlasBuilt) -> str:
        text = f"({''.join(f'Path({name!r}), ' for name in self.text)})"
        call = f"build_atlas(engine.model, engine.reader, {text}, Path({record.path!r}), tokens={self.tokens})"
        return f"with engine.stack.temporarily(()): {call}"


@dataclass(frozen=True)
class TrainSaeRequest(Request):
    """Train an SAE on the base at ``hook_name`` into ``folder``; sends TrainingPoint records. What is not given is as
    the engine has it. ``k`` counts for topk and batchtopk, ``l0_coefficient`` for jumprelu.

    With ``resume`` the unfinished training in ``folder`` goes on with the settings it was started with, and the fields
    here are not looked at. Cancelled, it leaves a checkpoint that can be resumed.
    """

    folder: str
    hook_name: str = ""
    text: tuple[str, ...] = ()
    architecture: str = "topk"
    width: int = 4608
    k: int = 40
    l0_coefficient: float = 1.0
    tokens: int = 1_800_000
    autocast: bool = False
    resume: bool = False

    name = mark("Training the SAE")

    def run(self, bench: Bench, report: Report) -> SaeTrained:
        engine = bench.need()
        from hera_desktop.engine.sae_training import TrainingFigures, checkpoint_of, train_sae

        out = Path(self.folder)
        spec = checkpoint_of(out) if self.resume else self._spec()

        def on_figures(found: TrainingFigures) -> None:
            report.partial(training_point(found, spec.tokens))

        report.progress("preparing", None)
        with engine.stack.temporarily(()):
            # say, not progress: a cancelled training stops where it can write its checkpoint
            train_sae(engine.model, spec, out, report.say, on_figures, report.cancelled, self.resume)
        return SaeTrained(str(out))

    def python(self, record: SaeTrained) -> str:
        out = f"Path({record.folder!r})"
        call = f"train_sae(engine.model, checkpoint_of({out}), {out}, resume=True)"
        if not self.resume:
            text = f"({''.join(f'Path({name!r}), ' for name in self.text)})"
            names = ("hook_name", "architecture", "width", "k", "l0_coefficient", "tokens", "autocast")
            values = {name: getattr(self, name) for name in names}
            call = f"train_sae(engine.model, SaeTraining(text={text}, {keywords(values)}), {out})"
        return f"with engine.stack.temporarily(()): {call}"

    def _spec(self) -> Any:
        from hera_desktop.engine.sae_training import SaeTraining

        return SaeTraining(
            hook_name=self.hook_name,
            text=tuple(map(Path, self.text)),
            architecture=self.architecture,  # type: ignore[arg-type]
            width=self.width,
            k=self.k,
            l0_coefficient=self.l0_coefficient,
            tokens=self.tokens,
            autocast=self.autocast,
        )


def training_point(found: Any, total: int) -> TrainingPoint:
    """The engine's figures in plain values."""
    return TrainingPoint(
        tokens=found.tokens,
        total=total,
        loss=found.loss,
        l0=found.l0,
        explained_variance=found.explained_variance,
        dead=found.dead,
        tokens_per_second=found.tokens_per_second,
    )
