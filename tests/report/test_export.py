"""Writing many formats to a folder: names, what is there already, what cannot be made."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factory import case
from openpyxl import load_workbook

from making import encrypted_pdf, failed
from report import files
from report.export import FORMATS, Settings, export, produce

DAY = date(2026, 11, 22)


def settings(*cases: object, **changes: object) -> Settings:
    originals = {made.examination.document.sha256: made.pdf for made in cases}  # type: ignore[attr-defined]
    return replace(Settings("0.1.0", original=originals.get, made=DAY, tell=str), **changes)  # type: ignore[arg-type]


def test_every_format_writes_a_whole_file_under_a_name_that_says_what_it_is(tmp_path: Path) -> None:
    made = case("sum")
    paths = export([made.examination], tmp_path / "new", list(FORMATS), settings(made))
    mark = made.examination.document.sha256[:8]
    names = [path.name for path in paths]
    assert names == [
        f"某市科学技术局2026年部门预算_{kind}"
        for kind in (
            f"标注_{mark}.pdf",
            f"疑点清单_{mark}.xlsx",
            f"审计取证单_{mark}.docx",
            f"预决算公开核对摘要_{mark}.docx",
            f"数据_{mark}.json",
            f"疑点清单_{mark}.csv",
            f"疑点清单_{mark}.md",
        )
    ]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(names)
    assert all(path.stat().st_size > 100 for path in paths)


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    made = case()
    first = export([made.examination], tmp_path, list(FORMATS), settings(made))
    assert export([made.examination], tmp_path, list(FORMATS), settings(made)) == first
    assert len(list(tmp_path.iterdir())) == len(FORMATS)


def test_a_list_that_someone_filled_in_is_kept(tmp_path: Path) -> None:
    made = case("sum")
    (first,) = export([made.examination], tmp_path, ["xlsx"], settings(made))
    first.write_bytes(b"filled in by hand")
    (second,) = export([made.examination], tmp_path, ["xlsx"], settings(made))
    assert first.read_bytes() == b"filled in by hand"
    assert second.name == first.stem + " (2).xlsx"
    load_workbook(second)


def test_two_documents_of_one_title_do_not_meet(tmp_path: Path) -> None:
    first, second = case("sum"), case("sum", "rounding", rows=[("206", "甲", "1.00", "1.00", "")] * 8)
    paths = export([first.examination, second.examination], tmp_path, ["pdf", "docx", "csv"], settings(first, second))
    assert len({path.name for path in paths}) == 5
    assert paths[-1].name.startswith("2份文件_疑点清单_")


def test_a_title_cannot_leave_the_folder(tmp_path: Path) -> None:
    made = case("sum", title="../../../etc/CON")
    (path,) = export([made.examination], tmp_path / "in", ["md"], settings(made))
    assert path.parent == tmp_path / "in"
    assert path.name.startswith("etc_CON_疑点清单_")


def test_the_workbook_leads_to_the_marked_pdf_beside_it(tmp_path: Path) -> None:
    made = case("sum")
    pdf, xlsx = export([made.examination], tmp_path, ["xlsx", "pdf"], settings(made))
    link = load_workbook(xlsx)["错误"]["F2"].hyperlink
    assert link.target.removeprefix("file:///") == pdf.name
    assert link.location == "page=2"


def test_json_is_the_report(tmp_path: Path) -> None:
    made = case("sum")
    (path,) = export([made.examination], tmp_path, ["json"], settings(made))
    read = json.loads(path.read_bytes())
    assert read["schema"] == "gouji-report/1"
    assert [finding["id"] for finding in read["documents"][0]["findings"]] == ["a41f09c2"]


def test_what_cannot_be_made_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    locked, sound = case("sum", title="锁"), case("sum", title="好")
    told: list[str] = []
    given = settings(locked, sound, tell=told.append)
    given = replace(given, original={locked.examination.document.sha256: encrypted_pdf(), sound.examination.document.sha256: sound.pdf}.get)
    paths = export([locked.examination, failed(), sound.examination], tmp_path, ["pdf"], given)
    assert [path.name[0] for path in paths] == ["好"]
    assert told == [
        "“锁”的标注 PDF未能生成：该 PDF 需要密码才能打开，无法标注。请先取得不加密的文件。",
        "“某部门2026年部门预算”的标注 PDF未能生成：这不是 PDF 文件（文件头不是 %PDF）。请上传 PDF 格式的公开文件。",
    ]


def test_forms_are_made_without_the_original_and_say_so(tmp_path: Path) -> None:
    told: list[str] = []
    (path,) = export([case("sum").examination], tmp_path, ["docx"], settings(tell=told.append))
    assert path.is_file()
    assert len(told) == 1


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="exe"):
        export([case("sum").examination], tmp_path, ["csv", "exe"], settings())
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        export([case("sum").examination], tmp_path, ["csv"], settings())
    assert list(tmp_path.iterdir()) == []


def test_one_format_in_memory() -> None:
    made = case("sum")
    (product,) = produce("pdf", [made.examination], settings(made))
    assert product.data is not None
    assert product.data.startswith(made.pdf)
    assert (product.message, product.sha256) == ("", made.examination.document.sha256)
