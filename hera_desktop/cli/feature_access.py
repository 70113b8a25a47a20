"""What the features' verbs share: the lab, the atlas, and what a feature is called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hera_desktop.engine.errors import InputError

if TYPE_CHECKING:
    from hera_desktop.engine.atlas.records import Label
    from hera_desktop.engine.atlas.store import Atlas
    from hera_desktop.engine.feature_lab import FeatureLab
    from hera_desktop.engine.hera import HeraEngine


class FeatureNames:
    """What a feature is called: by the user, else by the atlas."""

    def __init__(self, engine: HeraEngine, atlas: Atlas | None) -> None:
        self._labels = labels_of(lab_of(engine))
        self._names = atlas.names if atlas else None

    def of(self, feature: int) -> str | None:
        label = self._labels.get(feature)
        if label and label.name:
            return label.name
        return self._names[feature] if self._names else None

    def after(self, feature: int) -> str:
        name = self.of(feature)
        return f" ({name})" if name else ""


def lab_of(engine: HeraEngine) -> FeatureLab:
    from hera_desktop.engine.feature_lab import FeatureLab

    return FeatureLab(engine)


def labels_of(lab: FeatureLab) -> dict[int, Label]:
    return {label.feature: label for label in lab.labels()}


@contextmanager
def found_atlas(engine: HeraEngine) -> Iterator[Atlas | None]:
    """The SAE's atlas, or None where none was built."""
    from hera_desktop.engine.atlas.places import find_atlas
    from hera_desktop.engine.atlas.store import Atlas

    path = find_atlas(engine.reader.folder, engine.reader.info.fingerprint)
    if path is None:
        yield None
        return
    with Atlas.open(path) as atlas:
        yield atlas


@contextmanager
def needed_atlas(engine: HeraEngine) -> Iterator[Atlas]:
    with found_atlas(engine) as atlas:
        if atlas is None:
            raise no_atlas(engine)
        yield atlas


def no_atlas(engine: HeraEngine) -> InputError:
    return InputError(
        f"SAE {engine.reader.info.name} has no atlas; build one with `hera-desktop features atlas --text PATH`"
    )
