"""The name under which a recognised form is reported (``Table.form``): what the table is, and of which fund."""

from __future__ import annotations

from ingest.forms import form_of
from model.facts import Fund

BY_FUND = {
    Fund.GENERAL_PUBLIC: "general_public_expenditure",
    Fund.GOVERNMENT_FUNDS: "government_funds_expenditure",
    Fund.STATE_CAPITAL: "state_capital_expenditure",
    Fund.FISCAL: "fiscal_expenditure",
    Fund.ALL: "expenditure_summary",
}


def form_name(title: str) -> str | None:
    """The form of a table of that title: ``balance``, ``income_summary``, ``expenditure_summary``, ``three_public`` …; None if unknown."""
    form = form_of(title, None, final=False)
    return BY_FUND.get(form.fund or Fund.ALL) if form.name == "expenditure" else form.name
