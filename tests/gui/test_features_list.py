"""The list of features: what is shown, in which order, under which names. No widgets."""

from __future__ import annotations

import numpy as np
import pytest

from hera_desktop.engine.atlas.records import Label, TextFeatures
from hera_desktop.gui.features.feature_list import FeatureList
from hera_desktop.gui.features.label_search import LabelSearch
from hera_desktop.gui.features.read_text import ReadText

LABELS = (
    Label(3, "capital cities", "Paris, Rome", pinned=True),
    Label(7, "Café names", source="import"),
    Label(9, "", "see capital"),
    Label(11, pinned=True),
)
READ = TextFeatures("a b c", ("a", " b", " c"), ((), (5, 2), (2,)), ((), (8.0, 1.5), (4.0,)))


@pytest.fixture
def features(atlas):
    return FeatureList(96, atlas, LABELS)


# --- names ------------------------------------------------------------------------------------------------------------


def test_a_users_name_goes_before_the_automatic_one(features, atlas):
    assert (features.name(3), features.source(3)) == ("capital cities", "user")
    assert (features.name(7), features.source(7)) == ("Café names", "import")
    assert (features.name(9), features.source(9)) == (atlas.names[9], "auto")


def test_renaming_an_imported_name_makes_it_the_users(features):
    label = features.renamed(7, " cafés ")
    assert (label.name, label.source) == ("cafés", "user")


def test_an_emptied_label_is_forgotten(features):
    features.set_label(Label(3))
    assert 3 not in features.labels
    assert not features.pinned[3]


def test_a_label_of_a_feature_the_sae_does_not_have_is_left_out():
    assert FeatureList(4, None, (Label(2, "two"), Label(4, "four"))).labels.keys() == {2}


# --- search -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cap", [3, 9]),
        ("CAPITAL", [3, 9]),
        ("capital cit", [3]),
        ("cit capital", [3]),
        ("apital", []),
        ("paris", [3]),
        ("café", [7]),
        ("", [3, 7, 9]),
    ],
)
def test_every_word_of_the_query_begins_a_word_of_the_label(query, found):
    assert LabelSearch(LABELS).search(query).tolist() == found


def test_a_search_without_labels_finds_nothing():
    assert LabelSearch(()).search("a").tolist() == []


def test_search_takes_labels_and_the_atlas_together(features, atlas):
    features.search("capital")
    assert set(features.rows.tolist()) >= {3, 9}
    word = atlas.names[20].strip("“”'\"").split()[0]
    features.search(word)
    assert 20 in features.rows
    features.search(" ")
    assert len(features.rows) == 96


def test_without_an_atlas_a_number_finds_its_feature():
    features = FeatureList(50, None, (Label(3, "12 months"),))
    features.search("12")
    assert features.rows.tolist() == [3, 12]
    features.search("99")
    assert features.rows.tolist() == []


def test_a_name_given_while_searching_is_found_at_once(features):
    features.search("zebra")
    assert features.rows.tolist() == []
    features.set_label(Label(40, "zebra stripes"))
    assert features.rows.tolist() == [40]


# --- filters and order ------------------------------------------------------------------------------------------------


def test_pinned_only(features):
    features.show_pinned_only(True)
    assert features.rows.tolist() == [3, 11]
    features.search("capital")
    assert features.rows.tolist() == [3]


def test_dense_features_are_left_out_and_counted(features, atlas):
    limit = float(np.median(atlas.density))
    features.limit_density(limit)
    assert features.hidden_dense == int((atlas.density > limit).sum()) > 0
    assert len(features.rows) == 96 - features.hidden_dense


def test_without_an_atlas_no_feature_is_too_dense():
    features = FeatureList(50)
    features.limit_density(0.01)
    assert len(features.rows) == 50


@pytest.mark.parametrize("column", ["density", "max"])
def test_sorting_by_a_figure(features, atlas, column):
    values = getattr(atlas, column)
    features.sort(column, descending=True)
    assert (np.diff(values[features.rows]) <= 0).all()
    features.sort(column, descending=False)
    assert (np.diff(values[features.rows]) >= 0).all()


def test_sorting_by_name_ignores_case_and_puts_the_unnamed_last():
    features = FeatureList(4, None, (Label(0, "beta"), Label(2, "Alpha")))
    features.sort("name", descending=False)
    assert features.rows.tolist() == [2, 0, 1, 3]
    features.set_label(Label(1, "aaa"))
    assert features.rows.tolist() == [1, 2, 0, 3]


def test_sorting_by_activation_follows_the_text(features):
    features.sort("activation", descending=True)
    features.show_activation(ReadText(READ, 96).activation())
    assert features.rows[:3].tolist() == [5, 2, 0]
    features.show_activation(ReadText(READ, 96).activation(2))
    assert features.rows[:2].tolist() == [2, 0]


def test_where_a_feature_stands(features):
    features.sort("id", descending=True)
    assert features.row_of(95) == 0
    features.search("capital")
    assert features.row_of(95) is None


# --- the text ---------------------------------------------------------------------------------------------------------


def test_columns_of_a_text():
    read = ReadText(READ, 96)
    assert read.column(2).tolist() == [0.0, 1.5, 4.0]
    assert read.strongest().tolist() == [0.0, 8.0, 4.0]
    assert read.activation()[[2, 5, 6]].tolist() == [4.0, 8.0, 0.0]
    assert read.top(1, 5) == [(5, 8.0), (2, 1.5)]
    assert read.top(0, 5) == []


def test_dense_features_have_no_part_in_a_tokens_strongest():
    read, allowed = ReadText(READ, 96), np.ones(96, dtype=bool)
    allowed[5] = False
    assert read.strongest(allowed).tolist() == [0.0, 1.5, 4.0]
    assert read.top(1, 5, allowed) == [(2, 1.5)]
