import pytest

from ingest.narrative import subject_parts
from ingest.narrative.labels import clean_label, enumerator_level, organisations


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("公共安全支出（204类）司法（06款）其他司法支出（99项）", ("公共安全支出", "司法", "其他司法支出", ("204", "20406", "2040699"))),
        ("一般公共服务支出（类）财政事务（款）行政运行（项）", ("一般公共服务支出", "财政事务", "行政运行", ())),
        ("司法（款）行政运行（项）", (None, "司法", "行政运行", ())),
        ("一般公共服务支出(类)", ("一般公共服务支出", None, None, ())),
        ("政府办公厅（室）及相关机构事务（款）行政运行（项）", (None, "政府办公厅（室）及相关机构事务", "行政运行", ())),
        ("社会保障和就业支出-行政事业单位养老支出-行政单位离退休", ("社会保障和就业支出", "行政事业单位养老支出", "行政单位离退休", ())),
        ("2080505-机关事业单位基本养老保险缴费支出", (None, None, "机关事业单位基本养老保险缴费支出", ("2080505",))),
        ("行政运行（2010801）", (None, None, "行政运行", ("2010801",))),
        ("行政运行", (None, None, "行政运行", ())),
        ("204类06款01项", (None, None, None, ("204", "20406", "2040601"))),
    ],
)
def test_subject_parts(label, parts):
    assert tuple(subject_parts(label)) == parts


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、收入", 1),
        ("（一）收入", 2),
        ("1.收入", 3),
        ("1．收入", 3),
        ("（1）收入", 4),
        ("①收入", 5),
        ("1.5万元", None),
        ("1.2026年预算", 3),
        ("收入", None),
    ],
)
def test_enumerators(text, level):
    found = enumerator_level(text)
    assert (found[0] if found else None) == level


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2026年预算数为", ""),
        ("（二）支出预算情况说明（详见表1-3）2026年支出预算", "支出预算"),
        ("截至2025年12月31日，本部门共有车辆", "车辆"),
        ("2026年本部门政府采购预算总额", "政府采购预算总额"),
        ("因公出国（境）费支出决算为", "因公出国（境）费支出"),
    ],
)
def test_clean_label(text, label):
    assert clean_label(text) == label


def test_organisations_are_on_the_cover_or_before_a_year_again_and_again():
    texts = ["某市财政局2026年收入预算10万元。", "某市财政局2026年支出预算10万元。", "教育支出2026年预算数"]
    assert organisations([], texts) == {"某市财政局"}
    assert organisations(["某市审计局部门预算"], []) == {"某市审计局"}
