"""An invented disclosure written as plain text: tables of ``|`` separated cells, paragraphs below their headings."""

from __future__ import annotations

from collections.abc import Sequence

from model.document import Cell, Document, Kind, Line, Page, Paragraph, Row, Status, Table
from model.facts import Facts, Source
from model.findings import Coverage, Examination, Finding, Location, Severity
from model.geometry import Box, Place

WIDTH, HEIGHT = 60.0, 14.0


def table(number: str, title: str, page: int, text: str, unit: str = "万元") -> Table:
    """A table; the first line of ``text`` holds the column headers, ``上>下`` for a header over another."""
    header, *body = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    columns = tuple(tuple(part for part in cell.split(">") if part) for cell in header)
    rows = tuple(_row(page, i, cells) for i, cells in enumerate(body))
    place = Place(page, Box(0, 0, WIDTH * len(columns), HEIGHT * len(rows)))
    return Table(f"T{number}", f"表{number}", title, unit, columns, rows, (), place)


def _row(page: int, i: int, texts: Sequence[str]) -> Row:
    boxes = [Box(WIDTH * j, HEIGHT * i, WIDTH * (j + 1), HEIGHT * (i + 1)) for j in range(len(texts))]
    cells = tuple(Cell(text, box, box if text else None) for text, box in zip(texts, boxes, strict=True))
    return Row(page, Box(0, HEIGHT * i, WIDTH * len(texts), HEIGHT * (i + 1)), cells)


def paragraph(text: str, page: int, *section: str) -> Paragraph:
    """A paragraph on one line."""
    edges = tuple(10.0 + 5 * i for i in range(len(text) + 1))
    return Paragraph(text, (Line(0, len(text), page, Box(edges[0], 50, edges[-1], 62), edges),), section)


SPENDING = table(
    "2",
    "部门支出总体情况表",
    3,
    """
    科目代码>类 | 科目代码>款 | 科目代码>项 | 科目名称 | 支出预算>合计 | 支出预算>基本支出 | 支出预算>项目支出
    201 |    |    | 一般公共服务支出 | 900.00 | 500.00 | 400.00
    201 | 08 |    | 审计事务 | 900.00 | 500.00 | 400.00
    201 | 08 | 01 | 行政运行 | 500.00 | 500.00 |
    201 | 08 | 04 | 审计业务 | 400.00 | | 400.00
    221 |    |    | 住房保障支出 | 100.00 | 100.00 |
    221 | 02 |    | 住房改革支出 | 100.00 | 100.00 |
    221 | 02 | 01 | 住房公积金 | 60.00 | 60.00 |
    221 | 02 | 03 | 购房补贴 | 40.00 | 40.00 |
    合计 | | | | 1,000.00 | 600.00 | 400.00
    """,
)
BALANCE = table(
    "1",
    "部门收支总体情况表",
    2,
    """
    收入>项目 | 收入>预算数 | 支出>项目 | 支出>预算数
    一、一般公共预算拨款收入 | 950.00 | 一、一般公共服务支出 | 900.00
    二、其他收入 | 50.00 | 二、住房保障支出 | 110.00
    收入总计 | 1,000.00 | 支出总计 | 1,010.00
    """,
)
ECONOMIC = table(
    "3",
    "一般公共预算基本支出情况表",
    4,
    """
    科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费
    301 | 工资福利支出 | 480.00 | 480.00 |
    30101 | 基本工资 | 180.00 | 180.00 |
    30102 | 津贴补贴 | 300.00 | 300.00 |
    302 | 商品和服务支出 | 120.00 | | 120.00
    30201 | 办公费 | 70.00 | | 70.00
    30216 | 培训费 | 50.00 | | 50.00
    合计 | | 600.00 | 480.00 | 120.00
    """,
)
THREE_PUBLIC = table(
    "4",
    "财政拨款“三公”经费支出表",
    5,
    """
    “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费>小计 | 公务用车购置及运行费>公务用车运行维护费 | 公务接待费
    12.00 | 0.00 | 9.00 | 9.00 | 3.00
    """,
)
PROJECTS = table(
    "5",
    "项目支出表",
    6,
    """
    项目名称 | 采购方式 | 金额 | 绩效目标
    审计培训项目 | 分散采购 | 150.00 | 提高审计人员业务能力，全年培训两期以上。
    信息系统运维 | 集中采购 | 90.00 | 保障审计业务系统全年稳定运行不中断。
    协审服务 | 分散采购 | 160.00 | 聘请社会中介机构协助完成审计项目。
    合计 | | 400.00 |
    """,
)
FUNDS = table("6", "政府性基金预算支出表", 7, "科目编码 | 科目名称 | 合计\n | 合计 |")
TEXT = (
    paragraph(
        "1.审计事务（款）行政运行（项）500.00万元，比上年预算增加25.00万元，增长5.26%，主要原因是新进人员4人。", 8, "一、支出预算情况说明"
    ),
    paragraph(
        "2.住房改革支出（款）购房补贴（项）40.00万元，比上年预算减少10.00万元，下降25.00%，主要原因是补贴基数降低。",
        8,
        "一、支出预算情况说明",
    ),
    paragraph("机关运行经费预算120.00万元，与上年持平。", 8, "二、机关运行经费"),
    paragraph("截至2025年底，本部门共有车辆5辆，其中：机要通信用车2辆、执法执勤用车3辆；单价100万元以上设备1台。", 9, "三、国有资产"),
    paragraph("2026年安排购置车辆1辆。", 9, "三、国有资产"),
    paragraph("协审服务由市审计协会承担，资金用于聘请社会中介机构。", 9, "四、项目说明"),
    paragraph("本部门没有政府性基金预算安排的支出，政府性基金预算支出表为空表。", 9, "五、政府性基金"),
    paragraph("基本支出：指为保障机构正常运转而发生的人员支出和公用支出。", 10, "名词解释"),
)


def disclosure(*findings: Finding, sha256: str = "cd" * 32, **changes: object) -> Examination:
    """The examination of the invented disclosure of 江州市审计局, 2026."""
    fields: dict[str, object] = {
        "sha256": sha256,
        "name": "江州.pdf",
        "status": Status.OK,
        "pages": tuple(Page(n, 595, 842) for n in range(1, 11)),
        "tables": (BALANCE, SPENDING, ECONOMIC, THREE_PUBLIC, PROJECTS, FUNDS),
        "paragraphs": TEXT,
        "organization": "江州市审计局",
        "fiscal_year": 2026,
        "kind": Kind.BUDGET,
    }
    document = Document(**{**fields, **changes})  # type: ignore[arg-type]
    return Examination(document, Facts(), findings, {}, Coverage(0, 0))


def housing_finding() -> Finding:
    """住房保障支出 is 110.00 in table 1 and 100.00 in table 2."""
    places = (("T1", 1, 3, "110.00", 2), ("T2", 4, 4, "100.00", 3))
    sources = [
        Source(Place(page, Box(0, 0, 9, 9)), text, "住房保障支出", "支出 › 预算数", table=key, row=row, column=column)
        for key, row, column, text, page in places
    ]
    return Finding(
        "f1",
        "TI101",
        "tables-disagree",
        Severity.ERROR,
        tuple(Location("stated", source) for source in sources),
        {
            "table": "表1",
            "other_table": "表2",
            "row": "住房保障支出",
            "other_row": "住房保障支出",
            "column": "预算数",
            "other_column": "合计",
        },
        stated="110.00",
        expected="100.00",
        difference="10.00",
        unit="万元",
    )
