"""HERA Desktop: change a live language model, measure the change, and take it back exactly.

Importing this package loads neither torch nor Qt; ``hera_desktop.engine`` and ``hera_desktop.gui`` do.
"""

__version__ = "0.1.0"
