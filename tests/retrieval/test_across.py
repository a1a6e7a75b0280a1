"""One question over several documents: the one that is named, or all of them side by side."""

from __future__ import annotations

from disclosure import disclosure, table

from model.findings import Examination
from retrieval import ask


def other(organization: str, figure: str, year: int = 2026, sha256: str = "ee" * 32) -> Examination:
    spent = table("1", "支出预算总表", 2, f"科目名称 | 合计\n办公费 | {figure}\n合计 | {figure}")
    return disclosure(sha256=sha256, organization=organization, tables=(spent,), paragraphs=(), fiscal_year=year)


def test_the_document_of_the_named_organisation_answers():
    documents = [disclosure(), other("河州市审计局", "20.00")]
    assert ask(documents, "河州市审计局办公费多少").values[0].text == "20.00"
    assert ask(documents, "江州市审计局办公费多少").values[0].text == "70.00"


def test_of_one_organisation_the_named_year_answers():
    documents = [disclosure(), other("江州市审计局", "33.00", 2025)]
    assert ask(documents, "2025年办公费多少").values[0].text == "33.00"


def test_two_are_set_side_by_side_with_their_difference():
    answer = ask([disclosure(), other("河州市审计局", "20.00")], "江州市审计局和河州市审计局谁的办公费多，相差多少")
    assert [value.text for value in answer.values] == ["70.00", "20.00"]
    assert "相差 50.00 万元" in answer.text
    assert "[2]" in answer.text
    assert [evidence.document[:2] for evidence in answer.evidence] == ["cd", "ee"]


def test_too_many_to_set_side_by_side_are_asked_to_be_narrowed():
    documents = [other(f"{name}州市审计局", "1.00", sha256=f"{i:064x}") for i, name in enumerate("甲乙丙丁戊己庚")]
    answer = ask(documents, "办公费多少")
    assert not answer.found
    assert "7 份文件" in answer.text
    assert ask(documents, "丙州市审计局办公费多少").found


def test_departments_are_ranked_by_one_figure_of_each():
    documents = [disclosure(), other("河州市审计局", "20.00"), other("沅州市审计局", "90.00", sha256="dd" * 32)]
    answer = ask(documents, "办公费最多的三个部门是哪些？")
    assert [value.text for value in answer.values] == ["70.00", "20.00", "90.00"]
    assert "最多的是沅州市审计局" in answer.text


def test_nothing_is_the_largest_where_one_says_nothing():
    silent = disclosure(sha256="dd" * 32, organization="沅州市审计局", tables=(), paragraphs=())
    answer = ask([disclosure(), other("河州市审计局", "20.00"), silent], "谁的办公费最多")
    assert "70.00" in answer.text
    assert "其中最多" not in answer.text
