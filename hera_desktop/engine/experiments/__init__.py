"""Experiments on edits: sets of facts to be rewritten, what an edit did to each, runs over many, and their table."""
