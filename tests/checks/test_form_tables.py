"""Names, contents, layout and purposes: text against the tables of the same document."""

from __future__ import annotations

from dataclasses import replace

from disclosures import document, prose, table
from test_form_text import remarks

from checks.book import Book
from checks.form_likeness import distance, near_misses
from checks.registry import RULES, Remark
from ingest.facts import read_facts
from model.document import Document, Kind
from model.findings import Severity

SPENDING = """
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
201     | 一般公共服务支出 | 30.00 | 20.00 | 10.00
20140   | 信访事务 | 30.00 | 20.00 | 10.00
2014001 | 行政运行 | 20.00 | 20.00 |
2014004 | 信访业务 | 10.00 | | 10.00
208     | 社会保障和就业支出 | 5.00 | 5.00 |
20805   | 行政事业单位养老支出 | 5.00 | 5.00 |
2080501 | 行政单位离退休 | 5.00 | 5.00 |
        | 合计 | 35.00 | 25.00 | 10.00
"""
BASIC = """
科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费
301   | 工资福利支出 | 8.00 | 8.00 |
30101 | 基本工资 | 5.00 | 5.00 |
30102 | 津贴补贴 | 2.00 | 2.00 |
30103 | 奖金 | 1.00 | 1.00 |
30107 | 绩效工资 | | |
302   | 商品和服务支出 | 2.00 | | 2.00
30201 | 办公费 | 2.00 | | 2.00
      | 合计 | 10.00 | 8.00 | 2.00
"""
spending = table(SPENDING)
basic = table(BASIC, "一般公共预算基本支出表", number=2)


def found_in(made: Document, rule: str) -> list[Remark]:
    """What one rule finds in a document."""
    return [item for item in RULES[rule].run(Book(made, read_facts(made))) if isinstance(item, Remark)]


def test_section_under_its_old_name():
    (found,) = remarks("CC201", "社会保障和就业（类）行政事业单位离退休（款）行政单位离退休（项）5.00万元。", spending)
    assert found.params["pairs"] == "“行政事业单位离退休”→“行政事业单位养老支出”"
    assert remarks("CC201", "社会保障和就业（类）行政事业单位养老支出（款）行政单位离退休（项）5.00万元。", spending) == []


def test_sections_name_in_the_place_of_an_items_is_an_error_where_an_amount_is_stated():
    (explained,) = remarks("CC201", "一般公共服务（类）信访事务（款）信访事务（项）：指专用于信访业务的支出。", spending)
    (stated,) = remarks("CC201", "一般公共服务（类）信访事务（款）信访事务（项）10.00万元。", spending)
    assert (explained.severity, stated.severity) == (None, Severity.ERROR)


def test_subject_that_no_table_has_is_a_question_unless_it_has_no_money():
    (found,) = remarks("CC201", "一般公共服务（类）信访事务（款）公务员医疗补助（项）：反映医疗补助。", spending)
    assert (found.variant, found.severity) == ("absent", Severity.WARNING)
    assert remarks("CC201", "一般公共服务（类）信访事务（款）公务员医疗补助（项）0万元，下降100%。", spending) == []


def test_name_one_character_off():
    (found,) = remarks("CC202", "相应的工作福利支出随之增加。", basic)
    assert found.params["pairs"] == "“工作福利支出”—“工资福利支出”"
    assert remarks("CC202", "相应的工资福利支出、商品和服务支出随之增加。", basic) == []


def test_distance_counts_swapped_neighbours_once():
    assert distance("工资福利", "工资利福") == 1
    assert distance("工资福利", "福利") == 2
    assert list(near_misses("对个人家庭的补助", ["对个人和家庭的补助"], frozenset())) == [(0, 8, "对个人和家庭的补助")]


def test_listed_items_have_money_and_all_that_have_money_are_listed():
    (found,) = remarks("CC301", "人员经费8.00万元，主要包括：基本工资、津贴补贴、奖金、绩效工资、退休费。", basic)
    assert found.params["names"] == "“绩效工资”、“退休费”"
    (found,) = remarks("CC301", "人员经费8.00万元，主要包括：基本工资、津贴补贴、住房公积金、医疗费、离休费。", basic)[1:]
    assert (found.variant, found.params["names"]) == ("unlisted", "“奖金”")
    assert remarks("CC301", "人员经费是指基本工资、津贴补贴、奖金、绩效工资、退休费等支出。", basic) == []


def test_project_money_under_running_costs():
    wrong = table(SPENDING.replace("行政运行 | 20.00 | 20.00 |", "行政运行 | 21.00 | 20.00 | 1.00"))
    assert remarks("CC401", "", spending) == []
    (found,) = remarks("CC401", "行政运行（项）21.00万元，主要用于行政单位的基本支出。", wrong)
    assert [source.text for _, source in found.places][-1].endswith("基本支出")


def test_item_explained_as_project_expenditure_has_no_basic_expenditure():
    assert remarks("CC402", "行政单位离退休（项）：反映用于离退休的其他项目支出。", spending)
    assert remarks("CC402", "行政单位离退休（项）：反映用于离退休的基本支出和项目支出。", spending) == []


def test_purpose_of_another_item():
    items = table("""
    科目编码 | 科目名称 | 合计
    2101102 | 事业单位医疗 | 3.00
    2210201 | 住房公积金 | 2.00
            | 合计 | 5.00
    """)
    text = "住房保障支出（类）住房改革支出（款）住房公积金（项）。主要用于：{}。年初预算为2.00万元。"
    (found,) = remarks("NT806", text.format("事业单位医疗保险支出"), items)
    assert (found.params["own"], found.params["other"]) == ("住房公积金", "事业单位医疗")
    assert remarks("NT806", text.format("事业单位住房公积金支出"), items) == []


def contents(*lines: str, body: str) -> Document:
    """A document with a table of contents of those lines on its first page."""
    listed = tuple(replace(p, role="contents") for p in prose("\n".join(lines), page=1))
    return replace(document(spending), paragraphs=(*listed, *prose(body)))


LISTED = ("目录", "第一部分概况", "一、主要职能", "二、机构设置", "第二部分预算表", "一、部门支出总体情况表", "二、部门收入总体情况表")
BODY = "# 第一部分概况\n# 一、主要职责\n# 二、机构设置\n# 第二部分预算表\n# 部门支出总体情况表\n# 部门收入总体情况表"


def test_headings_against_the_contents():
    (found,) = found_in(contents(*LISTED, body=BODY), "PR102")
    assert found.params["pairs"] == "“主要职能”→“主要职责”"
    assert found_in(contents(*LISTED, body=BODY.replace("职责", "职能")), "PR102") == []


def test_table_of_the_contents_that_is_missing():
    more = (*LISTED, "三、政府采购预算表")
    assert found_in(contents(*LISTED, body=BODY), "PR101") == []
    (found,) = found_in(contents(*more, body=BODY), "PR101")
    assert found.params["name"] == "政府采购预算表"
    assert [role for role, _ in found.places] == ["stated", "due"]


def test_contents_of_a_document_whose_tables_are_another_file():
    assert found_in(contents(*LISTED, body="# 第一部分概况\n# 一、主要职能\n# 二、机构设置"), "PR101") == []


def test_pages_of_the_contents():
    paged = [f"{line}……………{page}" for line, page in zip(LISTED[1:], (9, 9, 9, 9, 9, 12), strict=True)]
    (found,) = found_in(contents("目录", *paged, body=BODY), "PR104")
    assert found.params["number"] == "1"


def test_part_without_its_number():
    listed = (*LISTED, "第三部分情况说明")
    (found,) = found_in(contents(*listed, body=BODY + "\n# 情况说明"), "PR103")
    assert (found.variant, found.params["marks"], found.params["examples"]) == ("number", "“第三部分”", "“情况说明”")


def test_line_of_the_contents_that_is_wrapped():
    body = BODY.replace("职责", "职能")
    listed = (*LISTED, "第三部分2026年部门预算情况", "说明")
    assert found_in(contents(*listed, body=body + "\n# 第三部分2026年部门预算情况说明"), "PR102") == []
    assert found_in(contents(*listed, body=body + "\n# 第三部分2026年部门预算情况说明"), "PR103") == []
    (found,) = found_in(contents(*listed, body=body + "\n# 第三部分2026年部门预算情况"), "PR103")
    assert found.params["examples"] == "“说明”"


def test_required_table():
    titles = [
        "收支总表",
        "收入总表",
        "支出总表",
        "财政拨款收支总表",
        "一般公共预算支出表",
        "一般公共预算基本支出表",
        "政府性基金预算支出表",
    ]
    tables = [table(SPENDING, title, number=i) for i, title in enumerate(titles, start=1)]
    (found,) = found_in(document(*tables), "PR403")
    assert found.variant == "three-public"
    assert found_in(document(*tables, table(SPENDING, "“三公”经费支出表", number=8)), "PR403") == []


def test_nil_statement_against_a_table_with_amounts():
    funds = table(SPENDING, "政府性基金预算支出表")
    text = "本部门2026年没有使用政府性基金预算拨款安排的支出。"
    (found,) = remarks("PR405", text, funds)
    assert found.params["amount"] == "30.00万元"
    assert remarks("PR405", text, spending) == []
    assert remarks("PR405", "本部门2025年没有使用政府性基金预算拨款安排的支出。", funds) == []


def test_table_numbers():
    tables = [replace(table(SPENDING, f"{name}表", number=i), number=f"表{i}") for i, name in enumerate("甲乙丙丁戊己", start=1)]
    assert found_in(document(*tables), "PR404") == []
    (found,) = found_in(document(*(replace(t, number="表7") if t.number == "表6" else t for t in tables)), "PR404")
    assert found.params["after"] == "表7 己表"


def test_column_that_is_blank():
    listed = "项目名称 | 金额 | 项目简介\n甲 | 1.00 |\n乙 | 2.00 |\n丙 | 3.00 |"
    (found,) = remarks("PR301", "", table(listed, "项目表"))
    assert found.params["column"] == "项目简介"
    assert remarks("PR301", "", table(listed.replace("3.00 |", "3.00 | 培训"), "项目表")) == []


def test_reference_to_a_table_that_is_not_there():
    assert remarks("PR401", "具体内容详见政府采购预算明细表。", spending)
    assert remarks("PR401", "具体内容详见本部门的部门支出总体情况表。", spending) == []


def test_separators_in_one_table():
    mixed = table(SPENDING.replace("30.00", "3,000.00").replace("20.00", "2000.00"))
    (found,) = remarks("FI103", "", mixed)
    assert {source.text for _, source in found.places} == {"3,000.00"}


def test_label_under_two_spellings():
    income = "项目 | 金额\n附属单位上缴收入 | 1.00\n合计 | 1.00"
    other = table(income.replace("附属", "对附属"), "收入总表", number=2)
    (found,) = remarks("CC601", "", table(income, "收支总表"), other)
    assert found.params["pairs"] == "“附属单位上缴收入”—“对附属单位上缴收入”"
    assert remarks("CC601", "", table(income, "收支总表"), table(income, "收入总表", number=2)) == []


def test_figure_of_this_year_under_another():
    large = table(SPENDING.replace("35.00", "3,500.25"))
    assert remarks("YR108", "2025年支出预算3,500.25万元。", large)
    assert remarks("YR108", "2026年支出预算3,500.25万元，2025年支出预算3,400.25万元。", large) == []


def test_another_organisation():
    made = replace(
        document(text="甲市教育局2026年收入1元。\n甲市教育局2026年支出1元。\n乙市卫生局2026年支出1元。"), organization="甲市教育局"
    )
    (found,) = found_in(made, "CC605")
    assert found.params["text"] == "乙市卫生局"


def test_blank_page():
    made = document(spending, text="本部门职责。")
    blank = replace(made, pages=tuple(replace(p, has_text=p.number != 3) for p in made.pages))
    assert found_in(made, "PR201") == []
    assert [source.place.page for _, source in found_in(blank, "PR201")[0].places] == [3]


def test_rules_of_final_accounts_are_asked_of_final_accounts():
    assert remarks("YR104", "实施周期：2025年1月1日-2025年12月31日", kind=Kind.FINAL_ACCOUNTS, year=2024) == []


def test_code_with_a_name_that_nobody_else_prints():
    assert remarks("CC203", "", spending) == []
    (found,) = remarks("CC203", "", table(SPENDING.replace("社会保障和就业支出", "社会保险和就业支出")))
    assert found.params["pairs"] == "“208 社会保险和就业支出”—“社会保障和就业支出”"


def test_empty_table_of_a_fund_is_explained():
    empty = table("科目编码 | 科目名称 | 合计\n | 合计 |", "政府性基金预算支出表")
    assert remarks("PR406", "本部门履行职责。", empty)
    assert remarks("PR406", "本部门没有使用政府性基金预算拨款安排的支出。", empty) == []


def test_goal_of_another_project():
    goal = "保障信息系统全年稳定运行，及时排除故障，提高服务对象的满意程度，支撑各项业务工作的顺利开展。"
    listed = f"项目名称 | 金额 | 绩效目标\n甲系统 | 1.00 | {goal}\n乙系统 | 2.00 | {{}}"
    (found,) = remarks("NT807", "", table(listed.format(goal), "项目表"))
    assert found.params["names"] == "“甲系统”、“乙系统”"
    assert remarks("NT807", "", table(listed.format("建成乙系统。"), "项目表")) == []
