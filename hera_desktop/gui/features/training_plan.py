"""What a training would do, in words: one row a setting, with what is wrong with it or worth knowing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hera_desktop.engine.sae_checkpoint import checkpoint_in

from ..edit_requests import TrainSaeRequest

ARCHITECTURES = {
    "topk": "TopK: exactly k features at every token",
    "batchtopk": "BatchTopK: k features a token on average",
    "jumprelu": "JumpReLU: a threshold for each feature",
}
FEW_TOKENS = 100
"""Below this many tokens a feature most of them stay as they were drawn."""


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
        PlanRow("reads", f"{request.hook_name}, without patches"),
        PlanRow("architecture", ARCHITECTURES[request.architecture]),
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
    value = f"{request.width:,} features, {request.width / max(d_model, 1):.1f} x d_model {d_model}"
    advice = "" if request.width > d_model else "fewer than the stream's dimensions; 4 to 16 times as many are usual"
    return PlanRow("width", value, advice=advice)


def _active(request: TrainSaeRequest) -> PlanRow:
    if request.architecture == "jumprelu":
        return PlanRow("sparsity", f"price of an active feature {request.l0_coefficient:g}")
    wrong = (
        "" if request.k < request.width else f"k {request.k} is too large; it must be below the width {request.width}"
    )
    return PlanRow("sparsity", f"k {request.k}, {100 * request.k / request.width:.1f} % of the features", wrong)


def _tokens(request: TrainSaeRequest) -> PlanRow:
    each = request.tokens / request.width
    advice = "" if each >= FEW_TOKENS else f"only {each:.0f} tokens a feature; rare features stay untrained"
    return PlanRow("tokens", f"{request.tokens:,}, first positions left out", advice=advice)


def _text(request: TrainSaeRequest) -> PlanRow:
    if not request.text:
        return PlanRow("text", "none", "Add the text whose activations it learns from.")
    return PlanRow("text", ", ".join(Path(path).name for path in request.text))


def _folder(request: TrainSaeRequest) -> PlanRow:
    if not request.folder:
        return PlanRow("folder", "none", "Choose the folder it is saved in.")
    folder = Path(request.folder)
    wrong = ""
    if unfinished(request.folder):
        wrong = "The folder holds an unfinished training; Resume goes on with it as it was started."
    elif folder.exists() and not folder.is_dir():
        wrong = f"{folder} is a file; choose a new folder."
    elif folder.is_dir() and any(folder.iterdir()):
        wrong = "This folder is not empty; the SAE needs a new one."
    return PlanRow("folder", folder.name, wrong)
