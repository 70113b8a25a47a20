"""A probe file that is measured quickly."""

from __future__ import annotations

FEW_PROBES = """probes:
  - {tags: [prose], text: "The ferry left before sunrise."}
  - {tags: [fact], text: "Iron is a metal and rusts in the rain."}
"""
