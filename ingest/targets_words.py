"""The words of performance forms: what a cell labels, what a column of indicators holds, which fund an amount is of."""

from __future__ import annotations

import re

from ingest.subjects import fund_of
from model.amounts import MONEY_UNITS, Unit
from model.meaning import Basis, Fund, Nature

NAME = re.compile(
    r"^(?:一级|二级)?(?:项目|政策|转移支付|专项(?:资金)?|任务|部门|单位|部门\(单位\)|预算部门)(?:\(政策\)|/政策|或政策)?名称(?:\(盖章\))?$"
)
UNIT = re.compile(
    r"^(?:预算单位|实施单位|主管部门|项目单位|资金使用单位|申报单位|填报单位|市级主管部门|省级主管部门|.{0,4}主管部门|.{0,3}承担单位)"
)
PERSON = re.compile(r"^(?:项目)?(?:负责人|联系人)|部门联系人")
OTHER_LABEL = re.compile(
    r"^(?:备注|其他说明|联系电话|项目(?:类别|属性|类型|期|编码|代码|周期)|实施期限?|存续状态|资金来源|自评得分|填报(?:人|日期)|部门职[能责]|评分|是否)"
)
GOAL = re.compile(
    r"^(?:(?:项目|年度|当年|整体|总体|中长期|实施期|本年度?|长期|短期)*(?:绩效)?总?(?:体)?目标(?:概述|内容)?"
    r"|预期目标|年初设定目标|目标内容|绩效目标完成情况)(?:\(.*\))?$"
)
DONE = re.compile(r"^(?:(?:年度|全年|目标)*(?:实际|总体)?完成情况|绩效目标完成情况)$")
ABOUT = re.compile(r"^(?:项目(?:概况|简介|内容|描述)|主要内容|项目主要内容|立项依据|政策依据|实施内容)$")
OF_WHOLE = re.compile(r"^(?:部门|单位|部门\(单位\)|预算部门)名称")
OVERALL = re.compile(r"整体|部门(?:预算)?绩效目标")
EXECUTION_POINTS = re.compile(r"^执行率分值")
END = re.compile(r"^(?:备注|其他说明|填报人|联系人|说明|注:)")
TOTALS = re.compile(r"^(?:总分|合计|总计|总得分)(?:\(.*\))?$")

COLUMNS = (
    ("reason", re.compile(r"偏差|原因|改进|赋分|评分标准|评价标准|佐证|备注|说明|核心|内涵|解释|公式")),
    ("basis", re.compile(r"依据|指标值来源")),
    ("last", re.compile(r"上年|历史|以前年度")),
    ("actual", re.compile(r"实际完成|完成值|完成情况|全年完成|实际值")),
    ("score", re.compile(r"得分|自评分")),
    ("weight", re.compile(r"权重|分值|分数")),
    ("sign", re.compile(r"性质$|^度量$|比较符|符号|^指标方向$")),
    ("unit", re.compile(r"单位$")),
    ("value", re.compile(r"指标值|目标值|预期值|绩效标准|^(?:年度|预期)目标$")),
    ("level1", re.compile(r"^一级指标")),
    ("level2", re.compile(r"^二级指标")),
    ("name", re.compile(r"^(?:三级|四级)指标|^(?:绩效)?指标(?:名称|内容)|^绩效指标$|^具体指标|^指标$")),
    ("activity", re.compile(r"^活动|^任务")),
)
FIRST_LEVELS = "产出指标|效益指标|满意度指标|成本指标|投入指标|过程指标|履职效能|管理效率|社会效应|运行成本|可持续发展能力"
SECOND_LEVELS = (
    "数量指标|质量指标|时效指标|经济成本指标|社会成本指标|生态环境成本指标|经济效益指标|社会效益指标|生态效益指标|可持续影响指标"
    "|服务对象满意度指标|社会公众满意度指标|满意度指标|成本指标"
)
LEVEL1 = re.compile(rf"^(?:{FIRST_LEVELS})")
LEVEL2 = re.compile(rf"^(?:{SECOND_LEVELS})")

MONEY = re.compile(
    r"资金|拨款|预算|金额|安排|支出|总额|合计|小计|结转|结余|财政|经费|收入|^其他|自筹|上级|补助|债券|单位自有|总计|执行数|决算数|到位|市级|省级|中央|区级|县级"
)
TOTAL = re.compile(
    r"总额|^(?:年度)?金额|总金额|^总?投资|总计|^合计|^总计|^小计|^当年预算|^(?:项目|年度|预算)?资金总[量数]|^(?:资金|预算)合计|^年度(?:预算|资金)数?$|预算数?$"
)
MULTI_YEAR = re.compile(r"实施期|中期|三年|周期|项目总投资")
STAGES = (
    ("rate", re.compile(r"执行率|完成率|支出率")),
    ("score", re.compile(r"得分")),
    ("weight", re.compile(r"分值|权重")),
    ("original", re.compile(r"年初预算|年初批复|年初数")),
    ("revised", re.compile(r"全年预算|调整(?:后)?预算|预算调整|调整数|^预算数")),
    ("outturn", re.compile(r"执行数|决算数|实际支出|支出数|到位数")),
)
BASES = {"original": Basis.ORIGINAL_BUDGET, "revised": Basis.REVISED_BUDGET, "outturn": Basis.OUTTURN}
LEVEL_FUNDS = re.compile(r"中央|省级|市级|区级|县级|区县|地方|上级|本级|省.{0,2}资金|市.{0,2}资金|一般公共预算|政府性基金|国有资本|债券")
OTHER_FUND = re.compile(r"其他|自筹|自有|单位资金|社会")
UNITS = re.compile(r"[(:：](?:单位[:：])?(亿元|百万元|万元|千元|元)\)?")
SIGNS = (
    ("≥", re.compile(r"^(?:≥|>=|＞=|>＝|＞＝|≧|﹥=|不低于|不少于|不小于|大于等于|大于或等于|达到)")),
    ("≤", re.compile(r"^(?:≤|<=|＜=|<＝|＜＝|≦|﹤=|不超过|不高于|不多于|不大于|小于等于|小于或等于|控制在)")),
    ("=", re.compile(r"^(?:=|＝|等于)")),
    (">", re.compile(r"^(?:>|＞|﹥|大于|高于|超过)")),
    ("<", re.compile(r"^(?:<|＜|﹤|小于|低于)")),
)
TRAILING_SIGN = re.compile(r"(?:≥|≤|>=|<=|=|＝|>|<|＞|＜)$")


def column_kind(text: str) -> str | None:
    """What a column of indicators holds, from its header; None for an unknown word."""
    return next((kind for kind, pattern in COLUMNS if pattern.search(text)), None)


def stage_of(text: str) -> str | None:
    """What a column of a self-evaluation's money holds: a budget, the outturn, the rate, weight or score."""
    return next((stage for stage, pattern in STAGES if pattern.search(text)), None)


def unit_named(*texts: str) -> Unit | None:
    """The money unit that the innermost of some labels prints in brackets (``项目资金（万元）``)."""
    for text in texts:
        if match := UNITS.search(text):
            return MONEY_UNITS[match.group(1)]
    return None


def fund_named(path: tuple[str, ...]) -> Fund | None:
    """The source of funds an amount's labels name, read from the innermost outwards; ALL for a total."""
    for depth, part in enumerate(reversed(path)):
        text = UNITS.sub("", part).removeprefix("其中").strip(":：")
        if depth == 0 and TOTAL.search(text) and not fund_of(text):
            outer = fund_named(path[:-1]) if len(path) > 1 else None
            return outer if outer and outer is not Fund.ALL else Fund.ALL
        if found := fund_of(text) or (Fund.OTHER if OTHER_FUND.search(text) else None):
            return found
        if TOTAL.search(text):
            return Fund.ALL if depth == 0 else None
    return None


def nature_named(path: tuple[str, ...]) -> Nature:
    """Basic or project expenditure where the innermost label says so."""
    last = path[-1] if path else ""
    return Nature.BASIC if "基本支出" in last else Nature.PROJECT if "项目支出" in last else Nature.TOTAL


def sign_of(text: str) -> tuple[str, str]:
    """The comparison a value begins with: its meaning and the sign as printed; two empty strings for none."""
    for meaning, pattern in SIGNS:
        if match := pattern.match(text):
            return meaning, match.group()
    return "", ""
