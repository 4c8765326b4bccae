"""The template environment: every name that templates use beside their page."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.web import addresses, filters, highlighting, linked_data
from app.web.sigla import outlet_mark, siglum


def environment(folder: Path, static: Mapping[str, str]) -> Environment:
    """Templates under `folder`, escaping on; `static` maps names of files to their addresses."""
    templates = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=filters.bounded,  # whatever a document says it is called, a page of it stays a page
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
        day=filters.day,
        moment=filters.moment,
        shorten=filters.shorten,
        certainty=filters.certainty,
        headline=filters.headline,
        elide=filters.elide,
        evidence=filters.evidence,
        code=filters.code,
        mark=outlet_mark,
        siglum=siglum,
        mark_words=highlighting.mark_words,
        mark_title=highlighting.mark_title,
        mark_name=highlighting.mark_name,
    )
    templates.globals.update(
        static=static,
        quote_address=addresses.quote_address,
        report_address=addresses.report_address,
        json_twin=addresses.json_twin,
        file_address=addresses.file_address,
        data_block=linked_data.data_block,
        quotation_data=linked_data.quotation,
        article_data=linked_data.article,
    )
    return templates
