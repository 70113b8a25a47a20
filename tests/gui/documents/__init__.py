"""Sessions as documents, loading, recovery, and the welcome page."""
