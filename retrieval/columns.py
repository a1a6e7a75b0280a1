"""What a table's columns hold, and which of them make up one side of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from model.document import Table
from retrieval.figures import read_cell
from retrieval.text import flat


class Role(Enum):
    """What a column holds."""

    CODE = "code"
    LABEL = "label"
    AMOUNT = "amount"
    WORDS = "words"
    ORDINAL = "ordinal"


_CODE = re.compile(r"编码|代码|^[类款项]$|编号$")
_LABEL = re.compile(r"名称|科目|^项目$|项目[（(]?按|^(?:收入|支出)$|功能分类|经济分类|类别|来源|内容|^(?:部门|单位)$|指标$")
_ORDINAL = re.compile(r"^(?:序号|行次|栏次|权重.*|分值)$")
_NUMBERED = re.compile(r"栏次|行次|\d{1,2}|\**|")
_NAME = re.compile(r"名称|^项目$|科目$")
_UNIT = re.compile(r"单位|部门(?!预算|支出|经济)")  # 部门经济科目 classifies what is spent, and is no department


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of one side of a table, left to right, with their roles.

    ``named`` are label columns whose header says 名称, ``units`` columns of units' codes.
    """

    roles: tuple[tuple[int, Role], ...]
    named: tuple[int, ...]
    units: tuple[int, ...] = ()

    def of(self, role: Role) -> list[int]:
        """The columns of that role."""
        return [j for j, found in self.roles if found is role]

    @property
    def codes(self) -> list[int]:
        """The columns of the line's own code: those before its first label (a second classification may follow with codes of its own)."""
        labels = self.of(Role.LABEL)
        codes = self.of(Role.CODE)
        own = [j for j in codes if not labels or j < labels[0]] or codes
        return [j for j in own if j not in self.units] or own

    @property
    def all(self) -> list[int]:
        """Every column of the side."""
        return [j for j, _ in self.roles]

    @property
    def label_order(self) -> list[int]:
        """Where a row's label is looked for, best first."""
        labels = self.of(Role.LABEL)
        return [*self.named, *(j for j in labels if j not in self.named), *self.of(Role.WORDS), *self.of(Role.CODE)]

    @property
    def words(self) -> list[int]:
        """Columns of words, labels included."""
        return [j for j, role in self.roles if role in {Role.LABEL, Role.WORDS}]


def blocks_of(table: Table, texts: list[list[str]]) -> list[Block]:
    """The sides of a table: a new one begins where a label or code follows figures and has figures of its own."""
    roles = [_role(path, [row[j].strip() for row in texts if j < len(row)]) for j, path in enumerate(table.columns)]
    sides: list[list[int]] = [[]]
    for j, role in enumerate(roles):
        head = role in {Role.CODE, Role.LABEL}
        had = any(roles[i] is Role.AMOUNT for i in sides[-1])
        follows = Role.AMOUNT in roles[j + 1 :]
        if head and had and follows and _repeats(table.columns, roles, sides, j):
            sides.append([])
        sides[-1].append(j)
    return [_block(table, side, roles) for side in sides if side]


def _repeats(columns: tuple[tuple[str, ...], ...], roles: list[Role], sides: list[list[int]], j: int) -> bool:
    """Whether the column opens another side: the first side begins with a column of its role, and figures follow directly."""
    first = roles[sides[0][0]]
    figure = next((i for i in range(j, len(roles)) if roles[i] not in {Role.CODE, Role.LABEL, Role.ORDINAL}), j)
    named = Role.LABEL in roles[j:figure] or not any(
        roles[i] in {Role.LABEL, Role.WORDS} for i in sides[0]
    )  # codes alone classify the line once more
    return roles[figure] is Role.AMOUNT and first in {Role.CODE, Role.LABEL} and named and bool(columns[j])


def _block(table: Table, side: list[int], roles: list[Role]) -> Block:
    named = tuple(j for j in side if roles[j] is Role.LABEL and _NAME.search(flat((meaningful(table.columns[j]) or ("",))[-1])))
    specific = sorted(named, key=lambda j: (bool(_UNIT.search("".join(table.columns[j]))), j))
    units = tuple(j for j in side if roles[j] is Role.CODE and _UNIT.search(flat("".join(meaningful(table.columns[j])))))
    return Block(tuple((j, roles[j]) for j in side), tuple(specific), units)


def meaningful(path: tuple[str, ...]) -> tuple[str, ...]:
    """A header path without column numbers (栏次 1 2 3)."""
    return tuple(part for part in path if not _NUMBERED.fullmatch(part.strip()))


def _role(path: tuple[str, ...], cells: list[str]) -> Role:
    said = meaningful(path)
    leaf = flat(said[-1]) if said else ""
    filled = [cell for cell in cells if cell]
    figures = sum(read_cell(cell, None) is not None for cell in filled)
    if bool(_ORDINAL.match(leaf) or (path and flat(path[-1]) == "行次")):
        return Role.ORDINAL
    if _CODE.search(leaf) and figures >= len(filled) // 2:
        return Role.CODE
    if filled and figures * 10 >= len(filled) * 6:
        return Role.CODE if _all_codes(filled) else Role.AMOUNT
    if _LABEL.search(leaf) or not leaf:
        return Role.LABEL
    return Role.WORDS if filled else Role.AMOUNT


def _all_codes(cells: list[str]) -> bool:
    digits = [cell.replace(" ", "") for cell in cells]
    return len(digits) > 1 and all(re.fullmatch(r"[2-5]\d{2}(?:\d{2}){0,2}", cell) for cell in digits)
