"""The corpus-wide job: all sentences into quotes and variants, ids kept."""

from collections.abc import Callable, Container, Sequence

from sqlalchemy import Engine

from app import clustering, deciding, editing, stories
from app.freshening import freshen_all
from app.ingest import now, versions
from app.joining import join
from app.records import Unit
from app.store import clusters, profiles, runs, stale
from app.store.engine import writing
from app.store.parts import PartRecord, read_parts

Partition = Callable[[Sequence[Unit]], Sequence[int]]


def recluster(engine: Engine, partition: Partition | None = None) -> clusters.Written:
    """Cluster the whole corpus again, in one transaction: readers see the old quotes until it is done. Tells how many
    quotes and variants there are then.

    `partition` takes the place of clustering where the quotes of an invented corpus are known. Raises DatabaseError.
    """
    with writing(engine) as session:
        run_id = runs.start_run(session, "recluster", versions(), now())
        stale.clear(session)
        # Read twice, so that what only counting needs takes no memory while sentences are clustered.
        labels = (partition or clustering.cluster)([editing.unit(part) for part in read_parts(session)])
        groups = deciding.decide(session, list(read_parts(session)), labels)
        del labels
        inherited = _inherit(groups, clusters.used_ids(session))
        known = editing.knowledge(groups)
        clusters.forget_trust(session)
        clusters.store_trust(session, known.trust.rates, known.trust.reworded)
        profiles.clear(session)  # they refer to quotes that go
        quotes = (
            editing.quote(public_id, group, known) for public_id, group in zip(inherited.ids, groups, strict=True)
        )
        written = clusters.replace_quotes(session, quotes, {**inherited.splits, **inherited.retired}, now())
        stories.tell(session)
        profiles.rebuild(session, clustering.telling_words)
        freshen_all(session)  # what decisions on some sentences of a quotation say of its others
        runs.finish_run(session, run_id, now())
    return written


def cluster_new(engine: Engine) -> None:
    """Cluster the sentences that wait for it: with the quotes that they may touch, or with all where so many wait.

    Raises DatabaseError.
    """
    if not join(engine):
        recluster(engine)


def _inherit(groups: Sequence[Sequence[PartRecord]], used: Container[str]) -> clustering.Inheritance:
    previous = {part.public_id: part.quote for group in groups for part in group if part.quote}
    return clustering.inherit(previous, [[part.public_id for part in group] for group in groups], used)
