"""All features of an SAE as columns, which of them are shown, and in which order. No widgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

import numpy as np

from hera_desktop.engine.atlas.records import AtlasInfo, FeaturePage, Label, NameSource

from .label_search import LabelSearch

COLUMNS = ("id", "name", "density", "max", "activation")


class AtlasView(Protocol):
    """What is read of an atlas; ``engine.atlas.store.Atlas`` has it."""

    info: AtlasInfo
    density: np.ndarray
    mean: np.ndarray
    max: np.ndarray
    names: list[str]

    def page(self, feature: int) -> FeaturePage: ...

    def search(self, query: str) -> np.ndarray: ...

    def close(self) -> None: ...


class FeatureList:
    """``rows`` are the ids shown, in order. Changing what is shown costs a few passes over arrays of ``d_sae``."""

    def __init__(self, d_sae: int, atlas: AtlasView | None = None, labels: Iterable[Label] = ()) -> None:
        self.d_sae = d_sae
        self.atlas = atlas
        self.activation = np.zeros(d_sae, dtype=np.float32)
        self.query, self.pinned_only, self.max_density = "", False, 1.0
        self.sorted_by, self.descending = "id", False
        self.hidden_dense = 0
        self._matches: np.ndarray | None = None
        self._order: np.ndarray | None = None
        self.set_labels(labels)

    # --- names ------------------------------------------------------------------------------------------------------

    def set_labels(self, labels: Iterable[Label]) -> None:
        """All that the user and imports say of the features; an id the SAE does not have is left out."""
        self.labels = {label.feature: label for label in labels if 0 <= label.feature < self.d_sae}
        self._labels_changed()

    def set_label(self, label: Label) -> None:
        if label.name or label.note or label.pinned:
            self.labels[label.feature] = label
        else:
            self.labels.pop(label.feature, None)
        self._labels_changed()

    def _labels_changed(self) -> None:
        self._label_search = LabelSearch(self.labels.values())
        self.pinned = np.zeros(self.d_sae, dtype=bool)
        self.pinned[[label.feature for label in self.labels.values() if label.pinned]] = True
        if self.sorted_by == "name":
            self._order = None
        self.search(self.query)

    def label(self, feature: int) -> Label:
        return self.labels.get(feature) or Label(feature)

    def name(self, feature: int) -> str:
        """The user's name, else the imported, else the automatic one."""
        label = self.labels.get(feature)
        if label is not None and label.name:
            return label.name
        return self.atlas.names[feature] if self.atlas else ""

    def source(self, feature: int) -> NameSource:
        label = self.labels.get(feature)
        return label.source if label is not None and label.name else "auto"

    def renamed(self, feature: int, name: str) -> Label:
        """The label with another name; the name is the user's from now on."""
        return replace(self.label(feature), name=name.strip(), source="user")

    # --- what is shown ----------------------------------------------------------------------------------------------

    def search(self, query: str) -> None:
        """Keep what matches; ids, names, tokens and contexts count. A blank query keeps all."""
        self.query = query
        self._matches = self._found(query) if query.strip() else None
        self._refresh()

    def _found(self, query: str) -> np.ndarray:
        if self.atlas is not None:
            own = self.atlas.search(query)
        else:
            word = query.strip()
            own = np.array([int(word)] if word.isdecimal() and len(word) < 10 and int(word) < self.d_sae else [], int)
        return np.concatenate([own, self._label_search.search(query)])

    def show_pinned_only(self, only: bool) -> None:
        self.pinned_only = only
        self._refresh()

    def limit_density(self, largest: float) -> None:
        """Leave out the features that fire on a larger share of tokens."""
        self.max_density = largest
        self._refresh()

    def show_activation(self, activation: np.ndarray) -> None:
        """``(d_sae,)``: how strongly each feature fires on the text being looked at."""
        self.activation = activation
        if self.sorted_by == "activation":
            self._order = None
        self._refresh()

    def sort(self, column: str, descending: bool) -> None:
        self.sorted_by, self.descending, self._order = column, descending, None
        self._refresh()

    @property
    def allowed(self) -> np.ndarray | None:
        """``(d_sae,)`` bool: features that are not too dense; None where densities are not known."""
        return None if self.atlas is None else self.atlas.density <= self.max_density

    def row_of(self, feature: int) -> int | None:
        """Where a feature stands in the table; None where it is not shown."""
        found = np.flatnonzero(self.rows == feature)
        return int(found[0]) if len(found) else None

    def _refresh(self) -> None:
        keep = np.ones(self.d_sae, dtype=bool)
        if self._matches is not None:
            keep[:] = False
            keep[self._matches] = True
        if self.pinned_only:
            keep &= self.pinned
        allowed = self.allowed
        self.hidden_dense = 0 if allowed is None else int(np.count_nonzero(keep & ~allowed))
        if self.hidden_dense:
            keep &= allowed
        if self._order is None:
            self._order = self._ordered()
        self.rows = self._order[keep[self._order]]

    def _ordered(self) -> np.ndarray:
        """All ids in the order of the sorted column; ties by id."""
        if self.sorted_by == "id":
            ids = np.arange(self.d_sae)
            return ids[::-1] if self.descending else ids
        if self.sorted_by == "name":
            names = [self.name(feature).casefold() for feature in range(self.d_sae)]
            order = sorted(range(self.d_sae), key=lambda i: (not names[i], names[i]), reverse=self.descending)
            return np.array(order, dtype=np.int64)
        values = self._values(self.sorted_by)
        return np.argsort(-values if self.descending else values, kind="stable")

    def _values(self, column: str) -> np.ndarray:
        if column == "activation" or self.atlas is None:
            return self.activation if column == "activation" else np.zeros(self.d_sae, dtype=np.float32)
        return {"density": self.atlas.density, "max": self.atlas.max}[column]
