"""The template environment: every name that templates use beside their page."""

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.store.reports import REASONS
from app.web import addresses, compared, filters, highlighting, linked_data
from app.web.compiling import Compiler
from app.web.sigla import outlet_mark, sigla, siglum


class _Templates(Environment):
    code_generator_class = Compiler
    written = staticmethod(filters.written)  # whatever a document says it is called, a page of it stays a page

    # Jinja looks through the names that all templates share for each import, which a chain of mappings makes slow.
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(folder: Path, static: Mapping[str, str]) -> Environment:
    """Templates under `folder`, escaping on; `static` maps names of files to their addresses."""
    templates = _Templates(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # it would look at ten files for each page
        cache_size=-1,
    )
    templates.filters.update(
        number=filters.number,
        plural=filters.plural,
        noun=filters.noun,
        percentage=filters.percentage,
        date=filters.date,
        level_first=filters.level_first,
        day=filters.day,
        moment=filters.moment,
        shorten=filters.shorten,
        certainty=filters.certainty,
        headline=filters.headline,
        elide=filters.elide,
        evidence=filters.evidence,
        code=filters.code,
        rows=filters.rows,
        diff=compared.diff,
        one_side=compared.one_side,
        mark=outlet_mark,
        siglum=siglum,
        sigla=sigla,
        speaker=filters.speaker,
        carried=filters.carried,
        anchor=filters.anchor,
        wrong=filters.wrong,
        mark_words=highlighting.mark_words,
        mark_title=highlighting.mark_title,
        mark_name=highlighting.mark_name,
    )
    templates.globals.update(
        static=static,
        report_reasons=REASONS,
        quote_address=addresses.quote_address,
        json_twin=addresses.json_twin,
        file_address=addresses.file_address,
        data_block=linked_data.data_block,
        quotation_data=linked_data.quotation,
        article_data=linked_data.article,
    )
    return templates
