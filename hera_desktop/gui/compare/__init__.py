"""Parts of the panel that compares two states."""
