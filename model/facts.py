"""What the figures mean: facts read from table cells, statements read from sentences.

A layout ends in ``ingest``; from here on a figure is known by its meaning, and two facts of one meaning must agree (design, law 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from model.amounts import Amount
from model.meaning import Basis, Fund, Meaning, Nature, Side, Source, Subject, SubjectKind
from model.targets import ProjectTarget

__all__ = [
    "Basis",
    "Block",
    "Comparison",
    "Direction",
    "Fact",
    "Facts",
    "Fund",
    "Meaning",
    "Measure",
    "Mention",
    "Nature",
    "Record",
    "RecordRole",
    "Share",
    "Side",
    "Source",
    "Statement",
    "Subject",
    "SubjectKind",
    "ValueColumn",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount with its meaning and the place it was read from."""

    amount: Amount
    meaning: Meaning
    source: Source
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure or a word inside a paragraph: characters ``start`` to ``end`` of ``document.paragraphs[paragraph]``.

    ``amount`` is None for a word (增加, 持平, 未安排).
    """

    paragraph: int
    start: int
    end: int
    text: str
    amount: Amount | None = None


class Direction(Enum):
    """What a comparison word says of the sign."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Comparison:
    """“比上年预算数增加 8.50 万元，增长 3.2%”: the figure against another year or basis.

    ``base_year`` and ``base_basis`` say against what, ``base`` is that figure where it is printed. ``difference`` is unsigned as
    printed, ``rate`` too; ``direction`` carries the sign. ``reason`` is the text that follows 主要原因是.
    """

    direction: Direction | None
    word: Mention | None = None
    base_year: int | None = None
    base_basis: Basis | None = None
    base: Mention | None = None
    difference: Mention | None = None
    rate: Mention | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """“占本年支出的 83.2%”: ``whole`` is what it is a share of, in the text's words ("" where it is left out)."""

    rate: Mention
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says of one subject: a figure, its comparisons and shares, and the parts it lists.

    ``label`` is the subject in the text's words, e.g. ``一般公共服务支出（类）财政事务（款）行政运行（项）`` or ``公用经费``.
    ``figure`` is None where only a word stands for it (``未安排`` → ``nil`` is True). ``original`` is the 年初预算 printed beside
    an outturn, ``revised`` the 全年/调整预算, ``execution`` the printed completion rate (完成预算的 …%).
    ``parent`` is the index, in the same list, of the statement whose part this is (``其中：``), None for one that stands alone;
    ``listing`` tells a parent's lists apart (按功能分类 …；按用途分类 …): only parts of one listing may be added up.
    ``execution_basis`` is what the completion rate is of, as the text says: 年初预算, 全年预算; None where it says 预算.
    """

    label: str
    paragraph: int
    start: int
    end: int
    section: tuple[str, ...]
    meaning: Meaning | None = None
    figure: Mention | None = None
    nil: bool = False
    year: int | None = None
    basis: Basis | None = None
    comparisons: tuple[Comparison, ...] = ()
    shares: tuple[Share, ...] = ()
    original: Mention | None = None
    revised: Mention | None = None
    execution: Mention | None = None
    parent: int | None = None
    purpose: str = ""
    listing: int = 0
    execution_basis: Basis | None = None


class Measure(Enum):
    """What the figures of a column measure: an amount itself, or a change, growth rate, share or completion rate of others."""

    AMOUNT = "amount"
    DIFFERENCE = "difference"
    GROWTH = "growth"
    SHARE = "share"
    COMPLETION = "completion"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of amounts: its index in the table, its header path, and what the header says of its figures' meaning.

    ``total`` is True for 合计, 小计, 总计 and the like. None stands for what the header does not say.
    """

    index: int
    path: tuple[str, ...]
    measure: Measure = Measure.AMOUNT
    side: Side | None = None
    nature: Nature | None = None
    fund: Fund | None = None
    basis: Basis | None = None
    year: int | None = None
    subject: Subject | None = None
    total: bool = False


class RecordRole(Enum):
    """What a record's label says of its place among the others."""

    ITEM = "item"
    OF_WHICH = "of_which"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    GRAND_TOTAL = "grand_total"


@dataclass(frozen=True, slots=True)
class Record:
    """One labelled line of a block: a row, or one half of a row of a two-sided table.

    ``parent`` is the index in the block's records of the line this one is a part of (a class for its sections, 一、 for its 1. 2.),
    None at the top. ``depth`` is the first of the block's label columns that the line fills.
    """

    row: int
    label: str
    subject: Subject
    role: RecordRole = RecordRole.ITEM
    parent: int | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A table, or one side of a two-sided one: records with amounts in the same columns.

    Halves that merely continue each other (301 ‖ 302 ‖ 310 side by side) are one block a half, sharing ``group``.
    """

    table: str
    columns: tuple[ValueColumn, ...]
    records: tuple[Record, ...]
    side: Side | None = None
    group: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was understood of one document: facts from cells, statements from sentences, and every other printed figure.

    ``blocks`` keep the lines and columns the facts stand in. ``unread`` are cells that should hold a figure and could not be read.
    ``targets`` are the performance forms.
    """

    cells: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    unread: tuple[Source, ...] = ()
    targets: tuple[ProjectTarget, ...] = ()
