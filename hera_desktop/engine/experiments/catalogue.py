"""The experiments there are: name, what each is for, its settings and where it runs. Without torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from pydantic import Field

from ..config_section import Section
from ..errors import InputError, nearest
from .job import Job
from .outcome import Outcome


class EditsSettings(Section):
    """Target edits of real records, strategy by strategy."""

    file: str | None = Field(None, description="records (CounterFact or zsRE, JSON); null: ../shared/data")
    strategy: tuple[str, ...] = Field((), description="strategies and variants; none: all of them")
    limit: int | None = Field(None, ge=1, le=100_000, description="only the first records")
    sequential: bool = Field(False, description="one edit on top of the other")
    fluency: bool = Field(False, description="also 100 tokens a record: n-gram entropy")


class ImmuneSettings(Section):
    """Labelled edits that the immune system is asked about, and what a label takes."""

    edits: int = Field(240, ge=14, le=100_000, description="labelled edits, half of them good")
    file: str | None = Field(None, description="records (CounterFact or zsRE, JSON); null: ../shared/data")
    harm_ppl: float = Field(1.5, gt=1, le=1e6, description="destructive: held-out perplexity rises so many times")
    harm_answers: float = Field(0.25, gt=0, le=1, description="destructive: share of the answers' tokens that change")
    strengths: Literal["drawn", "weakest"] = Field(
        "drawn", description="destructive: the first harmful strength from a drawn one on, or from the weakest on"
    )
    good_ppl: float = Field(1.05, ge=1, le=1e6, description="good: held-out perplexity rises at most so many times")
    good_answers: float = Field(0.1, ge=0, le=1, description="good: largest share of the answers' tokens that change")
    good_fall: float = Field(0.1, ge=0, le=1, description="good: largest fall of the neighbourhood, as a share")


class StabilitySettings(Section):
    """Many steps with diverse prompts, and interventions that the model has to recover from."""

    steps: int = Field(120, ge=4, le=100_000, description="steps")
    interventions: int = Field(6, ge=0, le=1000, description="times something destructive is proposed, then forced in")
    limited_only: bool = Field(False, description="do not make the same steps without limits, to compare")
    file: str | None = Field(None, description="prompts by domain (YAML); null: the shipped ones")


class FeaturesSettings(Section):
    """Which features fire, which weights change, and what changes in meaning."""

    prompts_per_domain: int = Field(16, ge=2, le=1000, description="prompts of each domain, half of them to edit on")
    steps: int = Field(48, ge=2, le=10_000, description="steps, each on a prompt of its own; never more than prompts")
    permutations: int = Field(2000, ge=99, le=1_000_000, description="permutations that a p-value is taken from")
    file: str | None = Field(None, description="prompts by domain (YAML); null: the shipped ones")


class ComparisonSettings(Section):
    """One task, learned by the edits of this program, by full fine-tuning and by LoRA."""

    records: int = Field(10, ge=2, le=10_000, description="records to learn")
    file: str | None = Field(None, description="records (CounterFact or zsRE, JSON); null: ../shared/data")
    methods: tuple[str, ...] = Field((), description="full_finetuning, lora_peft, strategies; none: these and six")
    full_rate: float = Field(2e-5, gt=0, le=1, description="AdamW's learning rate in full fine-tuning")
    lora_rate: float = Field(2e-3, gt=0, le=1, description="AdamW's learning rate in LoRA")


class ScalingSettings(Section):
    """Model sizes, SAE widths, learning rates and limits."""

    models: tuple[str, ...] = Field(
        ("random-gpt2-small", "random-gpt2-medium", "random-gpt2-large", "gemma3-270m"),
        description="models beside the configured one; random-gpt2-small, -medium and -large are built on the spot",
    )
    repeats: int = Field(5, ge=1, le=100, description="measured steps a point")
    max_width: int = Field(65_536, ge=1024, le=1_048_576, description="largest SAE; 1024 and its fourfolds up to it")
    strengths: int = Field(8, ge=2, le=100, description="learning rates from 0.1 to 30, each as many times the last")
    prompts: int = Field(6, ge=1, le=8, description="prompts that each learning rate is tried on")


class SearchSettings(Section):
    """Settings with much effect and little damage, looked for by an Optuna study."""

    trials: int = Field(24, ge=1, le=100_000, description="trials in all")
    ranges: tuple[str, ...] = Field((), description="KEY=LOW..HIGH, drawn evenly; with :log over the logarithm")
    choices: tuple[str, ...] = Field((), description="KEY=VALUE,VALUE; neither: learning rate and one more")
    measure: Literal["steps", "edits"] = Field("steps", description="what a trial measures")
    limit: int = Field(4, ge=1, le=10_000, description="prompts or records of a trial")
    file: str | None = Field(None, description="records (CounterFact or zsRE, JSON); null: ../shared/data")
    sampler: Literal["nsga2", "tpe"] = Field("nsga2", description="how trials are chosen")
    batch: int = Field(8, ge=2, le=1000, description="trials asked for at once: a generation")
    cluster: str | None = Field(None, min_length=1, description="local, or a Ray address; null: in this process")
    workers: int = Field(2, ge=1, le=10_000, description="processes on the cluster")
    threads: int = Field(1, ge=1, le=1024, description="of a trial; the last digits hang on it")


@dataclass(frozen=True)
class Experiment:
    """``module``: has ``run(settings, job) -> Outcome``; it is imported when the experiment is run.

    ``quick`` are settings for a look of a minute or two.
    """

    name: str
    title: str
    purpose: str
    settings: type[Section]
    module: str
    quick: Mapping[str, object]

    def run(self, settings: Section, job: Job) -> Outcome:
        """Measure; raises InputError where a setting or the configuration cannot be used."""
        run: Callable[[Section, Job], Outcome] = import_module(self.module, __package__).run
        return run(settings, job)


_ALL = (
    Experiment(
        "edits",
        "Target edits",
        "Make prompts continue with a new object: does it take, what does it spoil, strategy by strategy.",
        EditsSettings,
        ".edits",
        {"limit": 3, "strategy": ("unedited", "rank_one")},
    ),
    Experiment(
        "immune",
        "The immune system as a classifier",
        "Good and destructive edits: which are let through and which are refused, with the ROC curve.",
        ImmuneSettings,
        ".immune",
        {"edits": 16},
    ),
    Experiment(
        "stability",
        "Stability over many steps",
        "Evolve on diverse prompts step after step, with interventions: do the measures stay within limits?",
        StabilitySettings,
        ".stability",
        {"steps": 12, "interventions": 1},
    ),
    Experiment(
        "features",
        "Features and effects",
        "Which features fired, which weights changed, what changed in meaning; which features belong to which domain.",
        FeaturesSettings,
        ".features",
        {"prompts_per_domain": 2, "steps": 4},
    ),
    Experiment(
        "comparison",
        "Comparison with fine-tuning and LoRA",
        "The same facts learned by every strategy: speed, accuracy, stability, cost and memory.",
        ComparisonSettings,
        ".comparison",
        {"records": 2},
    ),
    Experiment(
        "scaling",
        "Scaling",
        "What a step costs and does as the model, the SAE, the learning rate and the limits grow.",
        ScalingSettings,
        ".scaling",
        {"models": (), "repeats": 1, "max_width": 4096, "strengths": 3, "prompts": 1},
    ),
    Experiment(
        "search",
        "Search for settings",
        "Try settings within ranges: which have much effect and do little damage, with the Pareto front.",
        SearchSettings,
        ".search",
        {"trials": 6, "limit": 2, "batch": 3},
    ),
)

EXPERIMENTS: Mapping[str, Experiment] = {one.name: one for one in _ALL}


def find_experiment(name: str) -> Experiment:
    """The experiment of that name; raises InputError where there is none."""
    if name not in EXPERIMENTS:
        hint = nearest(name, EXPERIMENTS) or f"; there are {', '.join(EXPERIMENTS)}"
        raise InputError(f"experiment '{name}' is unknown{hint}")
    return EXPERIMENTS[name]
