"""Patches as files: what others load is what we have, and what comes back is what went out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import yaml
from safetensors.torch import load_file, save_file

from hera_desktop.engine.errors import InputError, MachineError
from hera_desktop.engine.interchange.export import export_patches
from hera_desktop.engine.interchange.importing import import_patches, look_into, read_patches
from hera_desktop.engine.interchange.model_card import adapter_card, merged_card
from hera_desktop.engine.interchange.plain_model import PlainModel, total_change
from hera_desktop.engine.loading import fingerprint
from hera_desktop.engine.model import Sampling
from hera_desktop.engine.patches import Factors, Patch
from tests import tiny

PROMPT = "the cat sat on the mat"
PLAIN = """
import sys, json, torch
from transformers import AutoModelForCausalLM
base, adapter, ids, out = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), sys.argv[4]
model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
if adapter:
    from peft import PeftModel
    model = PeftModel.from_pretrained(model, adapter)
model.eval()
assert not any(name.split(".")[0] in ("hera_desktop", "transformer_lens", "sae_lens") for name in sys.modules)
with torch.inference_mode():
    x = torch.tensor([ids])
    logits = model(x).logits
    text = model.generate(input_ids=x, attention_mask=torch.ones_like(x), max_new_tokens=12, do_sample=False)
torch.save({"logits": logits, "text": text[0, len(ids):]}, out)
"""


@pytest.fixture(params=["llama", "gpt2"])
def engine(request, tmp_path):
    engine = tiny.engine(tmp_path / "session.hera", kind=request.param)
    settings = engine.config.evolution.model_copy(update={"learning_rate": 20.0, "target_layers": (0, 1)})
    assert engine.evolve(PROMPT, settings)
    assert engine.evolve("a dog ran in the park", settings)
    yield engine
    engine.close()


def save_base(engine, folder: Path) -> Path:
    PlainModel(engine.model).with_changes({}).save_pretrained(folder)
    return folder


def in_plain_transformers(base: Path, adapter: Path | str, ids, out: Path) -> dict:
    command = [sys.executable, "-c", PLAIN, str(base), str(adapter), json.dumps(list(ids)), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return torch.load(out, weights_only=True)


def ours(engine, ids) -> tuple[torch.Tensor, str]:
    logits = engine.model.forward(engine.model.batch([ids])).logits.clone()
    return logits, engine.generate(PROMPT, Sampling(max_new_tokens=12))


def test_plain_transformers_and_peft_give_the_same(engine, tmp_path):
    ids = engine.model.tokenize(PROMPT)
    logits, text = ours(engine, ids)
    base = save_base(engine, tmp_path / "base")
    without = in_plain_transformers(base, "", ids, tmp_path / "without.pt")["logits"]
    assert (without - logits).abs().max() > 1e-2  # so that the comparison can fail
    export_patches(engine, tmp_path / "adapter", "peft")
    found = in_plain_transformers(base, tmp_path / "adapter", ids, tmp_path / "peft.pt")
    assert (found["logits"] - logits).abs().max() <= 1e-4
    assert engine.model.decode(found["text"].tolist()) == text
    assert export_patches(engine, tmp_path / "merged", "merged").lost < 1e-5
    found = in_plain_transformers(tmp_path / "merged", "", ids, tmp_path / "merged.pt")
    assert (found["logits"] - logits).abs().max() <= 1e-4
    assert engine.model.decode(found["text"].tolist()) == text


def test_exporting_leaves_the_model_as_it_was(engine, tmp_path):
    before, weights = engine.probe_digest(), fingerprint(engine.model.hf)
    for format in ("hera", "peft", "merged"):
        export_patches(engine, tmp_path / format, format)
    assert engine.probe_digest() == before
    assert fingerprint(engine.model.hf) == weights


def test_our_own_files_come_back_with_the_same_hashes(engine, tmp_path):
    written = export_patches(engine, tmp_path / "patches", "hera", ["p2", "p1"])
    assert [Path(file).suffix for file in written.files] == [".safetensors", ".json"]
    found = read_patches(engine, written.path)
    assert [s.name for s in found.patches] == ["p2", "p1"]
    assert [s.patch.content_hash for s in found.patches] == [engine.patch(p).content_hash for p in ("p2", "p1")]
    engine.roll_back_to("base")
    results = import_patches(engine, written.path)
    assert [bool(r) for r in results] == [True, True]
    assert engine.patch(results[0].patch_id).content_hash == engine.patch("p2").content_hash
    source = engine.ledger.entry(results[0].patch_id).details["source"]
    assert source["kind"] == "import" and source["format"] == "hera" and source["name"] == "p2"


def test_an_adapter_comes_back_as_the_same_change(engine, tmp_path):
    export_patches(engine, tmp_path / "adapter", "peft")
    (stored,) = read_patches(engine, tmp_path / "adapter").patches
    wanted = total_change([engine.patch("p1"), engine.patch("p2")])
    for factors in stored.patch.factors:
        expected = wanted[factors.site]
        difference = factors.u @ factors.v.T - expected.u @ expected.v.T
        assert difference.abs().max() <= 1e-6
    engine.roll_back_to("base")
    assert import_patches(engine, tmp_path / "adapter")[0]


def test_more_columns_than_the_matrix_has_room_for_lose_nothing(engine):
    patches = [engine.patch("p1").scaled(1 + n / 100) for n in range(80)]
    for site, factors in total_change(patches).items():
        parts = [f for patch in patches for f in patch.factors if f.site == site]
        exact = sum(f.u.double() @ f.v.double().T for f in parts)
        assert factors.rank <= min(exact.shape)
        assert ((factors.u.double() @ factors.v.double().T) - exact).norm() <= 1e-5 * exact.norm()


def edit_config(folder: Path, **changes) -> None:
    path = folder / "adapter_config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"use_dora": True}, "DoRA"),
        ({"peft_type": "IA3"}, "only LORA"),
        ({"bias": "all"}, "biases"),
        ({"modules_to_save": ["lm_head"]}, "whole modules"),
    ],
)
def test_adapters_that_a_patch_cannot_hold_are_refused(engine, tmp_path, changes, told):
    export_patches(engine, tmp_path / "adapter", "peft")
    edit_config(tmp_path / "adapter", **changes)
    with pytest.raises(InputError, match=told):
        read_patches(engine, tmp_path / "adapter")


def test_a_matrix_that_cannot_be_edited_is_named(engine, tmp_path):
    export_patches(engine, tmp_path / "adapter", "peft")
    weights = tmp_path / "adapter" / "adapter_model.safetensors"
    tensors = {key.replace("mlp", "other"): value for key, value in load_file(weights).items()}
    save_file(tensors, weights)
    with pytest.raises(InputError, match=r"changes '.*other"):
        read_patches(engine, tmp_path / "adapter")


def test_rank_stabilised_scaling_is_honoured(engine, tmp_path):
    export_patches(engine, tmp_path / "adapter", "peft")
    (plain,) = read_patches(engine, tmp_path / "adapter").patches
    edit_config(tmp_path / "adapter", use_rslora=True)
    (stabilised,) = read_patches(engine, tmp_path / "adapter").patches
    for a, b in zip(plain.patch.factors, stabilised.patch.factors, strict=True):
        assert torch.allclose(a.u * a.rank**0.5, b.u)


def test_another_base_is_refused_and_taken_on_request(tmp_path):
    first = tiny.engine(tmp_path / "a.hera")
    assert first.evolve(PROMPT)
    file = export_patches(first, tmp_path / "patches", "hera").path
    first.close()
    torch.manual_seed(99)
    other = tiny.engine(tmp_path / "b.hera", seed=99)
    try:
        assert other.model.info.fingerprint[:12] not in Path(file).with_suffix(".json").read_text()
        assert look_into(other, file).foreign
        with pytest.raises(InputError, match="made on another base"):
            import_patches(other, file)
        assert not other.registry.history
        (result,) = import_patches(other, file, foreign=True)
        assert other.registry.history[0].details["source"]["foreign"] is True
        assert result.step == 1
    finally:
        other.close()


def test_shapes_that_do_not_fit_are_one_sentence(engine, tmp_path):
    file = export_patches(engine, tmp_path / "patches", "hera", ["p1"]).path
    small = tiny.engine(tmp_path / "small.hera", kind="gemma")
    try:
        assert look_into(small, file).misfit or look_into(small, file).foreign
        with pytest.raises(InputError):
            import_patches(small, file)
    finally:
        small.close()


@pytest.mark.parametrize("format", ["peft", "merged", "hera"])
def test_nothing_is_overwritten_and_nothing_half_is_left(engine, tmp_path, format):
    export_patches(engine, tmp_path / "out", format)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(InputError, match="exists already"):
        export_patches(engine, tmp_path / "out", format)
    with pytest.raises((InputError, MachineError), match="does not exist"):
        export_patches(engine, tmp_path / "no" / "out", format)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_base_alone_cannot_be_exported(engine, tmp_path):
    engine.roll_back_to("base")
    with pytest.raises(InputError, match="the state is the base"):
        export_patches(engine, tmp_path / "out", "peft")


def test_damaged_files_are_one_sentence(engine, tmp_path):
    file = Path(export_patches(engine, tmp_path / "patches", "hera").path)
    data = bytearray(file.read_bytes())
    data[-3] ^= 0xFF
    file.write_bytes(data)
    with pytest.raises(InputError, match="do not fit its description"):
        read_patches(engine, file)
    file.write_bytes(b"nonsense")
    with pytest.raises(InputError, match="damaged"):
        read_patches(engine, file)
    with pytest.raises(InputError, match="holds no PEFT adapter"):
        read_patches(engine, tmp_path)


# --- what a user can get wrong ----------------------------------------------------------------------------------------


def test_a_patch_that_is_not_there_or_stands_twice_is_named(engine, tmp_path):
    with pytest.raises(InputError, match="'p9' is not in this session"):
        export_patches(engine, tmp_path / "out", "hera", ["p1", "p9"])
    with pytest.raises(InputError, match="'p1' is named twice"):
        export_patches(engine, tmp_path / "out", "peft", ["p1", "p1"])
    with pytest.raises(InputError, match="none was named"):
        export_patches(engine, tmp_path / "out", "hera", [])
    assert not list(tmp_path.glob("out*"))


def test_a_rejected_patch_is_exported_with_its_verdict(tmp_path):
    strict = tiny.engine(tmp_path / "strict.hera", immune__max_js_divergence=1e-6, evolution__learning_rate=20)
    try:
        assert not strict.evolve(PROMPT)
        file = export_patches(strict, tmp_path / "patches", "hera", ["p1"]).path
        (written,) = json.loads(Path(file).with_suffix(".json").read_text(encoding="utf-8"))["patches"]
        assert written["status"] == "rejected" and written["prompt"] == PROMPT
        (result,) = import_patches(strict, file)
        assert result.status == "rejected" and strict.info().active == ()
    finally:
        strict.close()


@pytest.mark.parametrize("format", ["peft", "merged", "hera"])
@pytest.mark.parametrize("name", ["x" * 300, ""])
def test_names_that_no_disk_takes_are_one_sentence(engine, tmp_path, format, name):
    with pytest.raises((InputError, MachineError)) as told:
        export_patches(engine, tmp_path / name if name else Path(), format)
    assert "\n" not in str(told.value)
    with pytest.raises(InputError):
        read_patches(engine, tmp_path / ("x" * 300))


def test_a_full_disk_is_one_sentence_and_leaves_nothing(engine, tmp_path, monkeypatch):
    from safetensors import SafetensorError

    from hera_desktop.engine.interchange import adapter, own_format

    def full(*_: object) -> None:
        raise SafetensorError("Error while serializing: I/O error: No space left on device (os error 28)")

    before = sorted(tmp_path.iterdir())
    for module, format in ((own_format, "hera"), (adapter, "peft")):
        monkeypatch.setattr(module, "save_file", full)
        with pytest.raises(MachineError, match="No space left"):
            export_patches(engine, tmp_path / "out", format)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("typed", "made"), [("a.json", "a"), ("a.safetensors", "a"), ("a.v2", "a.v2"), ("a", "a")])
def test_both_files_have_one_name(engine, tmp_path, typed, made):
    files = export_patches(engine, tmp_path / typed, "hera").files
    assert [Path(file).name for file in files] == [f"{made}.safetensors", f"{made}.json"]
    assert len(read_patches(engine, tmp_path / f"{made}.json").patches) == 2


def test_a_prompt_that_this_model_cannot_take_is_left_out_and_kept_on_record(engine, tmp_path):
    file = export_patches(engine, tmp_path / "patches", "hera").path
    short = tiny.engine(tmp_path / "short.hera", kind=engine.model.info.name.split("-")[1], model__max_prompt_tokens=21)
    try:
        results = import_patches(short, file)  # the first prompt has 22 tokens
        assert [r.prompt for r in results] == ["", "a dog ran in the park"]
        first, second = (short.ledger.entry(r.patch_id).details["source"] for r in results)
        assert first["prompt"] == PROMPT and "at most 21" in first["prompt_left_out"]
        assert "prompt" not in second
    finally:
        short.close()


def test_progress_is_over_all_patches_and_a_cancel_keeps_the_first(engine, tmp_path):
    from hera_desktop.engine.errors import Cancelled

    file = export_patches(engine, tmp_path / "patches", "hera").path
    engine.roll_back_to("base")
    shares = []

    def watch(what: str, share: float | None) -> None:
        shares.append(share)
        if what.startswith("patch 2 of 2"):
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        import_patches(engine, file, progress=watch)
    assert max(shares) <= 0.6 and len(engine.info().active) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"init_lora_weights": "pissa_niter_4"}, "out of the base's own weights"),
        ({"layer_replication": [[0, 2]]}, "repeated"),
        ({"lora_alpha": "much", "alpha_pattern": {}}, "no number as alpha"),
        ({"alpha_pattern": {"(": 3}}, "no number as alpha"),
        ({"alpha_pattern": [1]}, "no number as alpha"),
    ],
)
def test_adapters_whose_factors_are_not_the_change_are_refused(engine, tmp_path, changes, told):
    export_patches(engine, tmp_path / "adapter", "peft")
    edit_config(tmp_path / "adapter", **changes)
    with pytest.raises(InputError, match=told):
        read_patches(engine, tmp_path / "adapter")


# --- what is said about the files -------------------------------------------------------------------------------------


def front_matter(card: str) -> dict:
    _, head, _ = card.split("---\n", 2)
    return yaml.safe_load(head)


@pytest.mark.parametrize("format", ["peft", "merged"])
def test_the_card_names_the_base_and_no_folder_of_this_machine(engine, tmp_path, format):
    export_patches(engine, tmp_path / "out", format)
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    fields = front_matter(card)
    assert "base_model" not in fields and "license" not in fields  # the hub knows neither for a local model
    assert engine.model.info.fingerprint in card and engine.state_hash in card and "2 weight patches" in card
    assert str(tmp_path) not in card + (tmp_path / "out" / "hera.json").read_text(encoding="utf-8")


def test_the_card_of_a_model_of_the_hub():
    about = {
        "base_name": "SmolLM2-135M",
        "base": "f" * 64,
        "base_hub_id": "HuggingFaceTB/SmolLM2-135M",
        "base_in_catalogue": True,
        "architecture": "Llama",
        "licence": "Apache-2.0",
        "state_hash": "a" * 64,
        "patch_ids": ["p3"],
    }
    card = adapter_card(about)
    fields = front_matter(card)
    assert fields["base_model"] == "HuggingFaceTB/SmolLM2-135M" and fields["license"] == "apache-2.0"
    assert 'from_pretrained("HuggingFaceTB/SmolLM2-135M", dtype="float32")' in card
    assert "sum of 1 weight patch." in card
    assert "0.03 of a matrix's change" in merged_card(about, 0.03)


def test_a_half_precision_base_loses_what_it_says(tmp_path):
    from hera_desktop.engine.hera import HeraEngine

    model = tiny.language_model("llama", dtype=torch.bfloat16)
    engine = HeraEngine.around(model, None, tiny.config(), tmp_path / "bf16.hera")
    try:
        factors = Factors(1, "mlp.out", torch.full((32, 1), 0.05), torch.full((56, 1), 0.05))
        assert engine.adopt(Patch((factors,)), PROMPT, {"kind": "import", "file": "x", "format": "hera"})
        written = export_patches(engine, tmp_path / "merged", "merged")
        assert written.loss_matters and 1e-4 < written.lost < 10
        assert export_patches(engine, tmp_path / "own", "hera").lost is None
        stored = load_file(tmp_path / "merged" / "model.safetensors")
        assert {tensor.dtype for tensor in stored.values()} == {torch.bfloat16}
    finally:
        engine.close()
