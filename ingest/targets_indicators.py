"""Lists of performance indicators: levels, name, comparison, value, unit, weight, in one cell or in a column each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ingest.numbers import is_blank, read_amount
from ingest.subjects import squeeze
from ingest.targets_grid import Grid, Spot
from ingest.targets_words import END, FIRST_LEVELS, LEVEL1, LEVEL2, SECOND_LEVELS, TOTALS, TRAILING_SIGN, column_kind, sign_of
from model.amounts import MONEY_UNITS, PERCENT, Amount, Unit, count_unit
from model.targets import Indicator, Printed

NUMBER = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<rest>.*)$", re.DOTALL)
NOT_A_VALUE = re.compile(r"^(?:年(?!$)|月(?!$)|日(?!$)|号|[-~—至])|\d")
AND_MORE = re.compile(r"(?:\(含\))?(?:及?以[上下内])?[。;；]?$")
NAME_UNIT = re.compile(r"\(([^()]{1,8})\)$")
BY = re.compile(r"[/／*·每]")
SCALES = {"万": 10_000, "亿": 100_000_000}
LONGEST_HEAD = 16
OF_YEAR = re.compile(r"全年|年度|本年|当年")
WEAK_NAME = "绩效指标"  # also the words beside the whole list
Columns = dict[str, int]


def indicator_columns(heads: Iterable[tuple[int, str]]) -> Columns | None:
    """What each column of indicators holds, from its number and the word above it; None where these are no indicators."""
    found: Columns = {}
    for column, text in heads:
        kind = column_kind(text) if text and len(text) < LONGEST_HEAD else None
        if kind and (kind not in found or (kind == "name" and text != WEAK_NAME) or (kind == "value" and OF_YEAR.search(text))):
            found[kind] = column
    return found if {"name", "value"} <= found.keys() and len(found) > 2 else None


def heading_amount(grid: Grid, spot: Spot) -> Printed | None:
    """The points a heading states in brackets (``分值（90）``, ``执行率分值（10分）``)."""
    match = re.search(r"\((\d{1,3})分?\)", spot.text)
    return Printed(Amount(Decimal(match.group(1)), count_unit("分"), 0), grid.source(spot, spot.text)) if match else None


def read_indicators(grid: Grid, rows: Sequence[int], columns: Columns, group: str = "") -> Iterator[Indicator]:
    """The indicators of some rows; rows without a name are left out."""
    for row in rows:
        name = grid.at(row, columns["name"])
        if name.row != row or not name.text:
            continue
        yield read_indicator(grid, row, columns, group)


def ends_list(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether a row is below the list of indicators: a total, a remark, or a line of another kind."""
    first = next((spot for spot in grid.starting(row) if spot.text), None)
    if first is None:
        return False
    return bool(END.match(first.text) or TOTALS.match(first.text)) or (first.covers(columns["name"]) and first.covers(columns["value"]))


def read_indicator(grid: Grid, row: int, columns: Columns, group: str) -> Indicator:
    """One indicator from its row."""
    name_spot = grid.at(row, columns["name"])
    levels, name = split_levels(level(grid, row, columns, "level1"), level(grid, row, columns, "level2"), name_spot.text)
    trailing = TRAILING_SIGN.search(name)
    name = TRAILING_SIGN.sub("", name)
    value_spot = grid.at(row, columns["value"])
    text = value_spot.text if value_spot.row == row else ""
    own_sign = cell(grid, row, columns, "sign") or (trailing.group() if trailing else "")
    comparator, sign = sign_of(own_sign) if own_sign else sign_of(text)
    unit_spot = grid.at(row, columns["unit"]) if "unit" in columns else value_spot
    named = NAME_UNIT.search(name)
    printed_unit = unit_spot.text if "unit" in columns else ""
    amount, unit = read_value(text if own_sign else text[len(sign) :], printed_unit or (named.group(1) if named else ""))
    row_label = " › ".join(part for part in (group, *levels, name) if part)
    basis = grid.at(row, columns["basis"]) if "basis" in columns else None
    return Indicator(
        levels=levels,
        name=name,
        source=grid.source(name_spot, row_label, "指标"),
        text=(own_sign + text if own_sign != "定性" else text) + ("" if printed_unit in text else printed_unit),
        sign=sign,
        comparator=comparator,
        value=Printed(amount, grid.source(value_spot, row_label, "指标值")) if amount else None,
        value_source=grid.source(value_spot, row_label, "指标值"),
        unit=unit,
        per=per_of(unit),
        unit_source=grid.source(unit_spot, row_label, "计量单位") if "unit" in columns else None,
        basis=basis.text if basis else "",
        basis_source=grid.source(basis, row_label, "依据") if basis else None,
        actual=cell(grid, row, columns, "actual"),
        weight=number(grid, row, columns, "weight", row_label),
        score=number(grid, row, columns, "score", row_label),
    )


def cell(grid: Grid, row: int, columns: Columns, kind: str) -> str:
    """The text of a row in a column of that kind; "" where there is none."""
    return grid.at(row, columns[kind]).text if kind in columns else ""


def level(grid: Grid, row: int, columns: Columns, kind: str) -> str:
    """The level a row stands under. A merged cell that a page end cut in two is printed on one of the pages alone."""
    if kind not in columns:
        return ""
    column = columns[kind]
    spot = grid.at(row, column)
    whole = whole_level(spot.text, FIRST_LEVELS if kind == "level1" else SECOND_LEVELS)
    if whole:
        return whole
    above, below = spot.row - 1, spot.row + spot.cell.row_span
    if above >= 0 and grid.rows[above].page != spot.page:
        return level(grid, above, columns, kind)
    while below < len(grid.rows) and grid.rows[below].page == spot.page and not grid.at(below, column).text:
        below += 1
    if below < len(grid.rows) and grid.rows[below].page != spot.page:
        return grid.at(below, column).text
    return ""


def whole_level(text: str, known: str) -> str:
    """A level as printed; its beginning made whole where a page end cut it (效益指 → 效益指标), "" for what is left on the next page."""
    if len(text) > 2:
        return next((word for word in known.split("|") if text == word[:-1]), text)
    return ""


def split_levels(first: str, second: str, name: str) -> tuple[tuple[str, str], str]:
    """The two levels and the name, parted where they are printed without a border (产出指标数量指标评审数量)."""
    match = LEVEL1.match(name)
    if not first and match and len(name) > match.end():
        first, name = match.group(), name[match.end() :]
    joined = second + name
    match = LEVEL2.match(joined)
    if match and not LEVEL2.fullmatch(second) and len(second) <= match.end() < len(joined) and (not second or not second.endswith("指标")):
        second, name = match.group(), joined[match.end() :]
    return (first, second), name


def number(grid: Grid, row: int, columns: Columns, kind: str, row_label: str) -> Printed | None:
    """The points in a row's cell of that kind."""
    if kind not in columns:
        return None
    spot = grid.at(row, columns[kind])
    if spot.row != row or is_blank(spot.text):
        return None
    amount = read_amount(spot.text, count_unit("分"))
    return Printed(amount, grid.source(spot, row_label, kind_label(grid, spot, kind))) if amount else None


def kind_label(grid: Grid, spot: Spot, kind: str) -> str:
    """What a column of points is called above it."""
    for row in range(spot.row - 1, -1, -1):
        text = grid.at(row, spot.column).text
        if column_kind(text) == kind:
            return text
    return "权重" if kind == "weight" else "得分"


def read_value(text: str, unit: str) -> tuple[Amount | None, str]:
    """The amount of a value without its sign, and its unit as printed: from the value itself, else the unit given beside it."""
    match = NUMBER.match(text)
    if not match:
        return None, unit
    rest = AND_MORE.sub("", match["rest"])
    if NOT_A_VALUE.search(rest) or (not rest and unit in {"年", "月", "日"} and len(match["number"]) == 4):
        return None, rest or unit
    digits = match["number"].replace(",", "")
    known, scale = value_unit(rest or unit)
    places = len(digits.partition(".")[2])
    return Amount(Decimal(digits) * scale, known, places), rest or unit


def value_unit(text: str) -> tuple[Unit | None, Decimal]:
    """The unit that words after a number name, and the factor to it: 万元/家 → 万元; 万册 → 册, 10,000; 元/人*月 → 元."""
    head = BY.split(squeeze(text), maxsplit=1)[0]
    if head in MONEY_UNITS:
        return MONEY_UNITS[head], Decimal(1)
    if head in {"%", "％", "百分比"}:
        return PERCENT, Decimal(1)
    scale = SCALES.get(head[:1], 1) if len(head) > 1 else 1
    return (count_unit(head[1:] if scale > 1 else head), Decimal(scale)) if head else (None, Decimal(1))


def per_of(unit: str) -> str:
    """What a unit price counts by (万元/家 → 家, 元/人/天 → 人/天); "" for a plain unit."""
    parts = BY.split(unit, maxsplit=1)
    return parts[1] if len(parts) > 1 and any(parts[0].endswith(u) for u in ("元", "角", "分")) else ""
