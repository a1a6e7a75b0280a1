"""The one-page summary: what it says, and that it is one page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pymupdf
import pytest
from factory import case
from office import converted, needs_office

from making import failed
from model.assessment import Assessment, Standing
from model.findings import Examination
from report.summary_sheet import summary
from words import Language

DAY = date(2026, 11, 22)


def tables(data: bytes) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(BytesIO(data)).tables]


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]


def many(documents: int, findings: int) -> list[Examination]:
    """Documents with long titles and many findings each."""
    made = case("sum", "direction", title="某省某市某区某某管理委员会办公室（汇总）2026年度部门预算公开说明" * 2).examination
    copied = tuple(
        replace(finding, id=f"{finding.id}{n}", params={**finding.params, "row": "社会保障和就业支出（类）行政事业单位养老支出（款）" * 3})
        for n in range(findings)
        for finding in made.findings
    )
    return [replace(made, findings=copied, document=replace(made.document, sha256=f"{n:064x}")) for n in range(documents)]


def test_the_verdict_the_counts_and_the_points_to_verify_first() -> None:
    data = summary([case().examination], {}, "zh", DAY)
    documents, found = tables(data)
    assert documents[1][:6] == ["某市科学技术局2026年部门预算", "1", "1", "1", "1", "88.2%"]
    assert documents[1][6] == "有 1 处数据或文字自相矛盾、尾差无法解释，另有 1 处需要说明。"
    assert [row[1] for row in found[1:]] == ["错误", "疑问", "尾差", "提示"]
    assert found[1][3:] == ["206 科学技术支出：各项之和与合计不符", "301.00", "310.00", "待核实"]
    assert "核对结果：相符 20 · 尾差 1 · 不符 3 · 不适用 2 · 未能判定 1。34 个金额中有 30 个参与了核对。" in paragraphs(data)


def test_a_document_that_could_not_be_read_is_said_first_and_is_no_pass() -> None:
    documents, _ = tables(summary([case().examination, failed()], {}, "zh", DAY))
    assert documents[1][-1] == "文件未能读取，没有核对。"
    assert any("不是 PDF" in text for text in paragraphs(summary([failed()], {}, "zh", DAY)))


def test_without_findings_the_share_that_was_checked_is_said() -> None:
    clean = replace(case("sum").examination, findings=())
    (documents,) = tables(summary([clean], {}, "zh", DAY))
    assert documents[1][-1] == "在参与核对的 88.2% 的金额中未发现矛盾。"


def test_the_rejected_are_not_put_first() -> None:
    made = case("sum", "rounding").examination
    _, found = tables(summary([made], {made.document.sha256: {"a41f09c2": Assessment(Standing.REJECTED)}}, "zh", DAY))
    assert [row[1] for row in found[1:]] == ["尾差"]


@needs_office
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("documents", "findings"), [(1, 1), (1, 60), (40, 3)])
def test_it_is_one_page(documents: int, findings: int, language: Language, tmp_path: Path) -> None:
    data = summary(many(documents, findings), {}, language, DAY)
    with pymupdf.open(converted(data, ".docx", "pdf", tmp_path)) as pdf:
        assert len(pdf) == 1


def test_what_has_no_room_is_counted() -> None:
    data = summary(many(40, 3), {}, "zh", DAY)
    documents, _ = tables(data)
    assert f"另有 {40 - (len(documents) - 1)} 份文件未在本页列出，见疑点清单。" in paragraphs(data)
