"""Panels: each shows one thing, redraws from a record and tells what the user asked for. None knows another."""
