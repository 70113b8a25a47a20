"""``hera-desktop features``: what a text activates, and the pages, names and atlas of an SAE's features."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hera_desktop.engine.errors import InputError

from . import feature_page, output
from .feature_access import FeatureNames, found_atlas, lab_of, labels_of, needed_atlas, no_atlas
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine, read_config, stored_config

if TYPE_CHECKING:
    from hera_desktop.engine.atlas.records import Label
    from hera_desktop.engine.atlas.store import Atlas

app = typer.Typer(help="Sparse-autoencoder features: what they are and where they fire.", no_args_is_help=True)
FeatureArgument = Annotated[int, typer.Argument(metavar="ID", help="A feature's number.")]


@app.command("top")
def top(
    prompt: str,
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many features a token.")] = 5,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """The strongest features at every token, with their names where there is an atlas."""
    with opened_engine(session, config, overrides) as engine, found_atlas(engine) as atlas:
        tokens, names = engine.features(prompt, count), FeatureNames(engine, atlas)
        if as_json:
            output.show_json([_token(token, names) for token in tokens])
            return
        rows = [
            [
                str(t.position),
                repr(t.token),
                "  ".join(f"{f.id}:{f.activation:.1f}{names.after(f.id)}" for f in t.features),
            ]
            for t in tokens
        ]
        title = f"{engine.reader.info.hook_name}, feature:activation"
        output.show_table(title, ["position", "token", "features"], rows, right=(0,))


def _token(token: Any, names: FeatureNames) -> dict[str, Any]:
    return {**asdict(token), "features": [{**asdict(f), "name": names.of(f.id)} for f in token.features]}


@app.command("show")
def show(
    feature: FeatureArgument,
    text: Annotated[str | None, typer.Option("--text", help="Also where it fires on this, base and edited.")] = None,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """A feature's page: figures, tokens it raises and lowers, related features, the contexts where it fires most."""
    with opened_engine(session, config, overrides) as engine, found_atlas(engine) as atlas:
        engine.reader.check(feature)
        lab = lab_of(engine)
        if atlas is None and text is None:
            raise no_atlas(engine)
        page = atlas.page(feature) if atlas else None
        label, patches = labels_of(lab).get(feature), lab.patches_along(feature)
        on_text = lab.on_text(feature, text) if text is not None else None
        names = FeatureNames(engine, atlas)
        url = feature_page.link(engine.reader.info.neuronpedia_id, feature)
    if as_json:
        output.show_json(
            {
                "id": feature,
                "name": names.of(feature),
                "sae": asdict(engine.reader.info),
                "label": asdict(label) if label else None,
                "page": asdict(page) if page else None,
                "patches": [asdict(along) for along in patches],
                "neuronpedia": url,
                "text": asdict(on_text) if on_text else None,
            }
        )
        return
    feature_page.show_head(feature, names.of(feature), label, url)
    if page is not None:
        feature_page.show_page(page, names.of)
    if patches:
        feature_page.show_patches(patches)
    if on_text is not None:
        feature_page.show_on_text(on_text)


@app.command("search")
def search(
    query: str,
    count: Annotated[int, typer.Option(min=1, help="How many features at most.")] = 50,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Features by words of their names and notes, of the tokens they raise and of their top contexts."""
    with opened_engine(session, config, overrides) as engine, needed_atlas(engine) as atlas:
        labels = labels_of(lab_of(engine))
        found = _search(atlas, labels, query)
        rows = [_summary(atlas, feature, labels.get(feature)) for feature in found[:count]]
    if as_json:
        output.show_json({"query": query, "found": len(found), "features": rows})
        return
    columns = ["feature", "name", "share of tokens", "mean", "max"]
    table = [
        [str(row["id"]), row["name"], f"{row['density']:.3%}", f"{row['mean']:.2f}", f"{row['max']:.2f}"]
        for row in rows
    ]
    output.show_table("", columns, table, right=(0, 2, 3, 4))
    output.show(f"{len(found)} features match" + (f", {count} are shown" if len(found) > count else ""))


def _search(atlas: Atlas, labels: dict[int, Label], query: str) -> list[int]:
    """Pinned features first, then those whose name matches, then those whose tokens or contexts do."""
    from hera_desktop.engine.atlas.words import matches

    mine = {feature for feature, label in labels.items() if matches(query, f"{label.name} {label.note}")}
    pinned = {feature for feature, label in labels.items() if label.pinned}
    found = mine.union(atlas.search(query).tolist())
    named = mine.union(feature for feature in found if matches(query, atlas.names[feature]))
    return sorted(found, key=lambda feature: (feature not in pinned, feature not in named, feature))


def _summary(atlas: Atlas, feature: int, label: Label | None) -> dict[str, Any]:
    return {
        "id": feature,
        "name": (label.name if label else "") or atlas.names[feature],
        "auto_name": atlas.names[feature],
        "pinned": bool(label and label.pinned),
        "density": float(atlas.density[feature]),
        "mean": float(atlas.mean[feature]),
        "max": float(atlas.max[feature]),
    }


@app.command("name")
def name(
    feature: FeatureArgument,
    text: Annotated[str | None, typer.Argument(metavar="NAME", help="Its name; '' takes it away.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="A note; '' takes it away.")] = None,
    pin: Annotated[bool | None, typer.Option("--pin/--no-pin", help="Pinned features come first.")] = None,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Name a feature, keep a note on it, or pin it; the session keeps this."""
    if text is None and note is None and pin is None:
        raise InputError("there is nothing to keep; give a NAME, --note or --pin")
    from hera_desktop.engine.atlas.records import Label

    with opened_engine(_needed(session), config, overrides, writing=True) as engine:
        lab = lab_of(engine)
        label = labels_of(lab).get(feature, Label(feature))
        if text is not None:
            label = replace(label, name=text, source="user")
        lab.label(
            replace(label, note=label.note if note is None else note, pinned=label.pinned if pin is None else pin)
        )
        kept = labels_of(lab).get(feature, Label(feature))
    if as_json:
        output.show_json(asdict(kept))
    else:
        feature_page.show_head(feature, kept.name or None, kept, None)


@app.command("import")
def import_names(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A Neuronpedia export: .json, .jsonl, also .gz.")],
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take names from a Neuronpedia export into the session; a name you gave stands."""
    with opened_engine(_needed(session), config, overrides, writing=True) as engine:
        count = lab_of(engine).import_labels(file)
    if as_json:
        output.show_json({"imported": count})
    else:
        output.show(f"{count} names imported")


@app.command("export")
def export(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=".csv: all features; .html: one feature's page.")],
    feature: Annotated[int | None, typer.Option("--feature", metavar="ID", help="Whose page, for .html.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="For .html: also where it fires on this.")] = None,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the table of all features (.csv) or the page of one (.html), with the session's names."""
    _check_export(out, feature, text)
    from hera_desktop.engine.atlas.export import write_page_html, write_table

    with opened_engine(session, config, overrides) as engine, needed_atlas(engine) as atlas:
        lab = lab_of(engine)
        if feature is None:
            write_table(out, atlas, lab.labels())
        else:
            extra = {"patches": lab.patches_along(feature)}
            if text is not None:
                extra["on_text"] = lab.on_text(feature, text)
            write_page_html(out, atlas, feature, lab.labels(), extra)
        written = atlas.info.d_sae if feature is None else 1
    if as_json:
        output.show_json({"file": str(out), "features": written})
    else:
        output.show(f"{written} {'feature' if written == 1 else 'features'} written to {out}")


def _check_export(out: Path, feature: int | None, text: str | None) -> None:
    suffix = out.suffix.lower()
    if suffix not in (".csv", ".html"):
        raise InputError(f"features cannot be written to '{out}'; it takes .csv (all) or .html (one)")
    if suffix == ".html" and feature is None:
        raise InputError(f"'{out}' is the page of one feature; name it with --feature ID, or write all to a .csv")
    if suffix == ".csv" and (feature, text) != (None, None):
        raise InputError(f"'{out}' is the table of all features; --feature and --text go with .html")


@app.command("atlas")
def atlas(
    text: Annotated[
        list[Path], typer.Option("--text", metavar="PATH", help="Text: files and folders; several are mixed.")
    ],
    tokens: Annotated[int, typer.Option(min=1, help="How much of it is read.")] = 300_000,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Default: where the browser looks.")] = None,
    session: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build the atlas of the configured SAE on the base model; Ctrl+C leaves no half-made file."""
    settings = read_config(config, overrides, stored_config(session))
    output.progress("importing the model libraries", None)
    from hera_desktop.engine.atlas.build import build_atlas
    from hera_desktop.engine.atlas.places import atlas_target
    from hera_desktop.engine.hera import load_model
    from hera_desktop.engine.sae import load_features

    model, _ = load_model(settings)
    reader = load_features(settings.sae, model)
    target = out or atlas_target(reader.folder, reader.info.fingerprint)
    with output.interruptible() as cancelled:
        info = build_atlas(model, reader, tuple(text), target, tokens, progress=output.progress, cancelled=cancelled)
    if as_json:
        output.show_json({"file": str(target), **asdict(info)})
    else:
        output.show(f"atlas of {info.d_sae} features on {info.tokens} tokens written to {target}")


def _needed(session: Path | None) -> Path:
    if session is None:
        raise InputError("this needs a session; name one with --session FILE")
    return session
