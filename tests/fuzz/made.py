"""Bytes as texts that look enough like news to get past the first look of what is fuzzed."""

PIECES = (
    *"“”„\"«»‘’'‹›`—–-…?!.,:;()[]>*_#@",
    "\n", "\n\n", " ", "\t", "\u00a0", "\u2028", "\r\n", "\x85", " said ", " told reporters ", " according to ", "Ann Ashby", "Ashby",
    "the harbour minister", "He", "She", "they", "Mr. ", "Sen. ", "U.S. ", "Jr.", "Q: ", "A: ", "ASHBY: ", "> ", "— ", "Bo Tarn (@botarn)",
    "https://pwned.example/x", "We will sail", "not", "four", "14", "1,000", "per cent", "It isn’t over", "the talks", "that", "who", " and ",
    "---\n", "title: ", "date: ", "2031-03-14", "<p>", "</p>", "<blockquote>", "<html><body>", "<script>", "&amp;", "<item>", "<rss><channel>",
    '{"text": "', '"}\n', "text,title\n", '""', "speaker:", "before:", "outlet:", "2031-13", "\ud800", "\ufeff", "\u200b", "\u202e", "\u0301", "İ", "ß",
    "ﬁ", "Å", "\U0001f469\u200d", "\x00", "\x1b[2J", "٣", "²", "Ⅷ", "が", "ع",
)  # fmt: skip


def text_of(data: bytes) -> str:
    """A text of pieces and letters: a byte below 128 is its character, one above a piece; no lone surrogates."""
    signs = (chr(byte) if byte < 128 else PIECES[(byte - 128) % len(PIECES)] for byte in data)
    return "".join(signs).encode("utf-8", "replace").decode()


def two_of(data: bytes) -> tuple[str, str]:
    """Two texts; where the second half is short, the second is the first with some of its bytes changed."""
    if data[:1] < b"\x80":
        half = len(data) // 2
        return text_of(data[:half]), text_of(data[half:])
    changed = bytearray(data[1:])
    for at in range(0, len(changed), 7):
        changed[at] = (changed[at] + data[0]) % 256
    return text_of(data[1:]), text_of(bytes(changed))
