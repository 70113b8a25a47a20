"""Pictures of the Experiments layout: what there is, a quick look under way, and what it found."""

from __future__ import annotations

from picture_studio import Studio

from hera_desktop.gui.panels.experiments import PLOTS, TABLES

EXPERIMENT = "features"
"""It needs nothing but the default model with its SAE."""
LONG = 1800
NAMES = ("experiments", "experiments-running", "experiments-tables", "experiments-plots")


def quick_look(studio: Studio) -> None:
    """The settings of an experiment, its quick look, and the tables and plots that came of it."""
    with studio.open(session="experiments.hera") as window:
        desk = window.experiments
        window.actions_[f"experiment_{EXPERIMENT}"].trigger()
        studio.settle()
        studio.save("experiments")
        desk.panel.bar.quick_button.click()
        studio.wait(lambda: desk.panel.bar.bar.value() > 0 or not desk.runner.running, LONG)
        studio.save("experiments-running")
        studio.wait(lambda: not desk.runner.running, LONG)
        for tab, name in ((TABLES, "experiments-tables"), (PLOTS, "experiments-plots")):
            desk.panel.show_tab(tab)
            studio.save(name)


STAGES = ((quick_look, NAMES),)
