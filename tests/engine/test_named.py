"""Things that are known by name."""

from __future__ import annotations

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.named import Named


class Plain:
    name = "plain"


class Fancy:
    name = "fancy"


@pytest.fixture
def tools() -> Named[object]:
    tools: Named[object] = Named("tool")
    assert tools.register(Plain) is Plain and tools.register(Fancy) is Fancy
    return tools


def test_they_are_found_in_the_order_of_their_registration(tools):
    assert list(tools) == ["plain", "fancy"] and isinstance(tools.find("fancy"), Fancy)


def test_a_name_is_given_once(tools):
    with pytest.raises(ValueError, match="tool 'plain' is registered twice"):
        tools.register(Plain)


@pytest.mark.parametrize(("name", "said"), [("plian", "'plain'"), ("zzzz", "plain, fancy")])
def test_an_unknown_name_is_one_sentence_with_what_there_is(tools, name, said):
    with pytest.raises(InputError) as error:
        tools.find(name)
    assert f"tool '{name}' is unknown" in str(error.value) and said in str(error.value)
