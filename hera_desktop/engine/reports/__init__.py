"""Reports of a session."""
