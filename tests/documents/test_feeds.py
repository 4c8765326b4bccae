from datetime import datetime
from pathlib import Path

from app.records import Document, Published, Rejected
from tests.documents.helpers import ARTICLE, read_bytes, refused

RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Courier</title><language>en-gb</language>
<item><title>Bridge to close</title><link>https://courier.example/1</link><dc:creator>Jane Roe</dc:creator>
<pubDate>Sat, 15 Mar 2025 14:30:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{ARTICLE[0]}</p><p>{ARTICLE[1]}</p><script>track()</script>]]></content:encoded></item>
<item><title>Summary only</title><description>{ARTICLE[2]}</description></item>
<item><title>Nothing but a title</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title>
<entry><title>Bridge to close</title><link href="https://courier.example/1"/><author><name>Jane Roe</name></author>
<updated>2025-03-15T13:30:00Z</updated><content type="html">&lt;p&gt;{ARTICLE[0]}&lt;/p&gt;</content></entry></feed>"""


def test_an_rss_item_gives_its_content_without_markup_and_its_metadata(tmp_path: Path) -> None:
    first, second, third = read_bytes(tmp_path, "news.xml", RSS.encode())
    assert isinstance(first, Document)
    assert first.text == f"Bridge to close\n{ARTICLE[0]}\n{ARTICLE[1]}"
    assert (first.name, first.outlet, first.url) == ("news.xml#1", "The Courier", "https://courier.example/1")
    assert first.authors == ("Jane Roe",)
    assert first.published == Published(datetime(2025, 3, 15, 13, 30), "time", "feed")
    assert isinstance(second, Document)
    assert second.text == f"Summary only\n{ARTICLE[2]}"
    assert isinstance(third, Rejected)
    assert third.name == "news.xml#3"


def test_an_atom_entry_is_read(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, "news", ATOM.encode())
    assert isinstance(document, Document)
    assert document.text == f"Bridge to close\n{ARTICLE[0]}"
    assert document.media == "feed"
    assert document.published == Published(datetime(2025, 3, 15, 13, 30), "time", "feed")


def test_a_feed_without_entries_is_refused(tmp_path: Path) -> None:
    assert "no entries" in refused(tmp_path, "a.rss", b"<rss><channel></channel></rss>").reason


def test_xml_that_is_no_feed_is_refused(tmp_path: Path) -> None:
    assert "neither a feed" in refused(tmp_path, "a.xml", b"<?xml version='1.0'?><stock><item/></stock>").reason


def test_entities_of_a_feed_are_not_expanded(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">{entities}]>' + (
        f"<rss><channel><item><description>&e11; {ARTICLE[0]}</description></item></channel></rss>"
    )
    for found in read_bytes(tmp_path, "a.rss", bomb.encode()):
        assert not isinstance(found, Document) or len(found.text) < 10_000
