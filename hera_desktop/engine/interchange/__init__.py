"""Patches as files that other programs read, and the way back."""
