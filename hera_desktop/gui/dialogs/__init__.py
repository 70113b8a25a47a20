"""Dialogs for files, preferences and what cannot be shown in place; none of them blocks the window."""
