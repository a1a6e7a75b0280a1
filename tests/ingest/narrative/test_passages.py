from ingest.narrative import read_statements
from ingest.narrative.passages import passages
from model.document import Kind, Line, Paragraph
from model.geometry import Box

WIDTH = 10


def printed(text: str, *, indent: int = 0, full: bool = True, role: str = "text", page: int = 1) -> Paragraph:
    """A paragraph of one line that begins at the left margin, or ``indent`` characters into it, and ends at the right one or before."""
    left = WIDTH * indent
    right = 400 if full else left + WIDTH * len(text) / 2
    edges = tuple(left + i * (right - left) / len(text) for i in range(len(text) + 1))
    return Paragraph(text, (Line(0, len(text), page, Box(left, 0, right, 12), edges),), ("第三部分",), role)


def texts(*paragraphs: Paragraph) -> list[str]:
    return [p.text for p in passages(paragraphs)]


def test_a_sentence_cut_at_the_line_end_is_one_passage():
    assert texts(printed("支出预算3,558.35万元，其中：基本支出", indent=2), printed("2,776.85万元。", full=False)) == [
        "支出预算3,558.35万元，其中：基本支出2,776.85万元。"
    ]


def test_a_page_number_between_is_left_out():
    pieces = printed("比上年增加", indent=2), printed("—5—", full=False), printed("59.56万元。", full=False, page=2)
    assert texts(*pieces) == ["比上年增加59.56万元。"]


def test_an_item_that_looks_like_a_heading_goes_on():
    heading = printed("1、社会保障和就业支出（类）行政事业单位养老支出（款）机", role="heading")
    assert len(texts(heading, printed("关事业单位基本养老保险缴费支出（项）12万元。", full=False))) == 1


def test_headings_finished_sentences_and_new_items_stand_alone():
    assert len(texts(printed("五、收入决算情况说明", role="heading"), printed("本年收入合计10万元。", indent=2, full=False))) == 2
    assert len(texts(printed("收入10万元。"), printed("支出10万元。"))) == 2
    assert len(texts(printed("收入预算情况如下"), printed("1.收入10万元。"))) == 2


def test_places_are_those_of_the_printed_paragraphs():
    first, second = printed("其他收入预算，比上年增加", indent=2), printed("2万元，增长5%。", full=False)
    statements, mentions = read_statements([first, second], 2026, Kind.BUDGET)
    assert [(m.paragraph, m.start, m.text) for m in mentions] == [(1, 0, "2万元"), (1, 6, "5%")]
    assert (statements[0].paragraph, statements[0].label) == (0, "其他收入预算")


def test_a_number_cut_in_two_is_one_figure():
    _, mentions = read_statements([printed("公用经费83.76万", indent=2), printed("元，其他收入35万元。", full=False)], 2026, Kind.BUDGET)
    assert [m.text for m in mentions] == ["83.76万元", "35万元"]
