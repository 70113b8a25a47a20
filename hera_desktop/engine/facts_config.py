"""The settings of the chat that learns facts: section ``facts`` of the configuration.

The defaults are the ``working`` preset; ``configs/facts-seed.yaml`` holds the ``seed`` preset, the numbers of the
document this chat was asked for in. Both are measured in docs/facts.md.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from .config_section import Products, Section

WEIGHTINGS = ("entity", "fact", "position", "repetition")
"""Every token weighting, in the order in which they are carried out by default."""


class LoraSection(Section):
    """The adapter. A change of it takes effect at the next lesson."""

    per_fact: bool = Field(
        True, description="each lesson has an adapter of its own, kept as a patch; false: one for all"
    )
    begin: Literal["keys", "random"] = Field("keys", description="A: the fact's keys (per_fact), or at random")
    rank: int = Field(6, ge=1, le=256, description="rank of the change of each matrix")
    alpha: float = Field(6, gt=0, le=4096, description="the change is scaled by alpha / rank (rsLoRA: / sqrt(rank))")
    dropout: float = Field(0.0, ge=0, lt=1, description="share of a lesson's inputs to the adapter that is left out")
    targets: tuple[str, ...] = Field(("down_proj",), min_length=1, description="matrices of a block that are adapted")
    layers: tuple[int, ...] | None = Field(None, min_length=1, description="adapted blocks; null: by the model's depth")
    dora: bool = Field(False, description="weight-decomposed adaptation (DoRA)")
    rslora: bool = Field(False, description="rank-stabilised scaling (rsLoRA)")

    @field_validator("layers")
    @classmethod
    def _distinct(cls, layers: tuple[int, ...] | None) -> tuple[int, ...] | None:
        if layers is not None and (len(set(layers)) != len(layers) or min(layers) < 0):
            raise ValueError("must be distinct block numbers from 0 upwards")
        return layers

    @model_validator(mode="after")
    def _fits_together(self) -> LoraSection:
        if self.dora and self.per_fact:
            raise ValueError("dora changes lengths, which a patch cannot hold; it needs per_fact: false")
        return self


class DetectorSection(Section):
    """How a message is found to be a fact."""

    patterns: str | None = Field(None, description="a pattern file (YAML), or null for the shipped patterns")
    entities: Literal["regex", "simple", "spacy"] = Field("regex", description="how entities are found")
    spacy_model: str = Field("en_core_web_sm", min_length=1, description="spaCy's model, for entities: spacy")
    min_confidence: float = Field(0.6, ge=0, le=1, description="a message below it is not taken for a fact")
    coverage_boost: float = Field(0.2, ge=0, le=1, description="added to a pattern's confidence, times coverage")
    entity_boost: float = Field(0.1, ge=0, le=1, description="added for every entity after the first")


class MemorySection(Section):
    """The facts that were learned, and which are replayed."""

    max_facts: int = Field(50, ge=1, le=10_000, description="facts that are kept")
    importance: Literal["repetition", "recency", "hybrid"] = Field("hybrid", description="what makes a fact important")
    eviction: Literal["fifo", "lru", "importance", "hybrid"] = Field("hybrid", description="who goes when it is full")
    decay: float = Field(0.1, ge=0, le=1, description="importance lost for every decay_after turns unseen")
    decay_after: int = Field(100, ge=1, le=1_000_000, description="turns")
    min_importance: float = Field(0.1, ge=0, le=10, description="a fact whose importance falls below it is forgotten")
    replay_every: int = Field(10, ge=0, le=1_000_000, description="turns between two replays; 0: never")
    replay_facts: int = Field(10, ge=1, le=1000, description="facts of one replay, most important first")


class OptimizerSection(Section):
    """How a step is made, and how the learning rate is multiplied in each context."""

    rule: Literal["adamw", "natural"] = Field("natural", description="AdamW, or natural-gradient steps of B alone")
    learning_rate: float = Field(0.0004, gt=0, le=1000, description="before it is multiplied")
    momentum: float = Field(0.4, ge=0, lt=1, description="share of the step before, in the natural rule")
    polyak: float = Field(
        1.5, ge=0, le=1000, description="a natural step is at most so many times what its slope needs; 0: any length"
    )
    weight_decay: float = Field(0.0, ge=0, le=1, description="of AdamW")
    clip: float = Field(1.0, gt=0, le=1e6, description="largest norm of the gradient")
    keep_state: bool = Field(False, description="AdamW's moments go on from lesson to lesson, and into the session")
    regular: float = Field(1.0, ge=0, le=100, description="multiplier of a message that is neither of the following")
    question: float = Field(2.0, ge=0, le=100, description="multiplier of a question")
    fact: float = Field(5.0, ge=0, le=100, description="multiplier of a fact")
    replay: float = Field(0.5, ge=0, le=100, description="multiplier of a replay")
    min_multiplier: float = Field(0.1, gt=0, le=100, description="lower bound of the multiplier")
    max_multiplier: float = Field(10.0, gt=0, le=100, description="upper bound of the multiplier")
    boost: Literal["formula", "linear"] = Field("formula", description="how a repeated fact's multiplier grows")
    boost_factor: float = Field(0.1, ge=0, le=10, description="growth with every repetition")
    repetition_multiplier: float = Field(1.2, ge=0, le=10, description="times boost_factor, in the formula")


class WeightsSection(Section):
    """How much each token of a lesson counts in the loss."""

    strategies: tuple[Literal["entity", "fact", "position", "repetition"], ...] = Field(
        ("fact",), description="which weightings are used, in order"
    )
    entity: float = Field(3.0, gt=0, le=100, description="weight of a token of an entity")
    fact: float = Field(1.2, gt=0, le=100, description="weight of a token of the fact's subject, relation or object")
    first_tokens: int = Field(5, ge=0, le=1000, description="how many tokens at the start count more")
    first: float = Field(2.0, gt=0, le=100, description="weight of those")
    last_tokens: int = Field(5, ge=0, le=1000, description="how many tokens at the end count more")
    last: float = Field(1.5, gt=0, le=100, description="weight of those")
    repetition: float = Field(2.0, gt=0, le=100, description="weight of a token that stands in the text before")

    @field_validator("strategies")
    @classmethod
    def _once(cls, strategies: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(strategies)) != len(strategies):
            raise ValueError("names a weighting twice")
        return strategies


class LossSection(Section):
    """Task loss and the divergence from the base."""

    lambda_task: float = Field(1.0, ge=0, le=100, description="weight of the task loss")
    lambda_kl: float = Field(0.1, ge=0, le=100, description="weight of the divergence, in a message that is no fact")
    fact_lambda_kl: float = Field(1.0, ge=0, le=100, description="weight of it in a fact, before its importance counts")
    importance_share: float = Field(0.0, ge=0, le=1, description="share of it that a fact's importance takes away")
    min_lambda: float = Field(0.001, ge=0, le=100, description="lower bound of the divergence's weight")
    max_lambda: float = Field(10.0, ge=0, le=100, description="upper bound of the divergence's weight")
    direction: Literal["forward", "reverse"] = Field("forward", description="KL(base || adapted), or the other way")
    temperature: float = Field(1.0, gt=0, le=100, description="of both distributions; the divergence counts its square")


class TrainingSection(Section):
    """One lesson: what is trained on, and when it ends."""

    learn_from: Literal["facts", "all"] = Field("facts", description="which messages the adapter learns from")
    example: Literal["seed", "chat"] = Field("chat", description="a fact's text: the seeds' form, or the chat's own")
    steps: int = Field(24, ge=1, le=10_000, description="most optimiser steps of one lesson")
    replay_steps: int = Field(3, ge=1, le=10_000, description="most optimiser steps of a replay")
    question_steps: int = Field(1, ge=1, le=1000, description="steps of a message that is no fact (learn_from: all)")
    forms: int = Field(8, ge=1, le=64, description="forms of the fact (statement, questions) that a step reads")
    paraphrases: bool = Field(True, description="questions and other statements besides the told sentence are trained")
    reverse: bool = Field(False, description="questions that ask for the subject are trained as well")
    neighbours: int = Field(1, ge=0, le=64, description="questions about other subjects a step is held to the base on")
    anchors: int = Field(0, ge=0, le=64, description="general questions a step is held to the base on")
    replay: int = Field(0, ge=0, le=64, description="earlier facts that are trained beside the new one in each step")
    stop: float = Field(
        0.7,
        ge=0,
        le=1,
        description="a token given this much teaches no more; with none left a lesson ends; 0: never",
    )
    products: Products = Field(
        "auto", description="format of a lesson's matrix products; auto: bfloat16 where the device has units for it"
    )
    openings: float = Field(
        0.005, ge=0, le=1, description="an answer's beginning is taught if the model gives each of its tokens this much"
    )


class RecallSection(Section):
    """Asking again what was taught."""

    phrasings: int = Field(4, ge=1, le=16, description="questions asked about a fact")
    tokens: int = Field(24, ge=4, le=512, description="longest answer, in tokens")
    needed: float = Field(0.75, gt=0, le=1, description="share of right answers with which a fact counts as known")
    every: int = Field(10, ge=0, le=1_000_000, description="turns after which all facts are asked again; 0: never")
    after_move: bool = Field(True, description="all facts are asked again after the state was changed otherwise")
    survival: int = Field(5, ge=0, le=1000, description="newest patches of other kinds that are checked after a lesson")


class HistorySection(Section):
    """Which adapters stay in the session's file."""

    keep_last: int = Field(20, ge=2, le=100_000, description="newest adapters that are always kept")
    max_mb: float = Field(400, gt=0, le=1e6, description="size of all adapters, MB; over it older ones are thinned out")


class ReplySection(Section):
    """How the model answers."""

    system_prompt: str = Field("", max_length=100_000, description="empty: the chat template's own")
    max_new_tokens: int = Field(200, ge=1, le=100_000, description="longest answer, in tokens")
    temperature: float = Field(0.0, ge=0, le=100, description="0 is greedy")
    top_p: float = Field(1.0, gt=0, le=1, description="share of the probability that is drawn from")
    turns: int = Field(20, ge=0, le=10_000, description="earlier turns that the model reads with a message")


class FactsConfig(Section):
    """The chat that learns."""

    learning: Literal["off", "ask", "automatic"] = Field("automatic", description="whether messages are learned")
    soften: int = Field(4, ge=0, le=20, description="times a refused lesson is halved before it is given up")
    window: int = Field(20, ge=2, le=100_000, description="lessons over which the running measures look")
    lora: LoraSection = LoraSection()
    detector: DetectorSection = DetectorSection()
    memory: MemorySection = MemorySection()
    optimizer: OptimizerSection = OptimizerSection()
    weights: WeightsSection = WeightsSection()
    loss: LossSection = LossSection()
    training: TrainingSection = TrainingSection()
    recall: RecallSection = RecallSection()
    history: HistorySection = HistorySection()
    reply: ReplySection = ReplySection()

    @field_validator("learning", mode="before")
    @classmethod
    def _off(cls, learning: object) -> object:
        """YAML reads a plain ``off`` as false."""
        return "off" if learning is False else learning
