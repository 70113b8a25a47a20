"""The rule by which old states of the chat's adapter leave the session's file."""

from __future__ import annotations

import pytest

from hera_desktop.engine.adapter import AdapterSpec, AdapterState
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts_config import LoraSection
from tests import tiny

COUNT = 12


@pytest.fixture
def engine(tmp_path):
    made = tiny.engine(tmp_path / "s.hera")
    spec = AdapterSpec.of(LoraSection(rank=2, per_fact=False, targets=("q_proj",)), made.model)
    begun = made.stack.adapter.begun(spec, 1)
    for number in range(COUNT):
        tensors = {key: tensor + 1e-4 * number for key, tensor in begun.tensors.items()}
        made.adopt(AdapterState(spec, tensors), "", {"kind": "test"})
    yield made
    made.close()


def there(engine) -> list[str]:
    found = []
    for number in range(1, COUNT + 1):
        try:
            engine.patch(f"p{number}")
            found.append(f"p{number}")
        except InputError:
            pass
    return found


def size(engine) -> int:
    return len(engine.patch(f"p{COUNT}").to_bytes())


def test_nothing_goes_while_there_is_room(engine):
    assert engine.ledger.thin_adapters(3, 10**9) == ()
    assert len(there(engine)) == COUNT


def test_every_second_of_the_older_ones_goes_oldest_first(engine):
    dropped = engine.ledger.thin_adapters(3, 9 * size(engine) + 10)
    assert dropped == ("p1", "p3", "p5")
    dropped = engine.ledger.thin_adapters(3, 5 * size(engine) + 10)
    assert dropped == ("p2", "p6", "p8", "p4")
    assert there(engine) == ["p7", "p9", "p10", "p11", "p12"]


def test_the_newest_the_marked_and_what_is_in_force_stay(engine):
    engine.note("p2", "keep this one")
    engine.roll_back_to("p4")
    engine.ledger.thin_adapters(3, 0)
    assert there(engine) == ["p2", "p4", "p10", "p11", "p12"]


def test_a_thinned_state_says_which_are_near_and_the_session_stays_whole(engine):
    state = engine.state_hash
    engine.ledger.thin_adapters(3, 8 * size(engine) + 10)
    with pytest.raises(InputError, match="p2 and p4"):
        engine.roll_back_to("p3")
    assert engine.state_hash == state
    assert engine.verify().faults == ()


def test_an_adapter_that_was_learned_on_from_cannot_be_taken_out_alone(engine):
    with pytest.raises(InputError, match="roll back"):
        engine.revert("p5")
    before = engine.patch("p11").content_hash
    engine.revert("p12")
    assert engine.stack.learned.content_hash == before
