"""Notes with Markdown: what is shown is safe whatever was typed, and no word is lost."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.core.markdown import plain, render

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "a"}
HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "[x](java\nscript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html;base64,PHN2Zz4=)",
    "<javascript:alert(1)>", "![x](https://example.org/x.png)", "<style>*{display:none}</style>",
    "<a href=x onclick=alert(1)>", "<svg/onload=alert(1)>", "[x](vbscript:x)", "</p><iframe>",
    '[x](https://a.example "\\" onmouseover=alert(1)")', "&lt;script&gt;", "&#106;avascript:",
    "[x](//example.org)", "[a](<javascript:alert(1)>)", "`<b>`", "<!--", "<![CDATA[", "\x00",
]  # fmt: skip
MARKS = st.sampled_from(
    [*HOSTILE, "**", "_", "`", "[", "](", ")", "\n", "\n\n- ", "1. ", "> ", "\\"]
)
TYPED = st.lists(st.one_of(MARKS, st.text(max_size=12)), max_size=12).map("".join)


class Tags(HTMLParser):
    """Notes every tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", {}))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("declaration", {}))


def check(text: str) -> None:
    for tag, attributes in Tags(render(text)).found:
        assert tag in TAGS, (tag, text)
        allowed = {"a": {"href", "title", "rel"}, "ol": {"start"}}.get(tag, set())
        assert attributes.keys() <= allowed, (tag, attributes)
        if "href" in attributes:
            assert re.match(r"(?i)(https?://|mailto:|tel:)", attributes["href"] or "")
            assert attributes["rel"] == "noopener noreferrer nofollow"


@given(TYPED)
def test_whatever_is_typed_shows_as_text(text: str) -> None:
    check(text)
    plain(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_known_tricks(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    ("text", "shown", "said"),
    [
        ("Two daughters & a <son>", "<p>Two daughters &amp; a &lt;son&gt;</p>", None),
        ("**four** farms", "<p><strong>four</strong> farms</p>", "four farms"),
        ("first\nsecond", "<p>first<br>\nsecond</p>", None),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>", "one\ntwo"),
        ("2019. A good year", '<ol start="2019">\n<li>A good year</li>\n</ol>', None),
        ("# not a heading", "<p># not a heading</p>", None),
        ("[a]: https://a.example", "<p>[a]: https://a.example</p>", None),
        (
            "see [b](https://a.example/b)",
            '<p>see <a href="https://a.example/b" rel="noopener noreferrer nofollow">b</a></p>',
            "see b (https://a.example/b)",
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>", None),
    ],
)
def test_notes(text: str, shown: str, said: str | None) -> None:
    assert render(text) == shown
    assert plain(text) == (text if said is None else said)


WORD = st.text("abcdefghijklmnop", min_size=1, max_size=9)


@given(st.lists(st.tuples(WORD, st.sampled_from([" ", "\n", " *", "* ", "\n- ", "\n2. ", " **"]))))
def test_no_word_is_lost(parts: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in parts)
    words = [word for word, _ in parts]
    assert re.findall("[a-p]+", plain(text)) == words
    shown = unescape(re.sub("<[^>]*>", " ", render(text)))
    assert "".join(re.findall("[a-p]+", shown)) == "".join(words)
