"""What makes two figures comparable: side, nature, fund, subject, year and basis; and where a figure was read.

The nouns that facts and performance targets share.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from model.geometry import Place


class Side(Enum):
    """Which side of the accounts a figure belongs to."""

    INCOME = "income"
    EXPENDITURE = "expenditure"
    OPENING = "opening_balance"
    CLOSING = "closing_balance"


class Nature(Enum):
    """How an expenditure is spent (基本 = 人员 + 公用; 项目; 经营 …). Income has TOTAL alone."""

    TOTAL = "total"
    BASIC = "basic"
    PERSONNEL = "personnel"
    OPERATING = "operating"
    PROJECT = "project"
    BUSINESS = "business"
    REMITTED = "remitted_to_superior"
    SUBSIDY = "subsidy_to_affiliates"


class Fund(Enum):
    """Where the money comes from."""

    ALL = "all"
    FISCAL = "fiscal_appropriation"
    GENERAL_PUBLIC = "general_public"
    GOVERNMENT_FUNDS = "government_funds"
    STATE_CAPITAL = "state_capital"
    SPECIAL_ACCOUNT = "special_account"
    OWN = "own_funds"
    BUSINESS_INCOME = "business_income"
    SUPERIOR = "superior_subsidy"
    AFFILIATE = "affiliate_remittance"
    OPERATING_INCOME = "operating_income"
    OTHER = "other_income"
    CARRY_OVER = "carry_over"


class Basis(Enum):
    """What kind of figure it is."""

    BUDGET = "budget"
    ORIGINAL_BUDGET = "original_budget"
    REVISED_BUDGET = "revised_budget"
    OUTTURN = "outturn"
    EXECUTION = "execution"


class SubjectKind(Enum):
    """What a figure is about."""

    TOTAL = "total"
    FUNCTION = "functional_code"
    ECONOMIC = "economic_code"
    GOVERNMENT_ECONOMIC = "government_economic_code"
    THREE_PUBLIC = "three_public"
    SOURCE = "source_of_funds"
    PROJECT = "project"
    UNIT = "unit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about: a code with its name, or a name alone. ``key`` is what two subjects are compared by."""

    kind: SubjectKind
    key: str
    name: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """Everything that makes two figures comparable. None stands for "the document does not say".

    ``aspect`` is what a column's header says beyond that, in its own words (an economic class across the top of a project list).
    """

    subject: Subject
    side: Side | None = None
    nature: Nature = Nature.TOTAL
    fund: Fund | None = None
    year: int | None = None
    basis: Basis | None = None
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read.

    A cell has ``table``, ``row`` and ``column`` (indices into the table's body); words have ``paragraph`` (an index into the
    document's paragraphs) with ``start`` and ``end`` in its text. ``text`` is as printed;
    ``number`` is what the table calls itself (表3).
    """

    place: Place
    text: str
    row_label: str = ""
    column_label: str = ""
    table: str | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    start: int = 0
    end: int = 0
    number: str = ""

    @property
    def key(self) -> str:
        """A name of the place that is the same in every reading of the document."""
        if self.table is not None:
            return f"{self.table}.{self.row}.{self.column}"
        return f"p{self.paragraph}.{self.start}"
