"""The arithmetic of tables: small tables beside the expected finding."""

from __future__ import annotations

from disclosures import findings, table

from model.findings import Severity

SOUND = """
科目编码 | 科目名称 | 支出预算/合计 | 支出预算/基本支出 | 支出预算/项目支出
206     | 科学技术支出   | 310.00 |        | 310.00
20602   | 基础研究       | 230.00 |        | 230.00
2060208 | 科技人才队伍建设 | 230.00 |      | 230.00
20604   | 技术与开发     | 80.00  |        | 80.00
2060499 | 其他技术与开发支出 | 80.00 |     | 80.00
221     | 住房保障支出   | 38.11  | 38.11  |
22102   | 住房改革支出   | 38.11  | 38.11  |
2210201 | 住房公积金     | 38.11  | 38.11  |
        | 总计          | 348.11 | 38.11  | 310.00
"""


def test_sound_table_has_no_finding():
    for severity in Severity:
        assert [f for f in findings(table(SOUND), severity=severity) if f.rule[:2] in {"FT", "CF", "TI"}] == []


def test_one_wrong_figure_is_one_finding_that_names_it_and_its_repair():
    wrong = SOUND.replace("2060208 | 科技人才队伍建设 | 230.00 |      | 230.00", "2060208 | 科技人才队伍建设 | 320.00 |      | 230.00")
    (finding,) = findings(table(wrong))
    assert finding.suspect is not None
    assert (finding.suspect.source.text, finding.suspect.proposed, finding.suspect.cause) == ("320.00", "230.00", "transposition")
    assert finding.suspect.explains == 2


def test_wrong_class_total_is_found_by_its_sections_and_the_grand_total():
    wrong = SOUND.replace("206     | 科学技术支出   | 310.00", "206     | 科学技术支出   | 301.00")
    (finding,) = findings(table(wrong))
    assert finding.suspect is not None
    assert (finding.suspect.source.text, finding.suspect.proposed, finding.suspect.explains) == ("301.00", "310.00", 3)


def test_gap_that_rounding_explains_is_no_error():
    rounded = SOUND.replace("| 总计          | 348.11", "| 总计          | 348.12").replace(
        "2060499 | 其他技术与开发支出 | 80.00", "2060499 | 其他技术与开发支出 | 80.01"
    )
    assert findings(table(rounded)) == []
    assert {f.rule for f in findings(table(rounded), severity=Severity.ROUNDING)} >= {"FT101", "FT201"}


def test_total_may_stand_first():
    lines = SOUND.strip().splitlines()
    assert findings(table("\n".join([lines[0], lines[-1], *lines[1:-1]]))) == []


def test_codes_spread_over_three_columns_are_one_code():
    split = """
    类 | 款 | 项 | 科目名称 | 合计 | 基本支出 | 项目支出
    201 |    |    | 一般公共服务支出 | 376.35 | 376.35 |
    201 | 03 |    | 政府办公厅（室）及相关机构事务 | 376.35 | 376.35 |
    201 | 03 | 01 | 行政运行 | 187.22 | 187.22 |
    201 | 03 | 50 | 事业运行 | 189.13 | 189.13 |
        |    |    | 合计 | 376.35 | 376.35 |
    """
    assert findings(table(split)) == []
    (finding,) = findings(table(split.replace("189.13 | 189.13", "189.13 | 819.13")))
    assert finding.suspect is not None
    assert finding.suspect.source.row_label == "2010350 事业运行"


def test_two_sided_table_balances_with_carry_over():
    balance = """
    收入/项目 | 收入/预算数 | 支出/项目 | 支出/预算数
    一、本年收入 | 1,032.49 | 201 一般公共服务支出 | 376.35
    1. 一般公共预算拨款 | 832.49 | 206 科学技术支出 | 656.14
    2. 单位资金 | 200.00 | |
    二、上年结转结余 | 512.15 | 221 住房保障支出 | 512.15
    收入总计 | 1,544.64 | 支出总计 | 1,544.64
    """
    assert findings(table(balance, "部门收支总体情况表")) == []
    wrong = balance.replace("1. 一般公共预算拨款 | 832.49", "1. 一般公共预算拨款 | 823.49")
    (finding,) = findings(table(wrong, "部门收支总体情况表"))
    assert "823.49" in {place.source.text for place in finding.locations}


def test_same_subject_in_two_tables_ties():
    general = table(SOUND, "一般公共预算支出情况表", number=1)
    again = table(SOUND.replace("230.00", "203.00", 2).replace("310.00", "283.00"), "一般公共预算支出预算表", number=2)
    assert any(f.rule == "TI101" or "TI101" in str(f.symptoms) for f in findings(general, again))


def test_amounts_in_yuan_tie_with_amounts_in_wan_yuan():
    yuan = SOUND.replace("310.00", "3,100,000").replace("230.00", "2,300,000").replace("80.00", "800,000")
    yuan = yuan.replace("38.11", "381,100").replace("348.11", "3,481,100")
    assert findings(table(SOUND, number=1), table(yuan, unit="元", number=2)) == []


def test_units_over_their_projects_are_read_from_the_sums():
    nested = """
    单位名称 | 项目名称 | 金额
    合计 | | 188.50
    甲局 | | 5.50
     | 办公设备购置 | 1.30
     | 印刷服务 | 4.20
    乙中心 | | 183.00
     | 物业管理服务 | 13.00
     | 信息系统运维 | 170.00
    """
    assert findings(table(nested, "政府采购支出表")) == []


def test_reckoned_columns_follow_from_the_others():
    rates = """
    科目编码 | 科目名称 | 2025年执行数 | 2026年预算数 | 2026年预算数比2025年执行数/增减额 | 2026年预算数比2025年执行数/增减%
    2014001 | 行政运行 | 200.00 | 210.00 | 10.00 | 5.00%
    2014002 | 一般行政管理事务 | 100.00 | 80.00 | -20.00 | -20.00%
    2014003 | 机关服务 | 50.00 | 60.00 | 10.00 | 25.00%
    """
    (finding,) = findings(table(rates, "一般公共预算支出表"))
    assert finding.rule == "RC201"
    assert (finding.stated, finding.expected) == ("25.00", "20.00")
