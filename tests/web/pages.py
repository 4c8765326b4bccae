"""Reading pages as a reader would: the words in them, and where their links lead."""

from html.parser import HTMLParser

GOOD_VIBES = "/quotes/goodvibes001/im-getting-some-pretty-good-vibes-coming-out-of-the-talks"

ADDRESSES = (
    "/",
    "/quotes",
    "/quotes?q=vibes&sort=carried",
    "/quotes?q=nothing+of+the+kind",
    GOOD_VIBES,
    f"{GOOD_VIBES}?base=goodvibes001v1",
    f"{GOOD_VIBES}?view=sides",
    f"{GOOD_VIBES}?base=goodvibes001v2&view=table",
    "/quotes/dismissed001/no-one-will-be-dismissed",
    "/quotes/foursigned01/four-of-us-have-signed",
    "/share/quotes/goodvibes001",
    "/share/quotes/hostilequote",
    "/around/quotes/goodvibes001",
    "/around/quotes/hostilequote",
    "/quotes/hostilequote/img-src-x-onerror-alert-1-and-so-on",
    "/search",
    "/search?q=vibes",
    "/search?q=talks&speaker=quill&from=2026-03-01",
    "/search?q=harbour&show=documents",
    "/search?q=nothing+of+the+kind",
    "/search?q=%22good+vibes%22+vbies",
    "/search?q=vibes&outlet=nowhere&from=2026-04-02&to=2026-03-01",
    "/documents",
    "/documents/docharbour01",
    "/documents/docwire00001",
    "/documents/docecho00001",
    "/documents/docnameless1",
    "/documents/docledger001",
    "/documents/dochostile01",
    "/speakers",
    "/speakers/adaquill0001",
    "/speakers/hostile00001",
    "/outlets",
    "/outlets/tidaltimes01",
    "/stories",
    "/compare",
    "/compare?a=docharbour01&b=docecho00001",
    "/compare?a=docledger001&b=docledger002&show=text",
    "/compare?a=dochostile01&b=docwire00001&show=text",
    "/stories/harbourtalks",
    "/stories/guildcounts1",
    "/reports/new?kind=quote&id=goodvibes001",
    "/reports/new?kind=quotation&id=quotation005",
    "/reports/thanks",
    "/check",
    "/check?q=no+one+will+be+dismissed&speaker=Bo+Tarn",
    "/check?q=one+will+be+dismissed",
    "/check?q=five+of+us+have+signed",
    "/alerts",
    "/alerts?kind=negation",
    "/speakers/adaquill0001?about=vibes",
    "/speakers/compare",
    "/speakers/compare?a=adaquill0001&b=botarn000001&about=dismissed",
    "/outlets/quayecho0001",
    "/outlets/quayecho0001/changes?kind=word+replaced",
    "/api",
)


class Page(HTMLParser):
    """The text of a page with single spaces, its links, the ids in it, and the text of each kind of element or role."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.elements: list[tuple[str, str]] = []
        self._open: list[tuple[str, list[str]]] = []
        self._roles: list[str] = []
        self._text: list[str] = []
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join("".join(self._text).split())

    def all(self, tag: str) -> list[str]:
        return [text for name, text in self.elements if name == tag]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        if values.get("id"):
            self.ids.add(str(values["id"]))
        if tag not in ("meta", "link", "input", "br"):
            self._open.append((tag, []))
            self._roles.append(values.get("role") or "")

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            (name, parts), role = self._open.pop(), self._roles.pop()
            text = " ".join("".join(parts).split())
            self.elements += [(name, text), (role, text)]
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "script":
            return  # data for programs
        self._text.append(data)
        for _, parts in self._open:
            parts.append(data)
