"""``hera-desktop sae``: train and measure sparse autoencoders, and let a model write text to train them on."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.places import shipped

from . import output
from .options import ConfigOption, JsonOption, SetOption, read_config

if TYPE_CHECKING:
    from hera_desktop.engine.sae_training import SaeTraining, TrainingFigures

app = typer.Typer(help="Sparse autoencoders: write-text, train, eval.", no_args_is_help=True)
TEXT_HELP = "Text: files and folders of .txt, .txt.gz or .md; several are mixed."


@app.command("write-text")
def write_text(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the text goes; a new file.")],
    tokens: Annotated[int, typer.Option(min=100, help="How much the model writes.")] = 250_000,
    chat_share: Annotated[float, typer.Option(min=0, max=1, help="Share of it that is conversation.")] = 0.6,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let the model write text, conversations and prose, to train or look at an SAE on."""
    settings = read_config(config, overrides)
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.hera import load_model
    from hera_desktop.engine.self_text import write_self_text

    model, _ = load_model(settings)
    written = write_self_text(model, out, tokens, chat_share, seed, output.progress)
    if as_json:
        output.show_json({"file": str(out), "tokens": written})
    else:
        output.show(f"{written} tokens written to {out}")


@app.command("train")
def train(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the SAE goes; a new folder.")],
    text: Annotated[list[Path] | None, typer.Option("--text", metavar="PATH", help=TEXT_HELP)] = None,
    hook: Annotated[str, typer.Option("--hook", help="The hook point it reads.")] = "blocks.7.hook_out",
    architecture: Annotated[str, typer.Option(help="topk, batchtopk or jumprelu.")] = "topk",
    width: Annotated[int, typer.Option(min=8, max=1_000_000, help="Number of features.")] = 4608,
    k: Annotated[int, typer.Option(min=1, max=1000, help="Active features a token.")] = 40,
    l0_coefficient: Annotated[float, typer.Option(min=0, help="jumprelu: price of an active feature.")] = 1.0,
    tokens: Annotated[int, typer.Option(min=4096, help="Activations to train on.")] = 1_800_000,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the unfinished training in FOLDER.")] = False,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Train an SAE on a model's activations; Ctrl+C keeps a checkpoint.

    In bfloat16 (--set model.dtype=bfloat16) it is about twice as fast where the processor has it.
    """
    settings = read_config(config, overrides)
    if not resume and not text:
        raise InputError("there is no text; give --text PATH, or --resume to go on with an unfinished training")
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.hera import load_model
    from hera_desktop.engine.sae_training import SaeTraining, checkpoint_of, train_sae

    if resume:
        spec = checkpoint_of(out)
    else:
        spec = SaeTraining(
            hook,
            tuple(text or ()),
            architecture=architecture,  # type: ignore[arg-type]
            width=width,
            k=k,
            l0_coefficient=l0_coefficient,
            tokens=tokens,
            seed=seed,
            autocast=settings.model.dtype == "bfloat16",
        )
        spec.check()
    model, _ = load_model(settings)
    line = _Line(spec)
    with output.interruptible() as cancelled:
        folder = train_sae(model, spec, out, line.progress, line.figures, cancelled, resume)
    if as_json:
        output.show_json({"folder": str(folder), "last": asdict(line.last) if line.last else None})
    else:
        output.show(f"SAE saved in {folder}")


class _Line:
    """Shows how the training stands in the progress line."""

    def __init__(self, spec: SaeTraining) -> None:
        self._total = spec.tokens
        self.last: TrainingFigures | None = None

    def figures(self, now: TrainingFigures) -> None:
        self.last = now

    def progress(self, what: str, share: float | None) -> None:
        if self.last is not None and share is not None:
            now = self.last
            minutes = (self._total - now.tokens) / max(now.tokens_per_second, 1) / 60
            what = (
                f"{what}: loss {now.loss:.1f}, L0 {now.l0:.1f}, explained {now.explained_variance:.3f}, "
                f"dead {100 * now.dead:.1f} %, {now.tokens_per_second:.0f} tokens/s, {minutes:.0f} min left"
            )
        output.progress(what, share)


@app.command("eval")
def evaluate(
    text: Annotated[
        list[Path] | None, typer.Option("--text", metavar="PATH", help=f"{TEXT_HELP} Default: the shipped one.")
    ] = None,
    tokens: Annotated[int, typer.Option(min=1000, help="Activations to measure on.")] = 50_000,
    loss_tokens: Annotated[int, typer.Option(min=100, help="Tokens for the figures of the loss.")] = 10_000,
    sae: Annotated[
        list[Path] | None, typer.Option("--sae", metavar="FOLDER", help="An SAE to measure; several may be given.")
    ] = None,
    all_shipped: Annotated[bool, typer.Option("--shipped", help="Measure all SAEs that come with the model.")] = False,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """How good SAEs are on held-out text; without --sae or --shipped the configured one.

    The text that comes with the program was written by the default model, and no shipped SAE was trained on it.
    """
    settings = read_config(config, overrides)
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.config import SaeConfig
    from hera_desktop.engine.hera import load_model
    from hera_desktop.engine.sae import load_features, shipped_saes
    from hera_desktop.engine.sae_evaluation import measure_sae

    held_out = text or [shipped("data", "held_out.txt")]
    model, _ = load_model(settings)
    wanted = [SaeConfig(path=str(path)) for path in [*(sae or []), *(shipped_saes(model) if all_shipped else [])]]
    found = []
    for reference in wanted or [settings.sae]:
        reader = load_features(reference, model)
        quality = measure_sae(model, reader.sae, held_out, tokens, loss_tokens, progress=output.progress)
        found.append({"name": reader.info.name, **asdict(quality)})
    if as_json:
        output.show_json(found if len(found) > 1 else found[0])
        return
    figures = [name for name in found[0] if name not in ("name", "hook_name", "architecture")]
    for quality in found:
        rows = [
            [name, f"{quality[name]:.4g}" if isinstance(quality[name], float) else str(quality[name])]
            for name in figures
        ]
        title = f"{quality['name']}, {quality['architecture']} at {quality['hook_name']}"
        output.show_table(title, ["figure", "value"], rows, right=(1,))
