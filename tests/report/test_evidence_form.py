"""The evidence forms, opened again by python-docx and by LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pymupdf
import pytest
from factory import EVIL, Case, case
from lxml import etree
from office import converted, needs_office

from making import encrypted_pdf
from model.assessment import Assessment, Standing
from model.findings import Location
from report.evidence_form import forms
from words import Language

DAY = date(2026, 11, 22)
NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made_of(made: Case, said: dict[str, Assessment] | None = None, language: Language = "zh", pdf: bytes | None = b"") -> bytes:
    sha = made.examination.document.sha256
    return forms(made.pdf if pdf == b"" else pdf, made.examination, {sha: said or {}}, language, DAY)


def tables(data: bytes) -> list[dict[str, str]]:
    document = docx.Document(BytesIO(data))
    return [{row.cells[0].text.replace("\n", ""): row.cells[1].text for row in table.rows} for table in document.tables]


def test_a_form_a_finding_with_what_was_found() -> None:
    first, second, third, fourth = tables(made_of(case()))
    assert first["被审计单位"] == "某市科学技术局"
    assert first["审计事项"] == "206 科学技术支出：各项之和与合计不符（错误）"
    assert "表3[206·合计] 301.00 ≠ 230.00 + 80.00 = 310.00" in first["事项摘要"]
    assert first["事项摘要"].endswith("披露数 301.00；复核数 310.00；差额 -9.00；单位 万元")
    assert first["依据"] == "部门预算公开表式：合计等于基本支出与项目支出之和。"
    assert first["所在位置"].split("\n")[0] == "第2页 · 表3 部门支出总体情况表 · 206 科学技术支出 · 合计：301.00"
    assert first["核实情况"] == "待核实"
    assert [form["审计事项"][-3:-1] for form in (second, third, fourth)] == ["疑问", "尾差", "提示"]


def test_status_note_name_and_date_are_on_the_form() -> None:
    said = {"a41f09c2": Assessment(Standing.CONFIRMED, "单位认可", "张三", "2026-11-20")}
    (form,) = tables(made_of(case("sum"), said))
    assert form["核实情况"] == "属实：单位认可"
    assert form["审计人员"].split() == ["张三", "编制日期：2026-11-20"]


def test_what_the_auditor_rejected_has_no_form() -> None:
    said = {"a41f09c2": Assessment(Standing.REJECTED)}
    assert [form["审计事项"][-3:-1] for form in tables(made_of(case("sum", "rounding"), said))] == ["尾差"]


def test_nothing_to_confirm_is_said() -> None:
    document = docx.Document(BytesIO(made_of(case("sum"), {"a41f09c2": Assessment(Standing.REJECTED)})))
    assert [paragraph.text for paragraph in document.paragraphs] == ["《某市科学技术局2026年部门预算》没有需要取证的疑点。"]


def test_the_pictures_are_inside() -> None:
    with ZipFile(BytesIO(made_of(case("sum")))) as file:
        pictures = [name for name in file.namelist() if name.startswith("word/media/")]
        assert len(pictures) == 2
        assert all(pymupdf.Pixmap(file.read(name)).width > 500 for name in pictures)


@pytest.mark.parametrize("pdf", [None, b"%PDF-broken", encrypted_pdf()], ids=["gone", "broken", "encrypted"])
def test_without_the_original_the_form_says_so(pdf: bytes | None) -> None:
    (form,) = tables(made_of(case("sum"), pdf=pdf))
    assert form["原文截图"].startswith("原文件无法打开")


def test_chinese_has_a_chinese_font_everywhere() -> None:
    with ZipFile(BytesIO(made_of(case("sum")))) as file:
        styles = etree.fromstring(file.read("word/styles.xml"))
    fonts = {style.get(f"{NAMESPACE}styleId"): style.find(f".//{NAMESPACE}rFonts") for style in styles.findall(f"{NAMESPACE}style")}
    assert fonts["Normal"].get(f"{NAMESPACE}eastAsia") == "宋体"
    assert not [key for key in fonts["Normal"].attrib if "Theme" in key]


def test_text_of_the_document_is_text() -> None:
    data = made_of(case("evil"))
    (form,) = tables(data)
    assert EVIL in form["事项摘要"]
    assert form["审计事项"].startswith("+cmd|' /C calc'!A0 **粗** [x](http://x.example) <script>")
    assert "· <b>|粗体" in form["所在位置"]
    with ZipFile(BytesIO(data)) as file:
        body = file.read("word/document.xml").decode()
        assert "w:hyperlink" not in body
        assert "HYPERLINK" not in "".join(node.text or "" for node in etree.fromstring(body.encode()).iter(f"{NAMESPACE}instrText"))


def test_the_same_findings_give_the_same_bytes() -> None:
    made = case("sum")
    assert made_of(made) == made_of(made)


def worst() -> Case:
    """Long texts, many places on two pages, a long note: as full as a form gets."""
    made = case("rounding", "sum")
    document = replace(made.examination.document, title="某省某市某区某某管理委员会办公室（汇总）" * 3, organization="某某管理委员会" * 8)
    findings = tuple(
        replace(
            finding,
            params={
                **finding.params,
                "row": "社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老支出（项）" * 6,
            },
            equation="表3[206·合计] " + " + ".join(["1,234,567.89"] * 40),
            locations=tuple(
                Location(location.role, replace(location.source, row_label="很长的科目名称" * 12)) for location in finding.locations
            ),
        )
        for finding in made.examination.findings
    )
    return Case(made.pdf, replace(made.examination, document=document, findings=findings))


@needs_office
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("make", [case, worst])
def test_every_form_fits_one_page(make: type[Case], language: Language, tmp_path: Path) -> None:
    made = make()
    note = Assessment(Standing.EXPLAINED, "单位说明情况" * 60, "张三", "2026-11-20")
    said = {finding.id: note for finding in made.examination.findings} if make is worst else None
    with pymupdf.open(converted(made_of(made, said, language), ".docx", "pdf", tmp_path)) as pdf:
        assert len(pdf) == len(made.examination.findings)
        numbers = [page.search_for("索引号" if language == "zh" else "Reference") for page in pdf]
        assert all(len(found) == 1 for found in numbers)
        assert all(page.get_images() for page in pdf)
