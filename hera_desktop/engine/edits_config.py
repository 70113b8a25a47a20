"""The configuration's section about target edits. Without torch."""

from __future__ import annotations

from pydantic import Field

from .config_section import Products, Section


class EditsConfig(Section):
    """How "from now on X" is written into a matrix, and how a refused edit is repaired."""

    strategy: str = Field("rank_one", min_length=1, description="how an edit is computed")
    layer: int | None = Field(None, ge=0, description="edited block; null: by the model's depth")
    steps: int = Field(25, ge=1, le=1000, description="most optimiser steps of one edit")
    learning_rate: float = Field(0.005, gt=0, le=1000, description="length of a step: it is felt about rate^2 / 2 nats")
    momentum: float = Field(0.3, ge=0, lt=1, description="share of the steps before")
    polyak: float = Field(
        1.5, ge=0, le=1000, description="a step is at most so many times as long as its slope needs; 0: any length"
    )
    stop: float = Field(0.8, ge=0, lt=1, description="an edit ends where every token of the target is given this much")
    prefixes: int = Field(3, ge=0, le=32, description="texts before the prompt over which key and value are averaged")
    prefix_tokens: int = Field(16, ge=1, le=64, description="their length in tokens")
    lambda_kl: float = Field(0.1, ge=0, le=100, description="weight of the divergence on 'SUBJECT is a'")
    rank: int = Field(8, ge=1, le=256, description="rank of gradient, three_factor and lora")
    directions: int = Field(64, ge=1, le=4096, description="SAE directions of rank_one_sae, three_factor, random_sae")
    null_share: float = Field(0.7, gt=0, le=1, description="share of the input directions that null_space may change")
    adam_rate: float = Field(0.005, gt=0, le=10, description="AdamW's learning rate, in finetune and lora")
    products: Products = Field(
        "auto", description="format of its matrix products; auto: bfloat16 where the device has units for it"
    )
    doses: int = Field(5, ge=0, le=20, description="strengths that are tried where the whole edit is refused")
    collapse: int = Field(20, ge=0, le=1000, description="newest earlier edits that are tested again after an edit")
