from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class CompareDesk(QObject):
    shown = Signal()

    def __init__(self, controller, parent):
        super().__init__(parent)
        self.panel = QWidget()

    def compare(self, a, b=None):
        pass

    def compare_with_base(self):
        pass


class InterchangeDesk(QObject):
    def __init__(self, controller, window):
        super().__init__(window)

    def show_export(self, ids=()):
        pass

    def show_import(self, path=""):
        pass
