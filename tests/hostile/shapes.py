"""Documents whose size, nesting, encoding or form is the attack."""

import codecs
import json
from collections.abc import Callable, Iterator

Made = Iterator[tuple[str, str, bytes]]
_PLAIN = (
    "The crews of the island ferries met the harbour ministry on Friday morning at the quay of Port Venn.\n\n"
    "“We are getting some good vibes out of the ferry talks,” Harbour Minister Ann Ashby told reporters.\n"
)


# A piece, and what stands where one more of it is expected.
RUNS = (
    ("A.", "b"), ("A. ", "b"), ("A’", "!"), ("A-", "!"), ("a.b", "/"), (". . ", "x"), (".”", "x"), ("...", "x"), ("…", "x"), (" ", "x"), ("\u00a0", "x"),
    ("—", "x"), ("-- ", "1"), ("— A", "("), ("http://x ", "!"), (" a.b/", "!"), ("(@a", ")"), ("@", "x"), ("**a", "?"), ("__a", "?"), ("MR. ", "x"),
    ("A B ", ":"), ("O'", ":"), ("Ann Ashby said ", ","), ("said, ", "“"), ("1,", "x"), ("1.", "x"), ("100,000", "x"), ("(a", "b"), ("[…]", "x"), (" (…) ", "x"),
    ("Q. ", "a"), ("A: ", "a"), ("Mc", "!"), ("e.g. ", "x"), ("U.S.", "x"), ("per cent ", "x"), ("U. S. ", "x"), ("NEW YORK (", "x"), ("''", "x"), ("``", "x"),
    ("> ", "x"), ("- > ", "x"), ("* ", "x"), ("Sen. ", "x"), ("van der ", "x"), ("the mayor of the ", "x"), ("who is the ", "x"), (", a ", "x"), ("according to ", "x"),
    ("no, no, ", "x"), ("\u2028", "x"), ("#1 ", ":"), ("“A” (", ")"), ("Ann and Bo and ", "said"), ("Jr., ", "x"), ("president ", "x"), ("é́", "x"), ("ii", "ee"), ("ß", "ẞ"),
)  # fmt: skip


def _encodings() -> Made:
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-7", "cp1252", "latin-1", "koi8-r",
                 "shift_jis", "cp037", "mac_roman", "utf-8-sig", "punycode", "gb18030"):  # fmt: skip
        yield f"text in {name}", f"{name}.txt", _PLAIN.encode(name, "replace")
    yield (
        "script in UTF-7",
        "script-7.html",
        b"<html><body><article>" + b"<p>+ADw-script+AD4-window.pwned+AD0-1+ADw-/script+AD4- and more words</p>" * 9,
    )
    yield "overlong forms", "overlong.txt", _PLAIN.encode() + b"\xc0\xbcscript\xc0\xbe \xe0\x80\xbc \xf0\x80\x80\xbc"
    yield "surrogates in UTF-8", "surrogates.txt", _PLAIN.encode() + "\ud800 \udfff".encode("utf-8", "surrogatepass")
    yield "half a character", "half.txt", _PLAIN.encode() + b"\xe2\x80"
    yield "UTF-16 of odd length", "odd.txt", _PLAIN.encode("utf-16")[:-1]
    yield "lone surrogates in UTF-16", "lone.txt", codecs.BOM_UTF16_LE + b"\x00\xd8" * 90 + _PLAIN.encode("utf-16-le")
    yield "UTF-32 beyond Unicode", "beyond.txt", codecs.BOM_UTF32_LE + b"\xff\xff\xff\x7f" * 90
    yield "a mark in every line", "marks.txt", "".join(f"\ufeff{line}\n" for line in _PLAIN.split("\n")).encode()
    yield "NUL", "nul.txt", _PLAIN.encode() + b"\0" * 50
    yield "NUL after the first look", "late-nul.txt", _PLAIN.encode() * 100 + b"\0pwned\0"
    yield "control characters", "controls.txt", _PLAIN.encode() + bytes(range(1, 32)) * 3
    yield (
        "a charset that lies",
        "charset.html",
        b'<html><head><meta charset="utf-16"></head><body><article><p>' + _PLAIN.encode() * 9,
    )
    yield (
        "a charset that is a codec",
        "codec.html",
        b'<html><head><meta charset="rot13"></head><body><article><p>' + _PLAIN.encode("cp1252") * 9,
    )


def _sizes() -> Made:
    yield "a line of 50 kB", "line.txt", (_PLAIN.replace("\n", " ") * 500)[:50_000].encode()
    yield "a word of a megabyte", "word.txt", b"a" * 1_000_000
    yield "a quoted word of a megabyte", "quoted-word.txt", f"“{'a' * 1_000_000}” said Ann Ashby.".encode()
    yield (
        "a quotation of 58 kB",
        "quotation.txt",
        f"“{'we will sail again on Monday ' * 2_000}” said Ann Ashby.".encode(),
    )
    yield "a name of 40 kB", "name.txt", f"“We sail on Monday,” said {'Ann Ashby ' * 4_000}.".encode()
    yield "a title of a megabyte", "title.jsonl", json.dumps({"text": _PLAIN, "title": "T" * 1_000_000}).encode()
    yield (
        "a title of many words",
        "titles.jsonl",
        json.dumps({"text": _PLAIN, "title": "Ferry talks " * 50_000}).encode(),
    )
    yield "an outlet of a megabyte", "outlet.jsonl", json.dumps({"text": _PLAIN, "outlet": "O" * 1_000_000}).encode()
    yield (
        "an address of a megabyte",
        "url.jsonl",
        json.dumps({"text": _PLAIN, "url": "https://x.example/" + "u" * 1_000_000}).encode(),
    )
    yield (
        "a host of a megabyte",
        "host.jsonl",
        json.dumps({"text": _PLAIN, "url": "https://" + "u." * 500_000}).encode(),
    )
    yield "authors without number", "authors.jsonl", json.dumps({"text": _PLAIN, "authors": ["A B"] * 50_000}).encode()
    yield "an id of a megabyte", "id.jsonl", json.dumps({"text": _PLAIN, "id": "i" * 1_000_000}).encode()
    yield "capitals of 30 kB", "capitals.txt", ("THE CREWS OF THE FERRIES MET. " * 1000).encode()
    yield "names of 28 kB", "names.txt", ("Ann Ashby Bo Tarn Ada Quill " * 1000).encode()
    yield "no spaces in 31 kB", "unspaced.txt", ("Theferries,said.Ashby" * 1500).encode()
    yield "line breaks alone", "breaks.txt", b"\r\n\x0b\x0c" * 50_000 + _PLAIN.encode()
    yield "lines of one letter", "letters.txt", b"a\n" * 10_000
    yield (
        "a CSV field that the csv module would refuse",
        "field.csv",
        b'text,title\n"' + b"words and " * 20_000 + b'",T\n',
    )
    yield (
        "CSV columns without number",
        "columns.csv",
        b"text," + b"c," * 100_000 + b"title\n" + b"words," * 100_001 + b"x\n",
    )
    yield (
        "a record over the limit",
        "limit.jsonl",
        b'{"text":"' + b"a" * 5_200_000 + b'"}\n{"text":"The crews met at noon."}\n',
    )


def _marks() -> Made:
    for name, piece in {
        "balanced": "“a” ", "open": "“", "closed": "”", "straight": '"', "single": "'", "single curly": "‘", "guillemets": "«", "ticks": "``",
        "low": "„", "mixed": "“‘\"'«", "apostrophes": "a's b's' ", "odd": '"a" "', "dashes": "— ", "brackets": "“[(", "dots": "“…. ",
        "said": "“a,” said “b,” said ", "colons": 'A: "', "block": "> ", "fences": "```\n", "turns": "Q: “a\nA: ",
    }.items():  # fmt: skip
        length = 20_000 if len(piece) == 1 else 4_000  # the rest at full length: tests/hostile/test_speed.py
        yield f"{length:,} {name} marks", f"{name.replace(' ', '-')}.txt", (piece * length)[:length].encode()
    yield "nested quotations", "nested.txt", ("“‘" * 5000 + "words" + "’”" * 5000 + " said Ann Ashby.\n").encode()
    yield "nested of one kind", "nested-one.txt", ("“" * 5000 + "words" + "”" * 5000 + " said Ann Ashby.\n").encode()
    yield "a quotation through paragraphs", "through.txt", ("“And so on it goes\n\n" * 1000).encode()
    yield "a quotation a line", "lines.txt", ("“We sail,” said Ann Ashby.\n" * 800).encode()
    yield "cues alone", "cues.txt", ("said told asked added " * 500).encode()


def _nesting() -> Made:
    for tag in ("div", "b", "blockquote", "q", "table", "svg", "span", "a", "ul><li", "font", "template", "select"):
        close = tag.split("><")[-1]
        text = "<p>“We sail,” said Ann Ashby.</p>" * 9
        data = f"<html><body><article>{f'<{tag}>' * 8000}{text}{f'</{close}>' * 8000}</article></body></html>"
        yield f"<{tag}> in itself", f"{close}.html", data.encode()
    yield "arrays in JSON", "arrays.jsonl", b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    yield "objects in JSON", "objects.jsonl", b'{"text":"a","x":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001 + b"\n"
    yield (
        "attributes without number",
        "attributes.html",
        b"<html><body " + b"".join(b"a%d=x " % n for n in range(50_000)) + b"><p>words</p>",
    )
    yield "unclosed tags", "unclosed.html", b"<html><body><article>" + b"<p>words " * 5_000
    yield "comments", "comments.html", b"<!--" * 100_000 + b"<html><body><p>words</p>"
    yield (
        "comments before the page",
        "prologue.html",
        b"<!-- x -->" * 6000 + b"<?x?>" * 6000 + b"<html><body><p>words</p>",
    )
    yield "entities", "entities.html", b"<html><body><article><p>" + b"&amp;lt;&#x1F600;&#0;&#xFFFFFFFF;&nbsp" * 5000


def _feeds() -> Made:
    laugh = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    item = "<item><title>T</title><description>%s</description></item>"
    rss = "<?xml version='1.0'?>%s<rss version='2.0'><channel><title>C</title>%s</channel></rss>"
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laugh}]>'
    yield "billion laughs", "laughs.xml", (rss % (bomb, item % "&l11;")).encode()
    yield (
        "billion laughs in an attribute",
        "laughs-attribute.xml",
        (rss % (bomb, '<item><link x="&l11;"/></item>')).encode(),
    )
    yield (
        "quadratic blow-up",
        "quadratic.xml",
        (rss % (f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>', item % ("&a;" * 5000))).encode(),
    )
    for name, system in {
        "file": "file:///etc/passwd",
        "http": "http://127.0.0.1:9/x",
        "netdoc": "netdoc:/etc/passwd",
    }.items():
        outer = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{system}">]>'
        yield f"an external entity ({name})", f"entity-{name}.xml", (rss % (outer, item % f"{_PLAIN} &e;")).encode()
    outer = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;]>'
    parameter = f"{outer}<rss version='2.0'><channel>{item % _PLAIN}</channel></rss>"
    yield "an external parameter entity", "parameter.xml", parameter.encode()
    yield (
        "recursive entities",
        "recursive.xml",
        (rss % ('<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', item % "&a;")).encode(),
    )
    yield (
        "an external style sheet",
        "style.xml",
        (rss % ('<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>', item % _PLAIN)).encode(),
    )
    yield (
        "an inclusion",
        "include.xml",
        (
            rss % ("", item % '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>')
        ).encode(),
    )
    yield "elements in themselves", "deep.xml", (rss % ("", "<item>" * 20_000)).encode()
    yield "entries without number", "entries.xml", (rss % ("", (item % "x") * 500)).encode()
    yield "an entry over the limit", "entry.xml", (rss % ("", item % ("word " * 1_100_000))).encode()
    yield "a feed that breaks off", "cut.xml", (rss % ("", item % _PLAIN)).encode()[:150]
    yield (
        "a feed in no encoding",
        "encoding.xml",
        b"<?xml version='1.0' encoding='pwned'?><rss><channel><item><title>\xff\xfe</title></item></channel></rss>",
    )
    yield (
        "a feed of links",
        "links.xml",
        (
            rss
            % (
                "",
                "".join(
                    f"<item><title>L{n}</title><link>{link}</link><description>{_PLAIN}</description></item>"
                    for n, link in enumerate(
                        (
                            "javascript:window.pwned=1",
                            "data:text/html,x",
                            "//pwned.example",
                            "https://[",
                            "\u202ehttps://x",
                            " ",
                        )
                    )
                ),
            )
        ).encode(),
    )
    yield (
        "dates in a feed",
        "dates.xml",
        (
            rss
            % (
                "",
                "".join(
                    f"<item><title>D{n}</title><description>{_PLAIN} {n}</description><pubDate>{date}</pubDate></item>"
                    for n, date in enumerate(
                        (
                            "Mon, 00 Jan 0000 00:00:00 GMT",
                            "99999-99-99",
                            "Mon, 31 Dec 9999 23:59:59 -9999",
                            "1e999",
                            "-1",
                        )
                    )
                ),
            )
        ).encode(),
    )


def _rows() -> Made:
    for name, value in {
        "huge": "9" * 5000, "infinite": "1e999", "nan": "NaN", "deep": "[[[[[]]]]]", "object": '{"text":"x"}', "null": "null",
        "true": "true", "empty": '""', "spaces": '"  "', "number": "12", "negative": "-0", "list": '["a","b"]',
    }.items():  # fmt: skip
        text = json.dumps(f"{_PLAIN} {name}")
        for field in ("id", "title", "authors", "date", "url"):
            yield (
                f"{field} is {name}",
                f"{field}-{name}.jsonl",
                f'{{"text": {text}, "{field}": {value}}}\n'.encode() * 2,
            )
        yield f"text is {name}", f"text-{name}.jsonl", f'{{"text": {value}}}\n{{"html": {value}}}\n'.encode()
    yield (
        "keys twice",
        "twice.jsonl",
        b'{"text": "a", "text": "The crews of the ferries met.", "TEXT": "b", " text ": "c"}\n',
    )
    yield (
        "lone surrogates",
        "surrogates.jsonl",
        b'{"text": "\\ud800 The crews met. \\udfff", "title": "\\udc00", "outlet": "\\ud800"}\n',
    )
    yield (
        "NUL escapes",
        "nul.jsonl",
        json.dumps(
            {"text": f"{_PLAIN}\0\0 nul", "title": "a\0b", "outlet": "o\0", "id": "i\0", "url": "https://x.example/\0"}
        ).encode(),
    )
    yield "one array", "array.jsonl", b'[{"text": "a"},\n{"text": "b"}]\n'
    yield "pretty JSON", "pretty.jsonl", b'{\n  "text": "a"\n}\n'
    yield (
        "garbage between",
        "garbage.jsonl",
        b'{"text": "The crews met at noon."}\n\xff\xfe\x00\n}{\nnull\n"x"\n1\n{"text": "They met again."}\n',
    )
    yield "bare carriage returns", "returns.jsonl", b'{"text": "one"}\r{"text": "two"}\r'


def _tables() -> Made:
    heads = {
        "commas": b"text,title\n",
        "tabs": b"text\ttitle\n",
        "mixed": b"text;title|x,y\tz\n",
        "quotes": b'"te""xt","text"\n',
        "none": b"a,b\n",
        "empty": b",,,\n",
    }
    for name, head in heads.items():
        yield f"a head of {name}", f"head-{name}.csv", head + b"The crews met,T\n" + b'"open, and never closed\n' * 500
    yield "one stray mark", "stray.csv", b'text,title\n"The crews met,T\n' + b"They met again,U\n" * 200
    yield "marks in every cell", "marks.csv", b"text,title\n" + b'""""""""",""\n' * 200
    yield "columns twice", "twice.csv", b"text,text,title,title\na,b,c,d\n"
    yield "NUL in a table", "nul.csv", b"text,title\n" + b"The crews met again,T\n" * 200 + b"a\0b,c\0\n"
    yield "rows of many lengths", "lengths.csv", b"text,title\n" + b"".join(b"a," * n + b"\n" for n in range(200))


def _front_matter() -> Made:
    for name, front in {
        "unclosed": "---\ntitle: x\n", "empty": "---\n---\n", "nested": "---\ntitle: {a: {b: c}}\n---\n", "alias": "---\na: &a [x]\ntitle: *a\n---\n",
        "python": "---\ntitle: !!python/object/apply:os.system ['true']\n---\n", "keys": "---\n" + "".join(f"k{n}: v\n" for n in range(1900)) + "---\n",
        "long": "---\ntitle: " + "x" * 30_000 + "\n---\n", "items": "---\nauthors:\n" + "- a\n" * 4000 + "---\n", "list": "---\nauthor: [" + "a," * 9000 + "]\n---\n",
        "twice": "---\ntitle: a\ntitle: b\n---\n---\ntitle: c\n---\n", "colon": "---\n" + "a:" * 9000 + "\n---\n", "spaces": "---\ntitle:" + " " * 19_000 + "\n---\n",
        "tabs": "---\t\t\t\ntitle:\tx\n...\n", "only": "---\ntitle: nothing below\n---\n",
    }.items():  # fmt: skip
        body = "" if name == "only" else f"{_PLAIN} {name}\n"
        yield f"front matter: {name}", f"{name}.md", (front + body).encode()


def _empties() -> Made:
    for name, data in {
        "nothing": b"", "feed": b"\n", "spaces": b" " * 9, "mark": codecs.BOM_UTF8, "mark-16": codecs.BOM_UTF16_LE, "zero-width": "\u200b\u2060".encode(),
        "wide": "\u3000\u00a0\u2028".encode(), "one": b"a", "sign": "“".encode(), "dots": b"...", "page": b"<html></html>", "object": b"{}\n", "row": b"text\n",
        "warc": b"WARC/", "xml": b"<?xml?>", "rss": b"<rss></rss>", "combining": "\u0301".encode(), "blanks": b"\n" * 100_000,
    }.items():  # fmt: skip
        extension = {"page": "html", "object": "jsonl", "row": "csv", "warc": "warc", "xml": "xml", "rss": "xml"}.get(
            name, "txt"
        )
        yield f"nothing but {name}", f"{name}.{extension}", data


def _patterns() -> Made:
    """Runs that each pattern in the code begins to match and then fails on; at full length in tests/hostile/test_speed.py."""
    for piece, end in RUNS:
        text = (
            f"The crews met on Friday.\n\n{(piece * 800)[:800]}{end}\n\n“{(piece * 400)[:400]}{end},” said Ann Ashby.\n"
        )
        yield f"a run of {piece!r}", "run.txt", text.encode()


def _dates() -> Made:
    for number, date in enumerate((
        "0000-00-00", "0000-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "99999-01-01", "10000-01-01", "2031-02-30", "2031-13-01", "1399-12-31",
        "1400-01-01T00:00:00+23:59", "2031-03-14T24:00:00Z", "2031-03-14T25:00", "2031-03-14T23:60", "2031-03-14T23:59:61Z", "2031-03-14T10:00+99:99", "-2031-03-14", "٢٠٣١-٠٣-١٤",
        "²⁰³¹-03-14", "2031-03-14T10:00:00.9999999999Z", "1e9", "20310314", "20319999", "03/04/2031", "31/31/2031", "0/0/0000", "Mon, 99 Foo 2031", "March 2031 2031", "February 30, 2031",
        "9" * 80, "2031" * 20, "now", "2031-W11-5", "2031-03-14T10:00 PM", "12 am", "14 March 2031 13:00 pm", "14 March 2031 at 00:00 am est",
    )):  # fmt: skip
        row = {"text": f"{_PLAIN} {number}", "title": f"Dated {number}", "date": date}
        yield f"a date of {date[:40]}", "date.jsonl", json.dumps(row).encode()


FAMILIES: dict[str, Callable[[], Made]] = {
    "encoding": _encodings, "size": _sizes, "marks": _marks, "nesting": _nesting, "feed": _feeds, "rows": _rows, "table": _tables,
    "front": _front_matter, "empty": _empties, "pattern": _patterns, "date": _dates,
}  # fmt: skip
