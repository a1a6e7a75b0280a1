"""Wording, punctuation, lists, citations, years and figures of the text: each test shows the slip and the same words without it."""

from __future__ import annotations

import pytest
from disclosures import document

from checks.book import Book
from checks.registry import RULES, Remark
from checks.wording import listed
from ingest.facts import read_facts
from model.document import Kind
from model.findings import Result

FULL_STOPS = "".join(f"本部门按规定{act}，接受监督。\n" for act in ("履行职责", "使用资金", "公开预算", "报告工作"))


def remarks(rule: str, text: str, *tables: object, **more: object) -> list[Remark]:
    """What one rule finds in a disclosure of that text."""
    made = document(*tables, text=text, **more)  # type: ignore[arg-type]
    found = RULES[rule].run(Book(made, read_facts(made)))
    return [item for item in found if isinstance(item, Remark) and item.result is Result.FAIL]


WRONG_AND_RIGHT = [
    ("WO101", "用于日常运行等方面的支出。。", "用于日常运行等方面的支出。"),
    ("WO101", "运行维护费0万元，比上年减少318.88万元。）比上年减少", "运行维护费0万元，比上年减少318.88万元），比上年减少"),
    ("WO101", "公务接待费1.35万元。比2024年预算持平", "公务接待费1.35万元，与2024年预算持平"),
    ("WO102", "结合本区实际,制订办法。", "结合本区实际，制订办法。"),
    ("WO102", "行政运行（款)支出。", "行政运行（款）支出。"),
    ("WO103", "开展“人民调解协议书检查”、优秀案例”活动。", "开展“人民调解协议书检查”、“优秀案例”活动。"),
    ("WO103", "根据《达标的意见》的通知》要求。", "根据《达标的意见》的通知要求。"),
    ("WO104", "原因：1、压减经费；2、车辆不超上年数3、使用新能源车。", "原因：1、压减经费；2、车辆不超上年数；3、使用新能源车。"),
    ("WO105", FULL_STOPS + "机关运行经费的主要原因是预算增加", FULL_STOPS + "机关运行经费的主要原因是预算增加。"),
    ("WO201", "公务接待费比2025年预算持平。", "公务接待费与2025年预算持平。"),
    ("WO201", "从一个入口登陆系统。", "从一个入口登录系统，在北海登陆。"),
    ("WO201", "预算数3,623.98为万元。", "预算数为3,623.98万元。"),
    ("WO201", "截止2025年12月31日，共有车辆3辆。", "截至2025年12月31日，共有车辆3辆，报名截止时间另行通知。"),
    ("WO201", "支出比上年1.43万元，增长0.68%。", "支出比上年增加1.43万元，增长0.68%。"),
    ("WO202", "进一步进一步优化结构。", "进一步优化结构，讨论目的的确定。"),
    ("WO203", "制定技术规范and标准。", "制定技术规范和标准，开展AI应用。"),
    ("WO203", "2026A年的任务。", "2026年的任务。"),
    ("WO203", "缴纳職業年金，按国家规定的标准执行，" + "按规定履行职责。" * 30, "缴纳职业年金，按国家规定的标准执行。"),
    ("WO204", "上海市XX局部门预算。", "上海市教育局部门预算，IX级。"),
    ("WO204", "具体包括（列示至基层预算单位）：", "具体包括（不含基层预算单位）："),
    ("WO301", "（一）职责\n(二)机构\n（三）人员", "（一）职责\n（二）机构\n（三）人员"),
    ("WO302", "（一）职责如下。\n（二）机构如下。\n（四）人员如下。", "（一）职责如下。\n（二）机构如下。\n（三）人员如下。"),
    ("WO401", "依据克财行【2025】46号文件。", "依据克财行〔2025〕46号文件。"),
    ("WO401", "根据闽人社文〔2009〕60及榕劳社保〔2010〕38号文件", "根据闽人社文〔2009〕60号及榕劳社保〔2010〕38号文件"),
    ("WO402", "《关于举办活动周的通知》、《关于举办活动周的通知》", "《关于举办活动周的通知》、《关于举办科技节的通知》"),
    ("WO403", "《进一步加强人民调解经费保障的意见》《进一步加强人民调解工作经费保障的意见》", "《进一步加强人民调解工作经费保障的意见》"),
    (
        "WO501",
        "建成后作为街道社区事物受理场所。\n建成后作为街道社区事务受理场所。",
        "本年增加的主要原因是人员。\n本年减少的主要原因是人员。",
    ),
    ("YR101", "支出预算832.49万元，比2026年预算增加79.14万元。", "支出预算832.49万元，比2025年预算增加79.14万元。"),
    ("YR103", "国有资产：截至2026年12月31日，共有车辆0辆。", "国有资产：截至2025年12月31日，共有车辆0辆。"),
    ("YR104", "实施周期：2025年1月1日-2025年12月31日", "实施周期：2026年1月1日-2026年12月31日"),
    ("YR105", "2025年预估医疗救助147407人。", "2025年预计执行数100万元。"),
    ("YR105", "将明年要开展的工作做好。", "将今年要开展的工作做好。"),
    ("YR106", "依据《2024年重点工作任务书》。", "依据《2026年重点工作任务书》。"),
    ("YR107", "于2月30日前完成。", "于2月28日前完成。"),
    ("FI101", "差旅费8万，培训费5万元。", "差旅费8万元，培训150万人次。"),
    ("FI102", "货物预算252.619万元，工程1.00万元，服务2.00万元，接待3.00万元，会议4.00万元。", "货物预算252.62万元，工程1.00万元。"),
    ("FI103", "收入1,234.50万元，支出3136.40万元。", "收入1,234.50万元，支出3,136.40万元。"),
    ("FI105", "比上年增加 万元，增长 %。", "比上年增加1.00万元，增长5%。"),
    ("FI105", "比上年减少-3.20万元。", "比上年减少3.20万元。"),
    ("AN301", "联系人手机13800138000。", "联系电话0991-1380013。"),
    ("AN303", "国外考察活动资金4万元。\n因公出国（境）费用0.00万元。", "国外考察活动资金4万元。\n因公出国（境）费用4.00万元。"),
    ("AN304", "经批准购置的5辆公务用车。\n安排购置车辆6辆。", "经批准购置的5辆公务用车。\n安排购置车辆5辆。"),
    (
        "AN305",
        "收入37,151.47万元，比2024年预算执行数增加5万元。\n支出37,151.47万元，比2024年预算增加4万元。",
        "收入37,151.47万元，比2024年预算增加5万元。",
    ),
    ("NT701", "支出预算10万元，比上年减少3万元，主要原因是三公经费支出下降。", "支出预算10万元，比上年减少3万元，主要原因是取消一次培训。"),
    ("NT701", "比上年增加277.22%。主要原因是：业务量增加。", "比上年增加277.22%。主要原因是：新建信息化平台一期工程。"),
    ("NT702", "比上年减少3.00万元，主要原因是经费增加。", "比上年减少3.00万元，主要原因是经费减少。"),
    (
        "NT703",
        "下降的主要原因是：落实要求，审计事务、审计培训等项目支出。",
        "下降的主要原因是：落实要求，压减审计事务、审计培训等项目支出。",
    ),
    ("NT801", "新增纺织服装运输补助项目、纺织服装运输项目。", "新增纺织服装运输补助项目、纺织服装电费补助项目。"),
    (
        "NT803",
        "2026年不再安排“科技活动周工作经费”。\n科技活动周活动启动仪式费8万元。",
        "2026年不再安排“科技活动周工作经费”。\n科技之冬活动费3万元。",
    ),
    ("NT805", "\n".join(["本项目用于保障基层服务平台的日常运行和维护，" * 3] * 2), "本项目用于保障基层服务平台的日常运行和维护，" * 3),
    ("CC603", "# 单位运行经费情况\n机关运行经费6.64元。", "# 机关运行经费情况\n机关运行经费6.64元。"),
    ("PR402", "# 六、年度预算安排\n根据合同条款，按时拨付资金。", "# 六、年度预算安排\n安排资金20万元，按时拨付。"),
    ("PR402", "# 三、实施主体\n主要完成任务书印制工作，使各方进一步明晰目标。", "# 三、实施主体\n由办公室负责实施。"),
]


@pytest.mark.parametrize(("rule", "wrong", "right"), WRONG_AND_RIGHT, ids=lambda text: text[:18])
def test_slip_is_found_and_the_same_words_without_it_are_not(rule: str, wrong: str, right: str):
    assert remarks(rule, wrong)
    assert remarks(rule, right) == []


def test_all_places_of_one_slip_are_one_finding():
    (found,) = remarks("YR101", "收入比2026年预算增加1.00万元。\n支出比2026年预算增加1.00万元。\n基金与2026年预算持平。")
    assert found.params["count"] == "3"
    assert found.places[0][1].text == "比2026年预算增加1.00万元"


def test_personal_number_is_not_printed_again():
    (found,) = remarks("AN301", "联系人手机13800138000。")
    assert (found.stated, found.params["examples"]) == ("138****8000", "“138****8000”")
    assert found.places[0][1].text == "13800138000"


def test_travel_abroad_is_quoted_apart_from_what_is_stated_for_it():
    (found,) = remarks("AN303", "国外考察活动资金4万元。\n因公出国（境）费用0.00万元。")
    assert (found.params["examples"], found.params["stated"]) == ("“国外考察活动资金4万元”", "因公出国（境）费用0.00万元")
    assert [role for role, _ in found.places] == ["stated", "related"]


def test_reason_against_the_amounts_is_one_finding():
    reason = "支出增加，主要原因是工资调增，社保及公积金缴费基数调增，经费增加。"
    text = "住房公积金（项）2.00万元，比上年预算减少1.00万元。\n"
    (found,) = remarks("NT804", f"{text}{reason}\n{reason}".replace("社保及公积金", "公积金"))
    assert (found.params["reason"], found.params["item"]) == ("公积金缴费基数调增", "住房公积金")
    assert [role for role, _ in found.places] == ["stated", "stated", "related"]
    (lowered,) = remarks("NT804", f"{text}{reason}".replace("社保及", "").replace("减少", "增加").replace("基数调增", "基数调减"))
    assert lowered.variant == "lowered"


def test_english_lists_have_english_marks():
    assert listed("“a、b”、“c”；“d”等") == "“a、b”, “c”; “d” and others"


def test_budget_of_its_own_year_is_the_right_base_of_an_outturn():
    assert remarks("YR101", "支出决算与2024年预算持平。", year=2024, kind=Kind.FINAL_ACCOUNTS) == []
    assert remarks("YR101", "支出决算比2024年决算增加1.00万元。", year=2024, kind=Kind.FINAL_ACCOUNTS)


def test_year_of_the_accounts_is_the_balance_date():
    assert remarks("YR103", "截至2024年12月31日，资产共3辆。", year=2024, kind=Kind.FINAL_ACCOUNTS) == []
    assert remarks("YR103", "截至2023年12月31日，资产共3辆。", year=2024, kind=Kind.FINAL_ACCOUNTS)


def test_title_of_another_year():
    right = "# 第一部分2026年部门预算表\n# 第二部分2026年部门预算情况说明\n"
    assert remarks("YR102", right) == []
    (found,) = remarks("YR102", right + "# 第三部分2025年部门预算绩效")
    assert "2025年" in found.params["text"]


def test_item_that_does_not_begin_its_own_paragraph():
    (found,) = remarks("WO302", "（一）拟订规划。\n（二）管理资产。（三）监督检查。\n（四）其他任务。")
    assert found.variant == "inline"
    assert found.params["item"] == "（三）"


def test_space_seen_from_the_printed_distances():
    from dataclasses import replace

    made = document(text="保障公务用车的日常运行和维护。")
    paragraph = made.paragraphs[0]
    edges = list(paragraph.lines[0].edges)
    wide = [edge + 6 * (i > 3) for i, edge in enumerate(edges)]
    spaced = replace(made, paragraphs=(replace(paragraph, lines=(replace(paragraph.lines[0], edges=tuple(wide)),)),))
    assert not list(RULES["WO106"].run(Book(made, read_facts(made))))
    (found,) = RULES["WO106"].run(Book(spaced, read_facts(spaced)))
    assert isinstance(found, Remark)
    assert "公务" in found.params["text"]
