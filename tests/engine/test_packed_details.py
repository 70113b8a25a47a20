from __future__ import annotations

import json
import sqlite3

import pytest

from hera_desktop.engine.errors import SessionError
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.packed_details import PACKED, pack, unpack

from .samples import SESSION_META, expect_sentence, small_patch

DETAILS = {
    "metrics": {"js_divergence": {"step": 0.1, "cumulative": None}},
    "probe_metrics": {"js_divergence": [0.1, 2e-05, None]},
    "reason": "safe: größer als nichts",
    "source": {"kind": "chat"},
    "lesson": 3,
    "features": [[1, 0.5]],
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.hera"


def recorded(path, details) -> None:
    ledger = Ledger.create(path, SESSION_META)
    ledger.record_proposal(small_patch(), "committed", "a prompt", details)
    ledger.close()


def stored(path) -> str:
    with sqlite3.connect(path) as db:
        return db.execute("SELECT details FROM proposals").fetchone()[0]


def write(path, text: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE proposals SET details = ?", (text,))


@pytest.mark.parametrize("details", [DETAILS, {}, {"source": {"kind": "evolve"}}, {"reason": ""}])
def test_what_was_packed_comes_back(details):
    assert unpack(json.loads(pack(details))) == details


def test_what_queries_look_for_stays_readable(path):
    recorded(path, DETAILS)
    with sqlite3.connect(path) as db:
        query = "SELECT json_extract(details, '$.lesson'), json_extract(details, '$.source.kind') FROM proposals"
        assert db.execute(query).fetchone() == (3, "chat")


def test_many_measurements_take_less_than_half_the_room():
    many = {"probe_metrics": {name: [n * 1.2345e-05 for n in range(200)] for name in ("a", "b", "c")}}
    assert len(pack(many)) < len(json.dumps(many)) / 2


def test_a_session_gives_the_details_back_and_takes_more(path):
    recorded(path, DETAILS)
    ledger = Ledger.open(path)
    assert ledger.entries()[0].details == DETAILS
    ledger.set_texts(1, "before", "after")
    assert ledger.entry("p1").details == {**DETAILS, "texts": {"before": "before", "after": "after"}}
    ledger.close()


def test_details_that_an_earlier_version_wrote_are_read_as_they_are(path):
    recorded(path, DETAILS)
    write(path, json.dumps(DETAILS))
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 4")
    ledger = Ledger.open(path)
    assert ledger.entries()[0].details == DETAILS
    ledger.close()


@pytest.mark.parametrize("spoiled", ["", "?", "AAAA", 7, None, "eJwzBAAAMgAy"])  # the last one holds a number
def test_a_damaged_part_is_named_in_one_sentence(path, spoiled):
    recorded(path, DETAILS)
    write(path, json.dumps({**json.loads(stored(path)), PACKED: spoiled}))
    ledger = Ledger.open(path)
    with expect_sentence(SessionError, "step 1", "damaged"):
        ledger.entries()
    ledger.close()
