"""The names of settings in words, for the forms."""

from __future__ import annotations

from .i18n import mark, tr

PAGES = {
    "experiment": mark("Experiment"),
    "model": mark("Model"),
    "sae": mark("SAE"),
    "evolution": mark("Evolution"),
    "immune": mark("Immune system"),
    "logging": mark("Logging"),
    "facts": mark("Facts"),
    "edits": mark("Target edits"),
    "directions": mark("Directions"),
}
GROUPS = {"cumulative": mark("Limits against the base, however many steps led there")}
WORDS = {
    "experiment.name": mark("name"),
    "experiment.device": mark("device"),
    "experiment.seed": mark("seed"),
    "model.name": mark("model"),
    "model.dtype": mark("number format"),
    "model.max_prompt_tokens": mark("longest prompt"),
    "sae.release": mark("SAELens release"),
    "sae.id": mark("SAE id"),
    "sae.path": mark("SAE folder"),
    "sae.threshold": mark("activation threshold"),
    "sae.max_density": mark("max density"),
    "evolution.strategy": mark("strategy"),
    "evolution.target_layers": mark("blocks"),
    "evolution.learning_rate": mark("strength"),
    "evolution.max_rank": mark("max rank"),
    "evolution.top_k_features": mark("features taking part"),
    "evolution.token": mark("token of the key"),
    "immune.max_js_divergence": mark("max JS divergence"),
    "immune.max_ppl_spike": mark("max perplexity ratio"),
    "immune.max_cosine_drift": mark("max cosine drift"),
    "immune.warn_fraction": mark("warning from"),
    "immune.every_tag": mark("each tag by itself"),
    "immune.enforce": mark("refuse what is over a limit"),
    "immune.cumulative.max_js_divergence": mark("max JS divergence"),
    "immune.cumulative.max_ppl_spike": mark("max perplexity ratio"),
    "immune.cumulative.max_cosine_drift": mark("max cosine drift"),
    "immune.probes": mark("probe file"),
    "immune.top_k": mark("k of the top-k agreement"),
    "logging.level": mark("level"),
    "logging.file": mark("log file"),
}
SHORT = {"js": "JS", "ppl": "perplexity", "sae": "SAE", "id": "id", "lr": "learning rate", "kl": "KL"}
"""Parts of a key that are no plain words."""


def words(key: str) -> str:
    """A setting's name: from the list, or made of its key, as of one that is newer than the list."""
    if key in WORDS:
        return tr(WORDS[key])
    return " ".join(SHORT.get(part, part) for part in key.rpartition(".")[2].split("_"))


def page_name(page: str) -> str:
    return tr(PAGES[page]) if page in PAGES else page.replace("_", " ").capitalize()


def group_name(group: str) -> str:
    return tr(GROUPS[group]) if group in GROUPS else group.replace("_", " ").replace(".", ", ").capitalize()
