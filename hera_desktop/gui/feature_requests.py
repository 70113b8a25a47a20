"""What the features workspace asks of the model thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .feature_records import FeaturePageText, FeaturesOpened, ImportedLabels
from .i18n import mark
from .requests import Bench, Report, Request

if TYPE_CHECKING:
    from hera_desktop.engine.atlas.records import Label, TextFeatures
    from hera_desktop.engine.feature_lab import FeatureLab
    from hera_desktop.engine.hera import HeraEngine

KEPT_A_TOKEN = 64
"""Features kept of every token read: more than fire on one with a sparse SAE."""


def open_lab(engine: HeraEngine) -> FeatureLab:
    """The engine's features: reading, steering, labels."""
    from hera_desktop.engine.feature_lab import FeatureLab

    return FeatureLab(engine)


@dataclass(frozen=True)
class OpenFeaturesRequest(Request):
    """Which SAE there is, where its atlas lies, and the session's labels."""

    name = mark("Opening the features")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> FeaturesOpened:
        from hera_desktop.engine.atlas.places import find_atlas

        engine = bench.need()
        sae, limit = engine.info().sae, engine.config.sae.max_density
        if sae is None:
            return FeaturesOpened(None, None, (), limit)
        atlas = find_atlas(engine.reader.folder, sae.fingerprint)
        return FeaturesOpened(sae, str(atlas) if atlas else None, open_lab(engine).labels(), limit)


@dataclass(frozen=True)
class ReadTextRequest(Request):
    """The features of every token of a text, in the model as edited now or in the base."""

    text: str
    edited: bool = True

    name = mark("Reading the text")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> TextFeatures:
        return open_lab(bench.need()).read(self.text, KEPT_A_TOKEN, self.edited)

    def python(self, record: TextFeatures) -> str:
        base = "" if self.edited else ", edited=False"
        return f"FeatureLab(engine).read({self.text!r}, {KEPT_A_TOKEN}{base})"


@dataclass(frozen=True)
class FeatureOnTextRequest(Request):
    """One feature on a text, in the base and as edited now."""

    feature: int
    text: str

    name = mark("Reading the feature")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> FeaturePageText:
        lab = open_lab(bench.need())
        return FeaturePageText(lab.on_text(self.feature, self.text), lab.patches_along(self.feature))

    def python(self, record: FeaturePageText) -> str:
        return f"FeatureLab(engine).on_text({self.feature}, {self.text!r})"


@dataclass(frozen=True)
class LabelRequest(Request):
    """Keep a name, note or pin in the session."""

    label: Label

    name = mark("Keeping the label")
    lasting = True
    quiet = True

    def run(self, bench: Bench, report: Report) -> Label:
        open_lab(bench.need()).label(self.label)
        return self.label

    def python(self, record: Label) -> str:
        return f"FeatureLab(engine).label({self.label!r})"


@dataclass(frozen=True)
class ImportLabelsRequest(Request):
    """Take names and explanations over from a Neuronpedia-style export."""

    path: str

    name = mark("Importing names")

    def run(self, bench: Bench, report: Report) -> ImportedLabels:
        report.progress("reading the file")
        lab = open_lab(bench.need())
        count = lab.import_labels(Path(self.path))
        return ImportedLabels(count, lab.labels())

    def python(self, record: ImportedLabels) -> str:
        return f"FeatureLab(engine).import_labels(Path({self.path!r}))"
