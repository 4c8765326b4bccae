"""Posts with their account, and quotations with the name of their speaker behind a dash."""

import re
from collections.abc import Collection, Iterator

from app.extraction.labels import label_at
from app.extraction.proposal import Proposal
from app.extraction.signatures import Signature, is_date, name_at, signature_at
from app.extraction.turns import Page, Turn
from app.extraction.words import words
from app.records import Paragraph, Span

_POSTED = re.compile(r"(?:^|\s|(?<=\W))(?:[—–―]|--)\s?(?=[^\W\d_][^()@\n]{1,50}\(@\w{2,30}\))")
_ACCOUNT = re.compile(r"\(?@\w{2,30}\)?\W{0,3}")
_LINKS = re.compile(r"(?:\s(?:https?://\S+|\w+(?:\.\w+)+/\S*))+\s*$")
_LINK_REACH = 300  # characters


def posts(page: Page, used: Collection[int]) -> list[Turn]:
    """Signed quotations and posts, in paragraphs that are not `used` already.

    `“…” — Ashby`, in one paragraph or two; `Text — Ann Ashby (@ashby) March 3, 2025`, in one or two;
    `Ann Ashby (@ashby): Text`; and the text under `Ann Ashby (@ashby) · March 3, 2025`.
    """
    found: list[Turn] = []
    taken = set(used)
    for number in range(len(page.paragraphs)):
        for turn, numbers in () if number in taken else _at(page, number):
            if taken.isdisjoint(numbers) and turn.parts:
                found.append(turn)
                taken |= numbers
                break
    return found


def _at(page: Page, number: int) -> Iterator[tuple[Turn, set[int]]]:
    """The turns that may begin or end with this paragraph, and which paragraphs they use."""
    paragraph = page.paragraphs[number]
    text, (start, end) = page.text, paragraph.span
    if signature := signature_at(text, start, end):
        yield from _signed_below(page, number, signature)
        return
    quoted = page.marked(paragraph)
    after = quoted[-1].outer.end if quoted else start
    if quoted and _only_quoted(page, paragraph, after) and (signature := signature_at(text, after, end)):
        yield Turn(signature.name, tuple(quoted), (paragraph.span,)), {number}
    for dash in list(_POSTED.finditer(text, max(start, end - _LINK_REACH), end))[-1:]:
        if signature := signature_at(text, dash.start(), end):
            yield _post(page, signature.name, paragraph, Span(start, dash.start())), {number}
    label = label_at(text, paragraph.span)
    if label and label.handle:
        yield _post(page, label.span, paragraph, Span(label.end, end)), {number}
    if number + 1 < len(page.paragraphs) and (name := _header(text, paragraph.span)):
        below = page.paragraphs[number + 1]
        turn = _post(page, name, below, below.span)
        yield Turn(name, turn.parts, (paragraph.span, below.span)), {number, number + 1}


def _signed_below(page: Page, number: int, signature: Signature) -> Iterator[tuple[Turn, set[int]]]:
    """A paragraph “— Ashby” under a quotation that stands alone, or under a post."""
    first = last = number - 1
    if last < 0:
        return
    while first > 0 and any(proposal.goes_on for proposal in page.marked(page.paragraphs[first - 1])):
        first -= 1
    above = page.paragraphs[first:number]
    parts: tuple[Proposal, ...] = tuple(proposal for paragraph in above for proposal in page.marked(paragraph))
    numbers = set(range(first, number + 1))
    spans = (*(paragraph.span for paragraph in above), page.paragraphs[number].span)
    if all(page.marked(paragraph) and _only_quoted(page, paragraph, paragraph.span.end) for paragraph in above):
        yield Turn(signature.name, parts, spans), numbers
    elif signature.account:
        turn = _post(page, signature.name, page.paragraphs[last], page.paragraphs[last].span)
        yield Turn(signature.name, turn.parts, spans[-2:]), {last, number}


def _only_quoted(page: Page, paragraph: Paragraph, end: int) -> bool:
    """Whether a paragraph holds nothing but quotations up to `end`."""
    return not words(page.outside(Span(paragraph.span.start, end), paragraph))


def _post(page: Page, name: Span, paragraph: Paragraph, span: Span) -> Turn:
    """The turn of a post; links at its end are no words of it."""
    link = _LINKS.search(page.text, max(span.start, span.end - _LINK_REACH), span.end)
    part = page.part(paragraph, Span(span.start, link.start() if link else span.end))
    return Turn(name, (part,) if part else (), (paragraph.span,))


def _header(text: str, span: Span) -> Span | None:
    """The name in `Ann Ashby (@ashby) · March 3, 2025`, a line of its own above a post."""
    found = name_at(text, span.start, span.end)
    account = _ACCOUNT.search(text, found.name.end, span.end) if found and found.account else None
    return found.name if found and account and is_date(text[account.end() : span.end]) else None
