"""Layouts of other places: classes that go on in the next half, dashes where a form asks no figure, “三公” items down the rows."""

from __future__ import annotations

from disclosures import document, findings, table

from ingest.facts import read_facts

HALVES = """
科目编码|科目名称|金额|科目编码|科目名称|金额|科目编码|科目名称|金额
301|工资福利支出|30.00|302|商品和服务支出|60.00|30215|会议费|15.00
30101|基本工资|20.00|30201|办公费|10.00|30216|培训费|15.00
30102|津贴补贴|10.00|30202|印刷费|20.00|310|资本性支出|8.00
|||||| 31002|办公设备购置|8.00
"""
THREE_PUBLIC = """
项目|行次|预算数|决算统计数
（一）支出合计|1|9.00|8.00
1．因公出国（境）费|2|0.00|0.00
2．公务用车购置及运行维护费|3|5.00|5.00
（1）公务用车购置费|4|0.00|0.00
（2）公务用车运行维护费|5|5.00|5.00
3．公务接待费|6|4.00|3.00
（1）国内接待费|7|—|3.00
（2）国（境）外接待费|8|—|0.00
"""
TITLE = "财政拨款“三公”经费、行政参公单位机关运行经费情况表"


def test_a_class_goes_on_in_the_next_half():
    assert findings(table(HALVES, "一般公共预算财政拨款基本支出决算表")) == []
    (found,) = findings(table(HALVES.replace("会议费|15.00", "会议费|51.00"), "一般公共预算财政拨款基本支出决算表"))
    assert found.suspect is not None
    assert "302" in found.equation


def test_a_dash_divides_nothing():
    assert findings(table(THREE_PUBLIC, TITLE)) == []
    assert findings(table(THREE_PUBLIC.replace("公务接待费|6|4.00|3.00", "公务接待费|6|4.60|3.00"), TITLE))


def test_a_budget_is_no_sum_of_outturns():
    rows = "项目|预算数|决算数\n“三公”经费合计|9.00|8.00\n因公出国（境）费|0.00|0.00\n公务接待费|9.00|8.00"
    assert findings(table(rows, "“三公”经费支出决算表")) == []


def test_the_row_names_the_item_where_the_column_names_none():
    text = "公务接待费支出预算为{}万元。"
    assert findings(table(THREE_PUBLIC, TITLE), text=text.format("4.00")) == []
    (found,) = findings(table(THREE_PUBLIC, TITLE), text=text.format("6.00"))
    assert "公务接待费" in found.equation


CLASSES = """
科目编码|科目名称|总计|项目支出/合计|项目支出/商品和服务支出|项目支出/资本性支出
201|一般公共服务支出|1,040.78|1,040.78|753.06|287.72
20138|市场监督管理事务|1,040.78|1,040.78|753.06|287.72
2013802|一般行政管理事务|300.20|300.20|300.20|
2013803|机关服务|339.00|339.00|339.00|
2013804|经营主体管理|401.58|401.58|113.86|287.72
"""
PROJECTS = """
科目编码|科目名称|合计|项目支出
201|一般公共服务支出|1,040.78|1,040.78
20138|市场监督管理事务|1,040.78|1,040.78
2013802|一般行政管理事务|300.20|300.20
2013803|机关服务|339.00|339.00
2013804|经营主体管理|401.58|401.58
"""


def test_an_economic_class_under_projects_is_not_all_projects():
    assert findings(table(PROJECTS, "支出总表"), table(CLASSES, "支出预算分类汇总表", number=2)) == []


def test_the_total_of_a_three_public_table_is_not_the_documents():
    text = "2026年度一般公共预算财政拨款支出决算为3,719.34万元。"
    assert findings(table(THREE_PUBLIC, TITLE), text=text) == []


def test_conference_cost_is_no_part_of_a_three_public_total():
    header = "“三公”经费合计|因公出国（境）费|公务用车购置及运行维护费/小计|公务用车购置及运行维护费/公务用车购置费|"
    header += "公务用车购置及运行维护费/公务用车运行维护费|公务接待费|会议费|培训费"
    rows = header + "\n3.75|0.00|2.13|0.00|2.13|1.63|1.92|0.00"
    assert findings(table(rows, "一般公共预算“三公”经费、会议费、培训费支出表")) == []


def test_a_line_may_count_things_among_amounts():
    rows = "项目|行次|决算统计数\n（一）支出合计|1|8.00\n1．公务接待费|2|8.00\n（二）相关统计数|3|—\n1．公务用车保有量（辆）|4|3"
    facts = read_facts(document(table(rows, TITLE))).cells
    assert [(f.amount.unit.symbol, f.amount.text) for f in facts if f.amount.unit] == [("万元", "8.00"), ("万元", "8.00"), ("辆", "3")]
