"""The page of one quote, put together from what the store holds of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from app.records import LabelKind
from app.store.read_occurrences import read_occurrences
from app.store.read_quotes import read_quotes_by_id, read_variants
from app.store.read_retired import read_quote_successors
from app.store.read_state import read_state
from app.store.read_variants import read_variant
from app.store.read_views import QuoteLine, Variant
from app.web.addresses import quote_address, with_query
from app.web.apparatus import Extent, build
from app.web.contexts import Look, QuotePage, SenseChange
from app.web.filters import headline, shorten
from app.web.sharing import as_of
from app.web.tools import Tools
from app.web.witness_table import witness_table

WHOLE = Extent(101, 300, 40)  # a hundred, and a base that is not among them
SHORT = Extent(12, 20, 12)
MOST_VARIANTS = WHOLE.variants - 1
_DIVIDED = 5
_GRAVE: tuple[LabelKind, ...] = ("number differs", "negation differs", "name differs", "other speaker")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of a quote's page: the variant to compare with (id, or ""), how it is shown, the day that
    the link cites, and whether all variants and places are spelled out."""

    base: str
    view: Look
    as_of: date | None
    whole: bool = False


def comparison_address(
    line: QuoteLine, base: str = "", view: Look = "inline", as_of: date | None = None, whole: bool = False
) -> str:
    """Address of a quote with its variants compared in one way; what is usual is left out."""
    chosen = {"base": base, "view": "" if view == "inline" else view, "as-of": as_of, "show": "all" if whole else ""}
    return with_query(quote_address(line.id, line.text), chosen)


def quote_page(
    store: Connection, found: tuple[QuoteLine, tuple[str, ...], bool], asked: Asked, tools: Tools
) -> QuotePage | None:
    """The page as it is asked for; None where the quote has no such variant to compare with."""
    line, reasons, tied = found
    variants = _with_base(store, line.id, asked.base)
    chosen = next((variant for variant in variants if variant.id == asked.base or not asked.base), None)
    if chosen is None:
        return None
    occurrences = read_occurrences(store, line.id, WHOLE.places)
    apparatus = build(chosen, variants, occurrences, tools, WHOLE if asked.whole else SHORT)
    return QuotePage(
        title=f"“{shorten(headline(line.text), 70)}”",
        address=comparison_address(line, "" if chosen.likely_original else chosen.id, asked.view, whole=asked.whole),
        quote=line,
        reasons=reasons,
        tied=tied,
        as_of=read_state(store),
        differs=_differs(variants),
        base=chosen.id,
        view=asked.view,
        choices=tuple(replace(variant, labels=()) if variant.labels else variant for variant in variants),
        attributions=apparatus.attributions,
        wordings=apparatus.wordings,
        places=apparatus.places,
        legend=apparatus.legend,
        table=witness_table(apparatus.wordings, tools) if asked.view == "table" else None,
        timeline=apparatus.timeline,
        lineage=apparatus.lineage,
        divided=read_quotes_by_id(store, (read_quote_successors(store, line.id) or ())[:_DIVIDED]),
        variants_left=line.variant_count - len(apparatus.wordings),
        places_left=max(line.quotation_count - len(apparatus.places), 0),
        whole=_whole(line, chosen, asked, len(variants) > len(apparatus.wordings) or len(occurrences) > SHORT.places),
        cited=as_of(store, line.id, asked.as_of),
    )


def _whole(line: QuoteLine, base: Variant, asked: Asked, more: bool) -> str | None:
    if asked.whole or not more:
        return None
    return comparison_address(line, "" if base.likely_original else base.id, asked.view, whole=True)


def _with_base(store: Connection, quote: str, base: str) -> list[Variant]:
    """The variants that a page shows, and the chosen base where it is not among them."""
    variants = read_variants(store, [quote], MOST_VARIANTS)[quote]
    if base and all(variant.id != base for variant in variants):
        further = read_variant(store, quote, base)
        variants += [further] if further else []
    return variants


def _differs(variants: Sequence[Variant]) -> tuple[SenseChange, ...]:
    """What of the sense differs from the likely original, and in how many variants."""
    kinds = [label.kind for variant in variants for label in variant.labels]
    return tuple(SenseChange(kind, kinds.count(kind)) for kind in _GRAVE if kind in kinds)
