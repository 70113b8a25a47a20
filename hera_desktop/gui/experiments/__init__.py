"""The parts of the Experiments tab: what there is, its settings, a run in a process of its own, and what it found."""
