"""The window: it builds requests, hands them to the model thread and redraws from the records that come back."""

import os

os.environ.setdefault("QT_API", "pyside6")  # qtawesome and superqt ask qtpy, which must not find another binding

from .plain_imports import restore_import

restore_import()
