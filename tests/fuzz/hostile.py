"""PDFs that mean harm, each made on the spot from the few lines that do it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import pymupdf

from making import table_pdf

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
Body = bytes | tuple[bytes, bytes]  # an object, or a stream: its dictionary without brackets, and its data


def pdf(objects: Sequence[Body]) -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        if isinstance(body, tuple):
            body = b"<<%s/Length %d>>stream\n%s\nendstream" % (body[0], len(body[1]), body[1])  # noqa: PLW2901
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def page(content: bytes, *more: Body, resources: bytes = b"", box: bytes = b"0 0 595 842", packed: bool = False) -> bytes:
    """A file of one page; ``more`` are objects from 6 on, font ``/F`` is object 5."""
    stream = (b"/Filter/FlateDecode", zlib.compress(content, 9)) if packed else (b"", content)
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>" % (box, resources),
            stream,
            FONT,
            *more,
        ]
    )


def page_tree_loop() -> bytes:
    """A page tree whose branches contain each other."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 1000>>",
            b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 4 0 R]/Count 500>>",
            b"<</Type/Pages/Parent 3 0 R/Kids[3 0 R 2 0 R]/Count 500>>",
        ]
    )


def parent_loop() -> bytes:
    """A page that inherits from nodes which are each other's parents."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Parent 3 0 R/Kids[4 0 R]/Count 1>>",
            b"<</Type/Pages/Parent 2 0 R/Kids[4 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R>>",
        ]
    )


def million_pages() -> bytes:
    """A tree of nodes with ten kids each, all the same object, six deep: a million pages in a kilobyte."""
    nodes = [b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"%d 0 R " % (n + 3) * 10, 10 ** (6 - n)) for n in range(6)]
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


def form(n: int, content: bytes) -> Body:
    """A form that may paint form ``n``."""
    return b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>" % n, content


def form_that_paints_itself() -> bytes:
    """Endless recursion."""
    return page(b"/X Do", form(6, b"/X Do BT /F 9 Tf 9 9 Td (1.00) Tj ET /X Do"), resources=b"/XObject<</X 6 0 R>>")


def forms_a_thousand_deep() -> bytes:
    """A long chain of forms, each within the other."""
    return page(b"/X Do", *(form(n + 7, b"q /X Do Q") for n in range(5000)), resources=b"/XObject<</X 6 0 R>>")


def billion_laughs() -> bytes:
    """Each form paints the next ten times, twelve deep."""
    last: Body = form(5, b"BT /F 9 Tf 9 9 Td (1.00) Tj ET")
    return page(b"/X Do", *(form(n + 7, b"/X Do " * 10) for n in range(12)), last, resources=b"/XObject<</X 6 0 R>>")


def pattern_that_fills_itself() -> bytes:
    """A tiling pattern painted with itself."""
    pattern = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep .01/YStep .01/Resources<</Pattern<</P 6 0 R>>>>"
    return page(b"/Pattern cs /P scn 0 0 595 842 re f", (pattern, b"/Pattern cs /P scn 0 0 9 9 re f"), resources=b"/Pattern<</P 6 0 R>>")


def glyph_that_shows_itself() -> bytes:
    """A Type 3 font whose glyph is text in that font."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65/Widths[9]"
        b"/Encoding<</Differences[65/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</T 6 0 R>>>>>>"
    )
    return page(b"BT /T 9 Tf (AAAA) Tj ET", font, (b"", b"9 0 d0 BT /T 9 Tf (AAAA) Tj ET"), resources=b"/Font<</F 5 0 R/T 6 0 R>>")


def rules(count: int) -> bytes:
    """A page of that many hairlines across and down."""
    side = int(count / 2)
    across = b"".join(b"0 %.3f m 595 %.3f l S\n" % (842 * n / side, 842 * n / side) for n in range(side))
    down = b"".join(b"%.3f 0 m %.3f 842 l S\n" % (595 * n / side, 595 * n / side) for n in range(side))
    return page(across + down, packed=True)


def boxes(count: int) -> bytes:
    """A grid of that many small rectangles, a figure in each."""
    side = int(count**0.5)
    width, height = 595 / side, 842 / side
    cells = b"".join(
        b"%.3f %.3f %.3f %.3f re S BT /F 1 Tf %.3f %.3f Td (%d.00) Tj ET\n"
        % (x * width, y * height, width, height, x * width + 0.2, y * height + 0.2, x)
        for x in range(side)
        for y in range(side)
    )
    return page(cells, packed=True)


def text(characters: int, line: int, pattern: bytes = b"1,234.56 ") -> bytes:
    """A page of so many characters, so many a line."""
    row = (pattern * (line // len(pattern) + 1))[:line]
    lines = b"".join(b"1 0 0 1 9 %.2f Tm (%s) Tj\n" % (800 - n * 0.05, row) for n in range(characters // line))
    return page(b"BT /F 6 Tf " + lines + b"ET", packed=True)


def prose(characters: int, phrase: str) -> bytes:
    """Chinese running text of so many characters, 40 a line and 45 lines a page, the phrase again and again."""
    words = (phrase * (characters // len(phrase) + 1))[:characters]
    made = pymupdf.open()
    for start in range(0, len(words), 40 * 45):
        sheet = made.new_page(width=595, height=842)
        part = words[start : start + 40 * 45]
        for n in range(0, len(part), 40):
            sheet.insert_text((60, 60 + 16 * n / 40), part[n : n + 40], fontname="china-s", fontsize=11)
    return made.tobytes()


def flate_bomb() -> bytes:
    """A page whose content is two gigabytes of operators, packed into two megabytes."""
    packer = zlib.compressobj(9)
    piece = b"0 0 m 9 9 l S\n" * 75_000
    packed = b"".join(packer.compress(piece) for _ in range(2000)) + packer.flush()
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            (b"/Filter/FlateDecode", packed),
        ]
    )


def string_bomb() -> bytes:
    """A page that shows one string of half a gigabyte."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"BT /F 9 Tf 9 9 Td (") + b"".join(packer.compress(b"1" * 1_000_000) for _ in range(500))
    packed += packer.compress(b") Tj ET") + packer.flush()
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            (b"/Filter/FlateDecode", packed),
            FONT,
        ]
    )


def huge_image() -> bytes:
    """A picture of ten gigapixels."""
    image: Body = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode", b"x"
    return page(b"595 0 0 842 0 0 cm /X Do", image, resources=b"/XObject<</X 6 0 R>>")


def nested_arrays() -> bytes:
    """An object of a hundred thousand brackets."""
    return page(b"BT /F 9 Tf 9 9 Td (1.00) Tj ET", b"[" * 100_000 + b"]" * 100_000, resources=b"/Properties 6 0 R")


def nested_states() -> bytes:
    """A million saved graphics states."""
    return page(b"q " * 1_000_000 + b"BT /F 9 Tf 9 9 Td (1.00) Tj ET", packed=True)


def previous_is_itself() -> bytes:
    """A cross-reference table that comes before itself."""
    made = table_pdf()
    return made.replace(b"/Root", b"/Prev %d/Root" % made.rindex(b"xref"), 1)


def page_of_size(box: bytes) -> Callable[[], bytes]:
    """A page with that box and a figure on it."""
    return lambda: page(b"BT /F 9 Tf 9 9 Td (1.00) Tj ET 0 0 m 100 100 l S", box=box)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "page_tree_loop": page_tree_loop,
    "parent_loop": parent_loop,
    "million_pages": million_pages,
    "form_that_paints_itself": form_that_paints_itself,
    "forms_a_thousand_deep": forms_a_thousand_deep,
    "billion_laughs": billion_laughs,
    "pattern_that_fills_itself": pattern_that_fills_itself,
    "glyph_that_shows_itself": glyph_that_shows_itself,
    "rules_100_000": lambda: rules(100_000),
    "rules_50_000": lambda: rules(50_000),
    "boxes_100_000": lambda: boxes(100_000),
    "boxes_14_000": lambda: boxes(14_000),
    "text_10_million": lambda: text(10_000_000, 1000),
    "text_10_million_one_line": lambda: text(10_000_000, 10_000_000),
    "text_10_million_one_word": lambda: text(10_000_000, 10_000_000, b"1"),
    "text_10_million_lone_digits": lambda: text(10_000_000, 1000, b"1 "),
    "flate_bomb": flate_bomb,
    "string_bomb": string_bomb,
    "huge_image": huge_image,
    "nested_arrays": nested_arrays,
    "nested_states": nested_states,
    "previous_is_itself": previous_is_itself,
    "page_of_a_million_inches": page_of_size(b"0 0 72000000 72000000"),
    "page_of_no_size": page_of_size(b"0 0 0 0"),
    "page_of_negative_size": page_of_size(b"595 842 0 0"),
    "page_of_no_numbers": page_of_size(b"/a (b) null 1e999"),
    "page_far_away": page_of_size(b"1e30 1e30 1e31 1e31"),
    "prose_300_000": lambda: prose(300_000, "其中：教育支出1,234.56万元，比上年增加12.3万元，增长4.5%，主要原因是人员增加；"),
    "prose_digits": lambda: prose(100_000, "1,1.1，1.1%（"),
}

PLAIN = {name: make for name, make in HOSTILE.items() if name.startswith(("page", "parent", "form", "pattern", "glyph", "previous"))}
"""Those that are short and made quickly: variants of them are read as well."""
