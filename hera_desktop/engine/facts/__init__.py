"""A chat that learns the facts it is told, one gradient lesson after a message, judged and undone like any change."""
