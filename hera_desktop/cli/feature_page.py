"""A feature's page as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from . import output

if TYPE_CHECKING:
    from hera_desktop.engine.atlas.records import (
        Example,
        FeatureOnText,
        FeaturePage,
        Label,
        Neighbour,
        PatchAlong,
        TokenLogit,
    )

CONTEXTS = 10
"""How many of the top contexts are printed; ``--json`` has them all."""

HOT = 0.5
"""Tokens above this share of a context's largest activation stand in brackets."""


def link(neuronpedia_id: str | None, feature: int) -> str | None:
    from hera_desktop.engine.atlas.neuronpedia import feature_url

    return feature_url(neuronpedia_id, feature)


def show_head(feature: int, name: str | None, label: Label | None, url: str | None) -> None:
    if label and label.name:
        source = " (imported)" if label.source == "import" else ""
    else:
        source = " (automatic)" if name else ""
    output.show(f"feature {feature}: {name or 'no name'}{source}" + ("  pinned" if label and label.pinned else ""))
    if label and label.note:
        output.show(label.note)
    if url:
        output.show(url)


def show_page(page: FeaturePage, name_of: Callable[[int], str | None]) -> None:
    if page.dead:
        output.show("never active on the atlas' text")
    else:
        output.show(f"active on {page.density:.3%} of tokens, mean {page.mean:.2f}, largest {page.max:.2f}")
    output.show_table("", ["raises", "lowers"], [[_tokens(page.positive), _tokens(page.negative)]])
    rows = [["nearest by direction", _features(page.neighbours, name_of)]]
    rows.append(["active on the same tokens", _features(page.coactive, name_of)])
    output.show_table("", ["", ""], rows)
    if page.ranges:
        examples = page.ranges[0].examples[:CONTEXTS]
        output.show_table("top contexts", ["activation", "text"], [_context(e) for e in examples], right=(0,))


def show_patches(patches: Iterable[PatchAlong]) -> None:
    rows = [[along.patch_id, ", ".join(map(str, along.layers)), f"{along.share:.1%}"] for along in patches]
    output.show_table("share of each patch along this feature", ["patch", "blocks", "share"], rows, right=(2,))


def show_on_text(found: FeatureOnText) -> None:
    rows = [
        [str(position), repr(token), f"{base:.2f}", f"{edited:.2f}"]
        for position, (token, base, edited) in enumerate(zip(found.tokens, found.base, found.edited, strict=True))
    ]
    output.show_table("", ["position", "token", "base", "edited"], rows, right=(0, 2, 3))


def _tokens(listed: Iterable[TokenLogit]) -> str:
    return "\n".join(f"{entry.logit:+.2f} {entry.token!r}" for entry in listed)


def _features(listed: Iterable[Neighbour], name_of: Callable[[int], str | None]) -> str:
    return "\n".join(f"{entry.value:.2f}  {entry.id} {name_of(entry.id) or ''}".rstrip() for entry in listed)


def _context(example: Example) -> list[str]:
    """The text in one line, the tokens that carry the activation in brackets."""
    least = HOT * example.activation
    pieces = [
        f"[{token}]" if value >= least else token
        for token, value in zip(example.tokens, example.activations, strict=True)
    ]
    return [f"{example.activation:.2f}", " ".join("".join(pieces).split())]
