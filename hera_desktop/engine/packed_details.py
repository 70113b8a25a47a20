"""A proposal's details as a session keeps them: as JSON, most of it packed.

With a value of every judged metric for every probe they take half as much room again as the factors of a rank-1 patch.
What the session's queries look into stays readable (``PLAIN``).
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any

PLAIN = ("source", "lesson")
"""Keys that are looked for in the file itself (facts/chat_log.py)."""
PACKED = "packed"


def pack(details: Mapping[str, Any]) -> str:
    """The text to store; raises TypeError and ValueError as ``json.dumps`` does."""
    rest = {key: value for key, value in details.items() if key not in PLAIN}
    data = zlib.compress(json.dumps(rest, separators=(",", ":")).encode(), 9)
    plain = {key: details[key] for key in PLAIN if key in details}
    return json.dumps({**plain, PACKED: base64.b64encode(data).decode("ascii")})


def unpack(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The details from what was stored, packed or, by earlier versions, all plain; raises ValueError where they are
    damaged."""
    if PACKED not in stored:
        return dict(stored)
    plain = {key: value for key, value in stored.items() if key != PACKED}
    try:
        rest = json.loads(zlib.decompress(base64.b64decode(stored[PACKED], validate=True)))
    except (zlib.error, TypeError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(rest, dict):
        raise ValueError("the packed part holds no keys")
    return {**rest, **plain}
