"""textacy as a system to measure beside ours: its direct quotations with speakers, on a spaCy model."""

from collections import Counter
from collections.abc import Sequence
from time import perf_counter

from app.evaluation.systems import Loaded, Missing, Reading

_BATCH = 4  # articles: more take more memory and are no faster; fewer are slower


def load_textacy(model: str) -> Loaded:
    """`textacy.extract.direct_quotations` behind `spacy.load(model)`, which is a name or a folder.

    Raises Missing where spaCy, textacy or the model is not installed.
    """
    started = perf_counter()
    try:
        import spacy
        import textacy
        from textacy.extract import direct_quotations
    except ImportError as error:
        raise Missing(f"{error.name or error} can't be imported.", 'pip install "variorum[bench]"') from error
    imported = perf_counter()
    try:
        nlp = spacy.load(model)
    except OSError as error:
        hint = f"python -m spacy download {model}, or give the folder of a model with --spacy-model"
        raise Missing(f"spaCy has no model {model}.", hint) from error

    def read(texts: Sequence[str]) -> Reading:
        quotations, failed = 0, Counter[str]()
        fitting = [text for text in texts if len(text) <= nlp.max_length]
        failed["too long"] = len(texts) - len(fitting)
        for doc in nlp.pipe(fitting, batch_size=_BATCH):
            try:
                quotations += sum(1 for _ in direct_quotations(doc))
            except Exception as error:  # whatever it stumbles over is its failure, which is counted
                failed[type(error).__name__] += 1
        return Reading(quotations, dict(+failed))

    named = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
    versions = {"textacy": textacy.__version__, "spacy": spacy.__version__, "model": named}
    return Loaded(read, versions, imported - started, perf_counter() - imported)
