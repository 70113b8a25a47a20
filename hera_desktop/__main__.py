"""``python -m hera_desktop`` is the same as ``hera-desktop``."""

from hera_desktop.cli import main

main()
