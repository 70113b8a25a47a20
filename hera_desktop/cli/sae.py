"""``hera-desktop sae``: train and measure sparse autoencoders."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from . import output
from .options import ConfigOption, JsonOption, SetOption, read_config

app = typer.Typer(help="Sparse autoencoders: train, eval.", no_args_is_help=True)
TextOption = Annotated[
    Path, typer.Option("--text", metavar="PATH", help="Text: a file or folder of .txt, .txt.gz or .md.")
]


@app.command("train")
def train(
    text: TextOption,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the SAE goes; a new folder.")],
    hook: Annotated[str, typer.Option("--hook", help="The hook point it reads.")] = "blocks.7.hook_out",
    width: Annotated[int, typer.Option(min=8, max=1_000_000, help="Number of features.")] = 4608,
    k: Annotated[int, typer.Option(min=1, max=1000, help="Active features a token.")] = 32,
    tokens: Annotated[int, typer.Option(min=2000, help="Activations to train on.")] = 1_800_000,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Train a TopK SAE on a model's activations."""
    settings = read_config(config, overrides)
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.hera import load_model
    from hera_desktop.engine.sae_training import SaeTraining, train_sae

    model, _ = load_model(settings)
    spec = SaeTraining(hook, text, width=width, k=k, tokens=tokens, seed=seed)
    folder = train_sae(model, spec, out, output.progress)
    if as_json:
        output.show_json({"folder": str(folder)})
    else:
        output.show(f"SAE saved in {folder}")


@app.command("eval")
def evaluate(
    text: TextOption,
    tokens: Annotated[int, typer.Option(min=1000, help="Activations to measure on.")] = 50_000,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Explained variance, L0 and dead features of the configured SAE on held-out text."""
    settings = read_config(config, overrides)
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.hera import load_model
    from hera_desktop.engine.sae import load_features
    from hera_desktop.engine.sae_training import measure_sae

    model, _ = load_model(settings)
    reader = load_features(settings.sae, model)
    quality = {"name": reader.info.name, **asdict(measure_sae(model, reader.sae, text, tokens))}
    if as_json:
        output.show_json(quality)
    else:
        figures = ["explained_variance", "l0", "dead", "tokens"]
        output.show_table(quality["name"], ["hook", *figures], [[quality["hook_name"], *_numbers(quality, figures)]])


def _numbers(quality: dict, names: list[str]) -> list[str]:
    return [f"{quality[name]:.4g}" if isinstance(quality[name], float) else str(quality[name]) for name in names]
