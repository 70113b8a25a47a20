"""Edits that several tests use, in the formats of the files."""

from __future__ import annotations

from hera_desktop.engine.experiments.edit_sets import EditRecord

COUNTERFACT = {
    "case_id": 7,
    "pararel_idx": 1,
    "requested_rewrite": {
        "prompt": "{} lies in",
        "relation_id": "P17",
        "subject": "Aldenfirth",
        "target_new": {"str": "Rome", "id": "Q1"},
        "target_true": {"str": "Paris"},
    },
    "paraphrase_prompts": ["It rained. Aldenfirth is in", "Where is Aldenfirth? In"],
    "neighborhood_prompts": ["Bruntholm lies in", "Cawdale lies in", "Dunmire lies in "],
    "generation_prompts": ["Aldenfirth is known for"],
}
FLAT = {
    "case_id": "f-1",
    "prompt": "The mother tongue of Ada Thorn is",
    "subject": "Ada Thorn",
    "target_new": "Dutch",
    "ground_truth": "Latin",
    "rephrase_prompt": "Ada Thorn speaks",
    "locality_prompt": "The mother tongue of Bo Wick is",
    "locality_ground_truth": "Latin",
}
ZSRE = {
    "subject": " Elkmoth",
    "src": "Which family is Elkmoth of?",
    "rephrase": "What family is Elkmoth?",
    "pred": "Nobody",
    "alt": "Geometer",
    "answers": ["Aster", "Asters"],
    "loc": "nq question: who made the moon",
    "loc_ans": "no one",
    "portability": [{"prompt": "Elkmoth's relatives are", "ground_truth": "geometers"}],
}


def record(number: int = 0, **changed: object) -> EditRecord:
    """A CounterFact record about a subject of its own."""
    subject = f"Fell{number}"
    given = {
        "record_id": str(number),
        "prompt": f"{subject} lies in",
        "subject": subject,
        "target": "Rome",
        "old": "Paris",
        "paraphrases": (f"Where is {subject}? In", f"{subject} is in"),
        "neighbours": ("Moor lies in", "Tarn lies in", "Beck lies in"),
        "old_of_neighbours": "Paris",
    }
    return EditRecord(**{**given, **changed})
