"""Indicators by themselves and against each other: class, unit, sign, repetition, and the same indicator in two forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from checks.book import Book
from checks.equations import Equation
from checks.performance import words
from checks.performance_costs import is_cost
from checks.performance_names import likeness, most_common, squeezed
from checks.registry import Remark, check
from model.amounts import Dimension
from model.findings import Severity
from model.targets import Indicator, ProjectTarget

RATE_NAME = re.compile(r"(?:覆盖|合格|完成|达标|及时|准确|满意|通过|采纳|整改|利用|使用|到位|执行|参与|发放)率$|效率$")
COST_RATE = re.compile(r"成本|节约|控制|执行|费用|变化|资金|预算|支出|造价|超|占比|之比|使用率|增长")
COUNT_NAME = re.compile(r"(?:次数|人数|数量|个数|场次|户数|家数|件数|篇数|册数|批次)$")
IMPLIED = re.compile(r"(?:人次|次数|人数|数量|个数|场次|户数|家数|件数|篇数|册数|批次|天数|率|度)$")
FAULTS = re.compile(r"投诉|事故|差错|故障|失误|违规|错误|纠纷|死亡|泄密|发生")
SATISFACTION = re.compile(r"满意|投诉|认可|好评|评价|信访|纠纷|差评|测评|公众|得分|不满")
MONEY_NAME = re.compile(r"成本|费用|费$|标准|价格|工资|薪")
SIGN_STYLES = ({"≥", "≤"}, {">=", "<=", "＞＝", "＜＝", ">＝", "<＝"})
SHORT_UNITS = {"万": "万元", "亿": "亿元"}
PLACES = re.compile(r"(?:城区|县区|区县|县|市|区|省|乡镇|街道|社区|村|企业|学校)个?数量?$")
UNFIT = {"件", "张", "份", "台", "套", "册", "公里", "吨", "平方米", "%"}
ALIKE = 0.9
LONG = 7
LONG_PREFIX = 5
ADDED = "各对全本新该按向为在将与和及原各类年第大小"
EXAMPLES = 6


def all_indicators(book: Book) -> Iterator[tuple[ProjectTarget, Indicator]]:
    """Every indicator with its project."""
    return ((target, indicator) for target in book.facts.targets for indicator in target.indicators)


def count_symbol(indicator: Indicator) -> str:
    """What an indicator counts in; "" for rates, money and words."""
    unit = indicator.value.amount.unit if indicator.value else None
    return unit.symbol if unit is not None and unit.dimension is Dimension.COUNT else ""


def is_percent(indicator: Indicator) -> bool:
    """Whether the target value is a percentage."""
    unit = indicator.value.amount.unit if indicator.value else None
    return unit is not None and unit.dimension is Dimension.PERCENT


def misfit(indicator: Indicator) -> str | None:
    """Why an indicator does not belong to its class, as a key of the catalogue; None where it may."""
    classes, name = "".join(indicator.levels), indicator.name
    if "满意" in classes:
        return None if SATISFACTION.search(name) else "satisfaction"
    if "社会成本" in classes and indicator.value and is_cost(indicator) and indicator.per and "成本" in name:
        return "social-cost"
    if "成本" in classes:
        wrong = RATE_NAME.search(name) and is_percent(indicator) and not COST_RATE.search(name)
        return "cost" if wrong else None
    if "数量" in classes:
        return "quantity" if RATE_NAME.search(name) and is_percent(indicator) else None
    if "质量" in classes and not FAULTS.search(name):
        plain = indicator.value is not None and indicator.value.amount.unit is None
        counted = COUNT_NAME.search(name) and count_symbol(indicator)
        return "quality" if counted or (plain and indicator.comparator and indicator.value and indicator.value.amount.value > 100) else None
    return None


@check("AN508", "indicator-in-the-wrong-class", Severity.WARNING)
def misplaced(book: Book) -> Iterator[Equation | Remark]:
    """An indicator belongs to the class it stands under: counts are quantity, rates quality, money cost, opinions satisfaction.

    Basis: 项目支出绩效目标管理: 数量, 质量, 时效, 成本 and 满意度 measure different things. Likely causes: an indicator chosen to fill a
    field. Example: 开展医保宣传活动次数 as 质量指标; 行政处罚案件完成及时率 as 成本指标.
    """
    found: dict[tuple[str, str], list[tuple[ProjectTarget, Indicator]]] = defaultdict(list)
    for target, indicator in all_indicators(book):
        if reason := misfit(indicator):
            found[target.name_source.key, reason].append((target, indicator))
    for (_, reason), lines in found.items():
        target, first = lines[0]
        label = "；".join(f"{i.name} {i.text}" for _, i in lines[:EXAMPLES])
        params = words(book, target, label=label, group=" › ".join(x for x in first.levels if x))
        yield Remark("AN508", tuple(("stated", i.source) for _, i in lines), params, reason, stated=label)


@check("AN509", "same-indicator-with-another-target", Severity.WARNING)
def same_indicator(book: Book) -> Iterator[Equation | Remark]:
    """An indicator of the whole department's form has the target that the project's form sets for it.

    Basis: the department's goals are those of its projects. Compared by name, in the same unit. Likely causes: one form changed alone, a
    digit too many. Example: 抽检监督检查工作覆盖率 ≥ 99 % in the department's form, ≥ 95 % in the project's.
    """
    wholes = [(t, i) for t, i in all_indicators(book) if t.overall and comparable(i)]
    others = [(t, i) for t, i in all_indicators(book) if not t.overall and comparable(i)]
    by_unit: dict[str, list[tuple[ProjectTarget, Indicator]]] = defaultdict(list)
    for target, indicator in others:
        by_unit[unit_key(indicator)].append((target, indicator))
    for target, indicator in wholes:
        near = [pair for pair in by_unit[unit_key(indicator)] if alike(indicator.name, pair[1].name)]
        exact = [pair for pair in near if squeezed(pair[1].name) == squeezed(indicator.name)]
        if shared_out(indicator, [twin for _, twin in exact]):
            continue
        for other, twin in exact or near[:2]:
            if twin.value and indicator.value and twin.value.amount.base != indicator.value.amount.base:
                params = words(book, target, label=indicator.name, value=indicator.text, other=twin.name, other_value=twin.text)
                places = (("stated", indicator.value.source), ("related", twin.value.source), ("related", other.name_source))
                params["other_project"] = other.name
                yield Remark("AN509", places, params, stated=indicator.text, expected=twin.text)


def shared_out(indicator: Indicator, twins: list[Indicator]) -> bool:
    """Whether the department's count is the sum of its projects'."""
    total = sum((t.value.amount.base for t in twins if t.value), Decimal(0))
    return len(twins) > 1 and not is_percent(indicator) and indicator.value is not None and indicator.value.amount.base == total


def comparable(indicator: Indicator) -> bool:
    """Whether an indicator has a target that another form may repeat: a rate or a count; costs and deadlines are each project's own."""
    return (
        indicator.value is not None
        and not is_cost(indicator)
        and "时效" not in indicator.levels[1]
        and len(squeezed(indicator.name)) >= LONG
    )


def unit_key(indicator: Indicator) -> str:
    """What an indicator is counted in, with the words for pieces taken as one."""
    unit = indicator.value.amount.unit if indicator.value else None
    if unit is None:
        return ""
    return "%" if unit.dimension is Dimension.PERCENT else unit.symbol.rstrip("数次")


def alike(one: str, other: str) -> bool:
    """Whether two names are of one indicator: nearly all of the shorter stands, in order, in the longer, and they end alike."""
    a, b = squeezed(one), squeezed(other)
    return a == b or (
        min(len(a), len(b)) >= LONG and a[-2:] == b[-2:] and likeness(a, b) >= ALIKE and min(len(a), len(b)) * 5 >= max(len(a), len(b)) * 2
    )


@check("AN524", "same-indicator-in-two-units", Severity.NOTICE)
def same_indicator_units(book: Book) -> Iterator[Equation | Remark]:
    """An indicator of the whole department's form has the unit that the project's form counts it in.

    Basis: one target is counted one way. Likely causes: 人次 for 人. Example: 受益人口 ≥ 150 万人次 and ≥ 150 万人.
    """
    wholes = [(t, i) for t, i in all_indicators(book) if t.overall and count_symbol(i)]
    others = [i for t, i in all_indicators(book) if not t.overall and count_symbol(i)]
    for target, indicator in wholes:
        for twin in others:
            same = twin.value and indicator.value and twin.value.amount.base == indicator.value.amount.base
            one, other = count_symbol(indicator), count_symbol(twin)
            if same and one != other and one[:1] == other[:1] and squeezed(indicator.name).endswith(squeezed(twin.name)[-LONG:]):
                params = words(book, target, label=indicator.name, other=twin.name)
                places = (("stated", indicator.unit_source or indicator.source), ("related", twin.unit_source or twin.source))
                yield Remark("AN524", places, params, stated=indicator.text, expected=twin.text)


@check("AN510", "indicator-repeated", Severity.NOTICE)
def repeated(book: Book) -> Iterator[Equation | Remark]:
    """No form lists one indicator twice.

    Basis: a line copied counts twice. Likely causes: a line copied. Example: 财务报表企业户数 ≥ 130 户, two lines running.
    """
    for target in book.facts.targets:
        seen: dict[tuple[str, ...], Indicator] = {}
        for indicator in target.indicators:
            key = (*indicator.levels, indicator.name, indicator.text)
            first = seen.setdefault(key, indicator)
            if first is not indicator:
                params = words(book, target, label=indicator.name, value=indicator.text)
                places = (("stated", indicator.source), ("related", first.source))
                yield Remark("AN510", places, params, stated=f"{indicator.name} {indicator.text}")


@check("AN511", "unit-missing-or-unfit", Severity.NOTICE)
def units(book: Book) -> Iterator[Equation | Remark]:
    """A target value has a unit, and the one its name asks for.

    Basis: 计量单位 is part of the value. Likely causes: left out, another line's unit. Example: 覆盖城区数 = 12 件; 测评服务费用 ≤ 4.5 万.
    """
    for target in book.facts.targets:
        for indicator in target.indicators:
            variant, expected = unit_fault(target, indicator)
            if variant:
                places = (("stated", indicator.value.source if indicator.value else indicator.source),)
                params = words(book, target, label=indicator.name, value=indicator.text, expected_unit=expected)
                severity = Severity.WARNING if variant == "unfit" else None
                yield Remark("AN511", places, params, variant, severity, stated=indicator.text, expected=expected)


def unit_fault(target: ProjectTarget, indicator: Indicator) -> tuple[str, str]:
    """What is wrong with an indicator's unit, and the unit due; two empty texts where nothing is."""
    if indicator.value is None:
        return "", ""
    if indicator.unit in SHORT_UNITS and MONEY_NAME.search(indicator.name):
        return "short", SHORT_UNITS[indicator.unit]
    if not indicator.unit:
        return missing_unit(target, indicator)
    if PLACES.search(indicator.name) and count_symbol(indicator) in UNFIT:
        return "unfit", "个"
    return "", ""


def missing_unit(target: ProjectTarget, indicator: Indicator) -> tuple[str, str]:
    """A value without unit in a form whose other values have one; the unit of an indicator named alike is what is due."""
    twins = [i.unit for i in target.indicators if i.unit and i.name[-2:] == indicator.name[-2:]]
    others = [i for i in target.indicators if i is not indicator and i.value]
    bare = [i for i in others if not i.unit]
    if not indicator.comparator or len(bare) * 4 >= len(others):
        return "", ""
    if twins:
        return "missing-like", most_common(twins)[0]
    return ("", "") if IMPLIED.search(indicator.name) else ("missing", "")


@check("AN512", "rate-fixed-below-hundred", Severity.WARNING)
def fixed_rates(book: Book) -> Iterator[Equation | Remark]:
    """A rate is aimed at with ≥, or fixed at 100 %: exactly 90 % is no target.

    Basis: reaching more would miss the target. Likely causes: = for ≥. Example: 资金拨付准确率 = 90 %.
    """
    for target, indicator in all_indicators(book):
        fixed = indicator.comparator == "=" and is_percent(indicator) and RATE_NAME.search(indicator.name)
        if fixed and indicator.value and 0 < indicator.value.amount.value < 100:
            params = words(book, target, label=indicator.name)
            wanted = indicator.text.replace(indicator.sign, "≥")
            yield Remark("AN512", (("stated", indicator.value.source),), params, stated=indicator.text, expected=wanted)


@check("AN513", "signs-written-in-two-ways", Severity.NOTICE)
def mixed_signs(book: Book) -> Iterator[Equation | Remark]:
    """One form writes its comparisons one way: ≥ ≤ or >= <=.

    Basis: consistent notation. Likely causes: lines copied from several forms. Example: <=13.80 万元 beside ≤4 万元.
    """
    for target in book.facts.targets:
        by_style = [[i for i in target.indicators if i.sign in style] for style in SIGN_STYLES]
        if all(by_style):
            few = min(by_style, key=len)
            signs = list(dict.fromkeys(i.sign for i in target.indicators if i.sign))
            places = tuple(("stated", i.value_source or i.source) for i in few[:EXAMPLES])
            params = words(book, target, signs="、".join(signs), examples="；".join(f"“{i.name} {i.text}”" for i in few[:3]))
            yield Remark("AN513", places, params, stated="、".join(signs))


@check("AN514", "basis-of-indicator-differs", Severity.NOTICE)
def odd_basis(book: Book) -> Iterator[Equation | Remark]:
    """The cost indicators of one form rest on the same kind of basis (指标值设置依据).

    Basis: 预算支出标准 for costs, 计划标准 for the rest. Asked where one of at least five differs from all others.
    Likely causes: the column was filled by copying. Example: nine costs on 预算支出标准, one on 计划标准.
    """
    for target in book.facts.targets:
        costs = [i for i in target.indicators if is_cost(i) and i.basis]
        common, count = most_common([i.basis for i in costs])
        if len(costs) >= 5 and count == len(costs) - 1:
            odd = next(i for i in costs if i.basis != common)
            places = (("stated", odd.basis_source or odd.source), ("related", odd.source))
            yield Remark("AN514", places, words(book, target, label=odd.name), stated=odd.basis, expected=common)


@check("AN516", "indicator-name-is-damaged", Severity.NOTICE)
def damaged_names(book: Book) -> Iterator[Equation | Remark]:
    """The names of one form's indicators are whole: none breaks off where another goes on, none lacks another's first character.

    Basis: comparison within the form. Likely causes: a field too short, a character lost in copying.
    Example: 开展招商引资活 beside 开展招商引资活动次数; 内贸易领域 beside 国内贸易领域.
    """
    for target in book.facts.targets:
        names = [squeezed(i.name) for i in target.indicators]
        for indicator, name in zip(target.indicators, names, strict=True):
            other = next((n for n in names if n != name and (broken_off(name, n) or headless(name, n))), None)
            if other and len(name) > LONG_PREFIX:
                params = words(book, target, label=indicator.name, other=other)
                yield Remark("AN516", (("stated", indicator.source),), params, stated=indicator.name)


def broken_off(name: str, other: str) -> bool:
    """Whether a name ends inside a word of another: it is the other's beginning, and no kind of figure follows."""
    rest = other[len(name) :] if other.startswith(name) else ""
    return len(name) > LONG_PREFIX and len(rest) > 2 and bool(COUNT_NAME.search(rest)) and not COUNT_NAME.fullmatch(rest)


def headless(name: str, other: str) -> bool:
    """Whether a name begins with the second character of another and shares the characters that follow."""
    stem = name[: LONG_PREFIX + 1]
    return len(stem) > LONG_PREFIX and other[0] not in ADDED and other[1:].startswith(stem)


@check("AN518", "same-indicators-in-two-classes", Severity.NOTICE)
def classes_differ(book: Book) -> Iterator[Equation | Remark]:
    """An indicator stands in the same class in every form that has it.

    Basis: comparison between forms. Asked where at least two forms have it in one class and a single one in another.
    Likely causes: a class chosen at random. Example: 财政补助标准达标率 as 社会效益 twice and as 经济效益 once.
    """
    by_name: dict[str, list[tuple[ProjectTarget, Indicator]]] = defaultdict(list)
    for target, indicator in all_indicators(book):
        if indicator.levels[1] and not target.overall:
            by_name[squeezed(indicator.name)].append((target, indicator))
    odd: dict[str, list[tuple[ProjectTarget, Indicator, str]]] = defaultdict(list)
    for found in by_name.values():
        common, count = most_common([i.levels[1] for _, i in found])
        rest = [(t, i) for t, i in found if i.levels[1] != common]
        if count > 1 and len(rest) == 1:
            odd[rest[0][0].name_source.key].append((*rest[0], common))
    for lines in odd.values():
        target = lines[0][0]
        params = words(book, target, label="、".join(i.name for _, i, _ in lines), group=lines[0][1].levels[1], other=lines[0][2])
        yield Remark("AN518", tuple(("stated", i.source) for _, i, _ in lines), params, stated=params["group"], expected=params["other"])
