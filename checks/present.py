"""How equations are written out for people: units, signs, what was stated and what would be right."""

from __future__ import annotations

from decimal import Decimal

from checks.equations import AtMost, Equation, Figure, Rate, Sum, round_to
from model.amounts import Amount


def stated_figure(equation: Equation) -> Figure:
    """The figure an equation reckons: the total, the rate, or the part that may not exceed the whole."""
    if isinstance(equation, Sum):
        return equation.total
    return equation.rate if isinstance(equation, Rate) else equation.part


def unit_text(figure: Figure) -> str:
    """The figure's unit as printed; empty where the table states none."""
    return figure.amount.unit.symbol if figure.amount.unit else ""


def money(amount: Amount) -> str:
    """An amount as printed, with its unit if it has one."""
    return amount.text + (amount.unit.symbol if amount.unit else "")


def expected_value(equation: Equation) -> Decimal | None:
    """What the stated figure should be by the printed values of the others, in its own unit and places."""
    figure = stated_figure(equation)
    if isinstance(equation, Sum):
        value: Decimal | None = sum((sign * f.amount.base for sign, f in equation.parts), Decimal(0))
    elif isinstance(equation, Rate):
        value = equation.exact()
    else:
        return None
    return None if value is None else round_to(value, figure.amount.step) / figure.amount.scale


def expected_text(equation: Equation) -> str:
    """The expected value as it would be printed; for a limit, the limit."""
    if isinstance(equation, AtMost):
        return f"≤ {equation.whole.amount.text}"
    value = expected_value(equation)
    return "" if value is None else f"{value:,.{stated_figure(equation).amount.places}f}"


def with_unit(figure: Figure, unit: str) -> str:
    """A figure's amount, with its unit where that differs from the equation's."""
    own = unit_text(figure)
    return figure.amount.text if own == unit else f"{figure.amount.text}{own}"


def equation_text(equation: Equation) -> str:
    """The calculation in figures, e.g. ``表3[206·合计] 301.00 ≠ 230.00 + 80.00 = 310.00``."""
    figure = stated_figure(equation)
    head = f"{where(figure)} {figure.amount.text}{unit_text(figure)}"
    if isinstance(equation, AtMost):
        return f"{head} > {where(equation.whole)} {with_unit(equation.whole, unit_text(figure))}"
    mark = "=" if expected_value(equation) == figure.amount.value else "≠"
    if isinstance(equation, Rate):
        return f"{head} {mark} {ratio_text(equation)} = {expected_text(equation)}%"
    unit = unit_text(figure)
    if len(equation.parts) == 1 and equation.parts[0][0] == 1:
        other = equation.parts[0][1]
        return f"{head} {mark} {where(other)} {with_unit(other, unit)}"
    return f"{head} {mark} {terms_text(equation.parts, unit)} = {expected_text(equation)}"


def terms_text(terms: tuple[tuple[int, Figure], ...], unit: str) -> str:
    """Terms with their signs; 0 where nothing is printed."""
    text = ""
    for i, (sign, figure) in enumerate(terms):
        operator = "−" if sign < 0 else "+"
        times = f"{abs(sign)} × " if abs(sign) > 1 else ""
        text += (f" {operator} " if i else ("−" if sign < 0 else "")) + times + with_unit(figure, unit)
    return text or "0"


def ratio_text(equation: Rate) -> str:
    """The quotient in figures."""
    over, under = terms_text(equation.over, unit_text(equation.over[0][1])), terms_text(equation.under, unit_text(equation.under[0][1]))
    over = f"({over})" if len(equation.over) > 1 else over
    under = f"({under})" if len(equation.under) > 1 else under
    sign = "−" if equation.sign < 0 else ""
    return f"{sign}{over} ÷ {under}"


def where(figure: Figure) -> str:
    """A short name of a figure's place: its line and column, or its section."""
    source = figure.source
    if source.table is None:
        return f"p.{source.place.page}"
    column = source.column_label.split(" › ")[-1][:16]
    return f"{source.number or source.table}[{'·'.join(part for part in (source.row_label[:24], column) if part)}]"
