"""The README that lies beside an exported adapter or checkpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

_ADAPTER = """# Changes to {base_name}

A LoRA adapter exported from a HERA Desktop session. It holds the sum of {patches}.

{facts}

```python
from peft import PeftModel
from transformers import AutoModelForCausalLM

base = AutoModelForCausalLM.from_pretrained("{location}", dtype="float32")
model = PeftModel.from_pretrained(base, "this folder")
```

The factors are float32. In a base of fewer bits they are applied beside the weights, not added to them, unless merged.
"""

_MERGED = """# {base_name}, changed

A checkpoint exported from a HERA Desktop session: the weights of the base with {patches} added.

{facts}
- rounding: at most {lost:.2g} of a matrix's change is rounded away by the weights' number format

It loads as any other: `AutoModelForCausalLM.from_pretrained("this folder")`.
"""

_HUB_LICENCES = {"Apache-2.0": "apache-2.0", "MIT": "mit"}


def adapter_card(about: Mapping[str, Any]) -> str:
    tags = {"library_name": "peft", "pipeline_tag": "text-generation"}
    return _head(about, tags) + _ADAPTER.format(**_words(about))


def merged_card(about: Mapping[str, Any], lost: float) -> str:
    """``lost``: the largest share of a matrix's change that the checkpoint's number format rounds away."""
    tags = {"library_name": "transformers", "pipeline_tag": "text-generation"}
    return _head(about, tags) + _MERGED.format(**_words(about), lost=lost)


def _head(about: Mapping[str, Any], tags: Mapping[str, str]) -> str:
    """What the hub reads: a base only where the hub knows it, a licence only by the hub's own name for it."""
    licence = _HUB_LICENCES.get(about["licence"])
    fields = {"base_model": about["base_hub_id"], "license": licence, **tags}
    said = yaml.safe_dump({key: value for key, value in fields.items() if value}, sort_keys=False, allow_unicode=True)
    return f"---\n{said}---\n\n"


def _words(about: Mapping[str, Any]) -> dict[str, Any]:
    count = len(about["patch_ids"])
    facts = (
        f"- base: {about['base_name']}, {about['architecture']}, fingerprint `{about['base']}`",
        f"- where the base is: {_where(about)}",
        f"- state: `{about['state_hash']}` ({', '.join(about['patch_ids'])} in this order on the base)",
        f"- licence: {about['licence'] or 'that of the base'}",
    )
    return {
        "base_name": about["base_name"],
        "facts": "\n".join(facts),
        "location": about["base_hub_id"] or f"the folder of {about['base_name']}",
        "patches": "1 weight patch" if count == 1 else f"{count} weight patches",
    }


def _where(about: Mapping[str, Any]) -> str:
    name = about["base_name"]
    if about["base_hub_id"]:
        return f"`{about['base_hub_id']}` on the Hugging Face hub"
    if about["base_in_catalogue"]:
        return f"`hera-desktop models install {name}` puts it into a folder and names that"
    return "a folder of its own; a checkpoint with other weights gives other results"
