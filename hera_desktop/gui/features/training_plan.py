"""What a training would do, in words: one row a setting, with what is wrong with it or worth knowing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hera_desktop.engine.sae_checkpoint import checkpoint_in

from ..edit_requests import TrainSaeRequest
from ..i18n import mark, tr

ARCHITECTURES = {
    "topk": mark("TopK: exactly k features at every token"),
    "batchtopk": mark("BatchTopK: k features a token on average"),
    "jumprelu": mark("JumpReLU: a threshold for each feature"),
}
FEW_TOKENS = 100
"""Below this many tokens a feature most of them stay as they were drawn."""
NARROW = mark("fewer than the stream's dimensions; 4 to 16 times as many are usual")


@dataclass(frozen=True)
class PlanRow:
    """``fault`` keeps the training from being started; ``advice`` does not."""

    name: str
    value: str
    fault: str = ""
    advice: str = ""


def plan(request: TrainSaeRequest, d_model: int) -> tuple[PlanRow, ...]:
    """The rows for a request; ``d_model`` is the width of the model's residual stream."""
    return (
        PlanRow(tr("reads"), tr("{hook_name}, without patches").format(hook_name=request.hook_name)),
        PlanRow(tr("architecture"), tr(ARCHITECTURES[request.architecture])),
        _width(request, d_model),
        _active(request),
        _tokens(request),
        _text(request),
        _folder(request),
    )


def fault(rows: tuple[PlanRow, ...]) -> str:
    """The first thing that is wrong; empty where the training can be started."""
    return next((row.fault for row in rows if row.fault), "")


def unfinished(folder: str) -> bool:
    """Whether a training in ``folder`` can be resumed."""
    return bool(folder) and checkpoint_in(Path(folder)) is not None


def _width(request: TrainSaeRequest, d_model: int) -> PlanRow:
    value = tr("{width:,} features, {times:.1f} x d_model {d_model}").format(
        width=request.width, times=request.width / max(d_model, 1), d_model=d_model
    )
    advice = "" if request.width > d_model else tr(NARROW)
    return PlanRow(tr("width"), value, advice=advice)


def _active(request: TrainSaeRequest) -> PlanRow:
    if request.architecture == "jumprelu":
        price = tr("price of an active feature {price:g}").format(price=request.l0_coefficient)
        return PlanRow(tr("sparsity"), price)
    wrong = ""
    if request.k >= request.width:
        wrong = tr("k {k} is too large; it must be below the width {width}").format(k=request.k, width=request.width)
    share = tr("k {k}, {percent:.1f} % of the features").format(k=request.k, percent=100 * request.k / request.width)
    return PlanRow(tr("sparsity"), share, wrong)


def _tokens(request: TrainSaeRequest) -> PlanRow:
    each = request.tokens / request.width
    few = tr("only {each:.0f} tokens a feature; rare features stay untrained").format(each=each)
    advice = "" if each >= FEW_TOKENS else few
    return PlanRow(
        tr("tokens"), tr("{tokens:,}, first positions left out").format(tokens=request.tokens), advice=advice
    )


def _text(request: TrainSaeRequest) -> PlanRow:
    if not request.text:
        return PlanRow(tr("text"), tr("none"), tr("Add the text whose activations it learns from."))
    return PlanRow(tr("text"), ", ".join(Path(path).name for path in request.text))


def _folder(request: TrainSaeRequest) -> PlanRow:
    if not request.folder:
        return PlanRow(tr("folder"), tr("none"), tr("Choose the folder it is saved in."))
    folder = Path(request.folder)
    wrong = ""
    if unfinished(request.folder):
        wrong = tr("The folder holds an unfinished training; Resume goes on with it as it was started.")
    elif folder.exists() and not folder.is_dir():
        wrong = tr("{folder} is a file; choose a new folder.").format(folder=folder)
    elif folder.is_dir() and any(folder.iterdir()):
        wrong = tr("This folder is not empty; the SAE needs a new one.")
    return PlanRow(tr("folder"), folder.name, wrong)
