"""How pairs come about and what they are judged by."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from app.clustering import cluster
from app.clustering.blocking import between, candidates
from app.clustering.collection import Collection, collect
from app.clustering.comparison import FEATURES, Comparison
from app.clustering.neighbourhood import margins, thirds
from app.clustering.network import FOLDER, load_model
from app.errors import ModelError
from app.evaluation.invented import invented_units
from app.records import Unit

NOTHING = ((), (), np.zeros(0, np.float32))
DAM = "the northern dam will hold until the engineers return"
FORMS = [
    DAM,
    "the northern dam shall hold until the engineers come back",
    "our schools stay open through the winter",
    "every ferry sails at dawn and at dusk",
]


def features(collection: Collection, one: int, other: int, lexicon: tuple = NOTHING) -> dict[str, float]:
    row = Comparison(collection, lexicon).features((np.array([one]), np.array([other])))[0]
    return dict(zip(FEATURES, row.tolist(), strict=True))


def test_wordings_that_share_words_are_candidates_and_those_without_a_common_word_are_not() -> None:
    ones, others = candidates(collect(FORMS))
    found = set(zip(ones.tolist(), others.tolist(), strict=True))
    assert (0, 1) in found
    assert not {pair for pair in found if 3 in pair}


def test_a_pair_that_no_index_found_is_found_through_a_third_wording() -> None:
    pairs = np.array([0, 1, 3]), np.array([1, 2, 4])
    chances = np.array([0.9, 0.8, 0.1], np.float32)
    assert [array.tolist() for array in between(pairs, chances, 5)] == [[0], [2]]


def test_what_two_wordings_have_in_common_does_not_depend_on_which_comes_first() -> None:
    collection = collect(FORMS)
    assert features(collection, 0, 1) == pytest.approx(features(collection, 1, 0))


def test_equal_wordings_have_all_in_common() -> None:
    found = features(collect([DAM, DAM]), 0, 1)
    whole = ("jaccard", "contained", "cosine", "covered", "order_long", "letters", "neighbours", "length")
    assert [found[name] for name in whole] == pytest.approx([1.0] * len(whole), abs=1e-5)


def test_a_word_of_the_lexicon_answers_another() -> None:
    collection = collect([*FORMS, "the sentry sleeps", "the watchman sleeps"])
    stems = {word for form in FORMS for word in form.split()}
    lexicon = ["sentri"], ["watchman"], np.array([0.9], np.float32)
    assert "sentry" not in stems
    plain, answered = features(collection, 4, 5), features(collection, 4, 5, lexicon)
    assert answered["covered"] > plain["covered"]
    assert answered["jaccard"] == plain["jaccard"]


def test_different_numbers_and_a_negation_on_one_side_are_counted() -> None:
    collection = collect(["14 gates leak", "40 gates leak", "gates do not leak"])
    assert features(collection, 0, 1)["numbers"] == 1.0
    assert features(collection, 0, 2)["negations"] == 1.0
    assert features(collection, 0, 1)["negations"] == 0.0


def test_a_margin_is_what_a_pair_is_above_the_best_other_one() -> None:
    pairs = np.array([0, 0]), np.array([1, 2])
    found = margins(pairs, np.array([0.9, 0.4], np.float32), 3)
    assert found[:, :2].ravel().tolist() == pytest.approx([0.5, 0.9, -0.5, 0.4])


def test_a_third_wording_that_is_one_with_both_speaks_for_a_pair() -> None:
    pairs = np.array([0, 0, 1, 3]), np.array([1, 2, 2, 4])
    shared = thirds(pairs, np.array([0.5, 0.9, 0.9, 0.5], np.float32), 5)[:, 0]
    assert shared[0] == pytest.approx(0.81)
    assert shared[3] == 0.0


def test_a_common_phrase_joins_no_strangers_in_a_large_corpus_either() -> None:
    phrases = "Thank you very much", "I think so", "We need more time", "productive"
    speakers = "Mara Arden", "Tobias Vale", None
    said = [
        Unit(f"{phrase} {speaker}", phrase, f"{phrase} {speaker}", speaker, 0, 9)
        for phrase in phrases
        for speaker in speakers
    ]
    labels = cluster([*said, *invented_units(3000)])[: len(said)]
    assert len(set(labels)) == len(said)


SAME = [
    ("We feel good vibes coming out of the valley", "we feel good vibrations coming from the valley,"),
    ("robust and credible flood barriers", "strong and credible flood barriers"),
    ("We counted 14 leaking gates along the reservoir wall", "We counted 40 leaking gates along the reservoir wall"),
    ("All pumps along the canal have been running since dawn", "every pump on the canal has been running since dawn"),
]
APART = [
    ("serious about the harbour", "not serious about the harbour"),
    ("a coalition of the farmers", "a coalition willing to sell the farmers’ water"),
    ("we will keep the ferries in port tonight", "we will keep the schools open tonight"),
    ("14 boats sank", "40 boats sank"),
    ("It is time to act on the western bridge", "It is time to rest, the southern cranes are done"),
]


def test_what_holds_for_a_few_wordings_holds_among_thousands() -> None:
    said = [(f"Speaker {number}", wording) for number, pair in enumerate([*SAME, *APART]) for wording in pair]
    units = [Unit(f"u{place}", text, f"d{place}", speaker, 0, 9) for place, (speaker, text) in enumerate(said)]
    labels = cluster([*units, *invented_units(3000)])[: len(units)]
    joined = [one == other for one, other in zip(labels[::2], labels[1::2], strict=True)]
    assert joined == [True] * len(SAME) + [False] * len(APART)


def test_a_model_file_that_is_not_the_one_of_its_manifest_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "variants"
    shutil.copytree(FOLDER, folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"]["variants.npz"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(ModelError):
        load_model(folder)
    with pytest.raises(ModelError):
        load_model(tmp_path / "nowhere")
