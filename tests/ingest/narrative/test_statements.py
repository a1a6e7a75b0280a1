"""Each test reads one or a few sentences of the kind that disclosures print; ``said`` puts a statement into one line of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapes import paragraph

from ingest.narrative import read_statements
from model.document import Kind
from model.facts import Basis, Direction, Statement

BUDGET, FINAL = Kind.BUDGET, Kind.FINAL_ACCOUNTS


def read(*texts: str, kind: Kind = BUDGET, year: int = 2026, section: tuple[str, ...] = ("第三部分预算情况说明",)) -> list[Statement]:
    statements, _ = read_statements([paragraph(text, section) for text in texts], year, kind)
    return list(statements)


def said(statement: Statement) -> str:
    parts = [statement.label]
    for name in ("figure", "original", "revised", "execution"):
        mention = getattr(statement, name)
        if mention is not None:
            parts.append(f"{name}={mention.text}")
    for c in statement.comparisons:
        sign = {Direction.UP: "+", Direction.DOWN: "-", Direction.LEVEL: "=", None: "?"}[c.direction]
        figures = [m.text for m in (c.base, c.difference, c.rate) if m is not None]
        parts.append(f"{sign}{c.base_year}:{c.base_basis.value if c.base_basis else ''}:{','.join(figures)}")
    parts += [f"share={s.rate.text} of {s.whole}" for s in statement.shares]
    return " ".join(parts)


def test_budget_against_execution_with_reason():
    (statement,) = read(
        "1.行政运行（项）2026年预算数3,623.98万元，比2025年执行数增加2,022.94万元，增长126.35%，主要原因是任务增加，支出增加。"
    )
    assert said(statement) == "行政运行（项） figure=3,623.98万元 +2025:execution:2,022.94万元,126.35%"
    assert (statement.year, statement.basis) == (2026, Basis.BUDGET)
    assert statement.comparisons[0].reason == "任务增加，支出增加"
    assert statement.comparisons[0].word.text == "增加"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入预算10万元，与上年相比增加2万元，增长25%。", "收入预算 figure=10万元 +2025::2万元,25%"),
        ("收入预算10万元，较上年预算减少2万元，下降16.67%。", "收入预算 figure=10万元 -2025:budget:2万元,16.67%"),
        (
            "收入预算10万元，比2025年年初预算数12万元减少2万元，降低16.67%。",
            "收入预算 figure=10万元 -2025:original_budget:12万元,2万元,16.67%",
        ),
        ("公务接待费10万元，较上年减少2万元（16.67%），减少的主要原因是节约。", "公务接待费 figure=10万元 -2025::2万元,16.67%"),
        ("公务接待费10万元，与上年预算数相同。", "公务接待费 figure=10万元 =2025:budget:"),
        ("公务接待费10万元，与2025年预算持平，主要原因是无变化。", "公务接待费 figure=10万元 =2025:budget:"),
        ("公务接待费预算支出10万元，本年数小于上年预算数2万元。", "公务接待费预算支出 figure=10万元 -2025:budget:2万元"),
        ("委托业务费10万元，同比增长5%。", "委托业务费 figure=10万元 +2025::5%"),
        ("委托业务费10万元，比上年2万元，增加25%。", "委托业务费 figure=10万元 ?2025::2万元,25%"),
        ("委托业务费10万元，增减额为-2万元，增减率为-16.67%。", "委托业务费 figure=10万元 +None::-2万元,-16.67%"),
        ("财政拨款支出10万元，占本年支出合计的83.2%。", "财政拨款支出 figure=10万元 share=83.2% of 本年支出合计"),
        ("公务接待费支出10万元，占“三公”经费的100%。", "公务接待费支出 figure=10万元 share=100% of “三公”经费"),
        ("其他收入10万元，比上年增加2万元（上年预算数为8万元，无法计算比率）。", "其他收入 figure=10万元 +2025::8万元,2万元"),
    ],
)
def test_comparisons_and_shares(text, expected):
    assert [said(s) for s in read(text)] == [expected]


def test_a_new_base_is_a_new_comparison():
    (statement,) = read("公用经费10万元，比上年预算增加2万元，增长25%；比上年执行数减少1万元，下降9.09%。")
    assert said(statement) == "公用经费 figure=10万元 +2025:budget:2万元,25% -2025:execution:1万元,9.09%"


def test_parts_point_to_their_whole():
    statements = read("收入总计10万元，其中：财政拨款收入7万元，占70%；其他收入3万元，占30%。支出总计10万元。")
    assert [said(s) for s in statements] == [
        "收入总计 figure=10万元",
        "财政拨款收入 figure=7万元 share=70% of ",
        "其他收入 figure=3万元 share=30% of ",
        "支出总计 figure=10万元",
    ]
    assert [s.parent for s in statements] == [None, 0, 0, None]


def test_parts_inside_parts():
    statements = read(
        "“三公”经费10万元，其中：公务用车购置及运行费7万元，其中：公务用车购置费5万元、公务用车运行费2万元；公务接待费3万元。"
    )
    assert [s.parent for s in statements] == [None, 0, 1, 1, 0]


def test_parts_in_brackets_end_with_the_bracket():
    statements = read(
        "公务用车购置及运行维护费7万元（公务用车购置费5万元，比上年增加1万元；公务用车运行维护费2万元。）比上年减少3万元，下降30%。"
    )
    assert [s.parent for s in statements] == [None, 0, 0]
    assert said(statements[0]) == "公务用车购置及运行维护费 figure=7万元 -2025::3万元,30%"
    assert said(statements[1]) == "公务用车购置费 figure=5万元 +2025::1万元"


def test_a_comparison_after_a_list_is_of_the_whole():
    statements = read("收入预算10万元，其中：一般公共预算7万元、其他收入3万元，较上年增加1万元，增长11.11%。")
    assert said(statements[0]) == "收入预算 figure=10万元 +2025::1万元,11.11%"


def test_two_lists_of_one_whole_are_told_apart():
    statements = read(
        "支出总计10万元，其中：按功能分类支出划分为教育支出6万元；卫生健康支出4万元。按经济分类划分为基本支出7万元；项目支出3万元。"
    )
    assert [s.parent for s in statements] == [None, 0, 0, 0, 0]
    assert statements[1].listing == statements[2].listing != statements[3].listing == statements[4].listing


def test_parts_in_numbered_paragraphs():
    statements = read(
        "（一）收入预算总计10万元。包括：",
        "1．本年收入合计8万元。",
        "（1）财政拨款收入5万元，与上年相比增加1万元。",
        "（2）其他收入3万元。",
        "2．上年结转结余2万元。",
    )
    assert [s.label for s in statements] == ["收入预算总计", "本年收入合计", "财政拨款收入", "其他收入", "上年结转结余"]
    assert [s.parent for s in statements] == [None, 0, 1, 1, 0]


def test_parts_on_lines_of_their_own():
    statements = read(
        "支出合计10.00万元，其中：", "基本支出7.00万元，占70%，主要原因是增人。", "项目支出3.00万元，占30%。", "委托业务费2.00万元。"
    )
    assert [s.parent for s in statements] == [None, 0, 0, None]
    statements = read("支出合计10.00万元，其中：基本支出7.00万元，占70%；", "项目支出3.00万元，占30%；", "经营支出0.00万元。")
    assert [s.parent for s in statements] == [None, 0, 0, 0]


def test_income_is_no_part_of_income_and_expenditure_together():
    statements = read("收支总预算10万元。", "其中：", "（一）收入预算10万元。", "（二）支出预算10万元。")
    assert [s.parent for s in statements] == [None, None, None]


def test_of_several_possible_wholes_the_one_that_adds_up():
    statements = read("上年结转5万元，包括：财政拨款5万元，非财政拨款0万元，其中：", "1.甲项目结转3万元。", "2.乙项目结转2万元。")
    assert [s.parent for s in statements] == [None, 0, 0, 0, 0]
    statements = read("上年结转5万元，包括：财政拨款5万元，非财政拨款0万元，其中：", "1.甲项目结转3万元。", "2.乙项目结转9万元。")
    assert [s.parent for s in statements] == [None, 0, 0, None, None]


def test_final_accounts_have_budget_outturn_and_completion():
    statements = read(
        "1、公共安全支出（类）司法（款）行政运行（项）。主要用于：人员支出。年初预算为100万元，支出决算为95.89万元，"
        "完成年初预算的95.89%。决算数小于年初预算数的主要原因：人员减少。",
        kind=FINAL,
    )
    assert [said(s) for s in statements] == [
        "公共安全支出（类）司法（款）行政运行（项） figure=95.89万元 original=100万元 execution=95.89% -2026:original_budget:"
    ]
    assert statements[0].purpose == "人员支出"
    assert statements[0].comparisons[0].reason == "人员减少"
    assert (statements[0].basis, statements[0].execution_basis) == (Basis.OUTTURN, Basis.ORIGINAL_BUDGET)


def test_revised_budget_and_level_word():
    (statement,) = read(
        "因公出国（境）费年初预算为0万元，全年预算为3万元，支出决算为3万元，完成全年预算的100%。决算数与全年预算数持平。", kind=FINAL
    )
    assert said(statement) == "因公出国（境）费 figure=3万元 original=0万元 revised=3万元 execution=100% =2026:revised_budget:"


def test_a_budget_alone_in_final_accounts_is_a_figure():
    (statement,) = read("该项目批复的年初预算数为1018万元。", kind=FINAL)
    assert statement.figure.text == "1018万元"
    assert statement.basis is Basis.ORIGINAL_BUDGET


def test_other_years_keep_the_subject():
    statements = read(
        "1、公共安全支出（204类）司法（06款）普法宣传（05项）12万元。2025年当年预算执行数为10万元，2026年预算安排12万元，比2025年预算执行数增加20%。"
    )
    assert [(s.year, s.basis) for s in statements] == [(2026, Basis.BUDGET), (2025, Basis.EXECUTION), (2026, Basis.BUDGET)]
    assert len({s.label for s in statements}) == 1
    assert said(statements[2]).endswith("figure=12万元 +2025:execution:10万元,20%")


def test_the_subject_comes_from_heading_item_or_class():
    section = ("第三部分", "五、一般公共预算当年拨款情况")
    statements = read(
        "（一）公共安全支出（类）",
        "1．检察（款）行政运行（项）支出7万元。",
        "2．一般行政管理事务（项）支出3万元。",
        section=section,
    )
    assert [s.label for s in statements] == [
        "公共安全支出（类）检察（款）行政运行（项）",
        "公共安全支出（类）检察（款）一般行政管理事务（项）",
    ]
    (statement,) = read("2026年预算数5万元，与上年持平。", section=("第三部分", "（二）公务接待费情况说明"))
    assert statement.label == "公务接待费"


def test_a_sum_of_the_section_is_said_of_the_section():
    statements = read("（一）公共安全支出（类）", "检察（款）: 2026年预算支出合计7万元。其中：", "1．行政运行（项）支出7万元。")
    assert [s.label for s in statements] == ["公共安全支出（类）检察（款）", "公共安全支出（类）检察（款）行政运行（项）"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("“住房保障支出”科目20万元，主要用于公积金。", "住房保障支出"),
        ("2026年，本部门机关运行经费安排20万元。", "机关运行经费"),
        ("某市财政局2026年度财政拨款收、支总预算20万元。", "财政拨款收、支总预算"),
        ("2080505-机关事业单位基本养老保险缴费支出20万元。", "2080505-机关事业单位基本养老保险缴费支出"),
        ("公务用车运行维护费2026年预算数20万元。", "公务用车运行维护费"),
        ("行政运行（2010801）20万元。", "行政运行（2010801）"),
    ],
)
def test_labels(text, label):
    assert read(text)[0].label == label


def test_vehicles_and_their_value():
    statements = read("车辆1辆，价值11.38万元；其中：一般公务用车1辆，价值11.38万元；其他车辆0辆，价值0.00万元。")
    assert [s.label for s in statements] == ["车辆", "车辆价值", "一般公务用车", "一般公务用车价值", "其他车辆", "其他车辆价值"]
    assert [s.parent for s in statements] == [None, None, 0, 1, 0, 1]


def test_projects_and_their_money():
    statements = read("编报绩效目标的项目共5个，涉及预算资金20万元，其中财政拨款15万元。")
    assert [said(s) for s in statements] == [
        "编报绩效目标的项目 figure=5个",
        "编报绩效目标的项目预算资金 figure=20万元",
        "财政拨款 figure=15万元",
    ]
    assert [s.parent for s in statements] == [None, None, 1]


def test_procurement_for_small_enterprises():
    statements = read(
        "授予中小企业合同金额92万元，占政府采购支出总额的92%，其中：授予小微企业合同金额46万元，占授予中小企业合同金额的50%；"
        "货物采购授予中小企业合同金额占货物支出金额的9.16%。",
        kind=FINAL,
    )
    assert said(statements[1]) == "授予小微企业合同金额 figure=46万元 share=50% of 授予中小企业合同金额"
    assert said(statements[2]) == "货物采购授予中小企业合同金额 share=9.16% of 货物支出金额"
    assert [s.parent for s in statements] == [None, 0, None]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("本部门没有使用政府性基金预算拨款安排的支出。", "政府性基金预算拨款安排的支出"),
        ("2026年未安排国有资本经营预算支出。", "国有资本经营预算支出"),
        ("公务用车购置费未安排预算。", "公务用车购置费"),
    ],
)
def test_nil(text, label):
    (statement,) = read(text)
    assert (statement.label, statement.nil, statement.figure) == (label, True, None)


def test_purpose():
    (statement,) = read("卫生健康支出（类）支出20万元，主要用于缴纳医疗保险，与上年持平。")
    assert statement.purpose == "缴纳医疗保险"
    assert said(statement) == "卫生健康支出（类） figure=20万元 =2025::"


@pytest.mark.parametrize(
    "text",
    [
        "培训合格率95%，群众满意度达到90%以上。",
        "比上年减少5万元，主要原因是①甲项目减少3万元；②乙项目减少2万元。",
        "平均每辆2.71万元。",
        "收入、支出分别为3万元、4万元。",
        "支持外贸增长，合计30万元。",
        "国发〔2015〕6号文件，单价50万元以上。",
    ],
)
def test_what_is_not_certain_stays_unbound(text):
    statements = read("收入预算10万元。", text)
    figures = [m.text for s in statements for m in (s.figure, *(x for c in s.comparisons for x in (c.difference, c.rate))) if m is not None]
    assert figures in (["10万元"], ["10万元", "5万元"])


def test_every_figure_is_a_mention_with_its_place():
    text = "收入预算 3 845.49 万 元，比上年 增加 2.50 万元。"
    statements, mentions = read_statements([paragraph(text)], 2026, BUDGET)
    assert [text[m.start : m.end] for m in mentions] == ["3 845.49 万 元", "2.50 万元"]
    word = statements[0].comparisons[0].word
    assert text[word.start : word.end] == "增加"


def test_contents_and_captions_are_not_prose():
    lines = [paragraph("收入预算10万元", role=role) for role in ("contents", "caption", "cover")]
    assert read_statements(lines, 2026, BUDGET) == ((), ())


WORDS = [
    "收入预算",
    "支出",
    "2026年",
    "比上年",
    "增加",
    "下降",
    "其中：",
    "包括",
    "占",
    "1.",
    "（一）",
    "（",
    "）",
    "，",
    "。",
    "；",
    "、",
    "：",
    "主要原因是",
    "主要用于",
]
WORDS += ["10.00万元", "5%", "3辆", "年初预算为", "支出决算为", "完成", "持平", "没有", "（类）", "（项）", " ", "", "分别", "按功能分类"]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), max_size=4), st.sampled_from(list(Kind)))
def test_any_sequence_of_words_is_read_and_points_to_what_is_printed(texts, kind):
    statements, mentions = read_statements([paragraph(text) for text in texts], 2026, kind)
    for mention in mentions:
        stands = texts[mention.paragraph][mention.start : mention.end]
        assert stands
        assert mention.text.startswith(stands)
    for index, statement in enumerate(statements):
        assert statement.label
        assert statement.parent is None or statement.parent != index
        assert 0 <= statement.start <= statement.end <= len(texts[statement.paragraph])
        for comparison in statement.comparisons:
            word = comparison.word
            assert word is None or texts[word.paragraph][word.start : word.end].replace(" ", "") == word.text
