"""The JSON report, field by field as its specification has it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from making import examination, failed, finding
from model.findings import Severity
from report.json_report import report, stream

EXPECTED = """
{
  "schema": "gouji-report/1",
  "generator": {"name": "gouji", "version": "0.1.0"},
  "documents": [
    {
      "path": "in/预算.pdf",
      "sha256": "abababababababababababababababababababababababababababababababab",
      "status": "ok",
      "problems": [],
      "title": "某部门2026年部门预算",
      "organization": "某部门",
      "fiscal_year": 2026,
      "kind": "budget",
      "pages": 1,
      "seconds": {"ingest": 0.25, "checks": 0.01},
      "tables": [
        {
          "id": "T01", "number": "表1", "title": "支出表", "form": null, "unit": "万元", "pages": [1], "columns": [["合计"]],
          "rows": [{"page": 1, "bbox": [10.0, 20.0, 50.0, 32.0], "cells": ["301.00"]}]
        }
      ],
      "coverage": {"amounts": 4, "checked": 3},
      "checks": {"pass": 3, "rounding": 0, "fail": 1, "not_applicable": 0, "open": 0},
      "findings": [
        {
          "id": "a41f09c2",
          "rule": "FT101",
          "name": "column-does-not-foot",
          "severity": "error",
          "equation": "301.00 ≠ 310.00",
          "stated": "301.00",
          "expected": "310.00",
          "difference": "-9.00",
          "unit": "万元",
          "locations": [
            {
              "role": "total", "page": 1, "bbox": [10.0, 20.0, 50.0, 32.0], "table": "T01",
              "row": "206 科学技术支出", "column": "支出预算 › 合计", "text": "301.00"
            }
          ],
          "suspect": {
            "page": 1, "bbox": [10.0, 20.0, 50.0, 32.0],
            "text": "301.00", "proposed": "310.00", "cause": "transposition", "explains": 5
          },
          "alternatives": [],
          "symptoms": ["TI201:x"]
        }
      ]
    }
  ]
}
"""
PARAMS = {"table": "表1", "row": "{row} 科学技术支出", "column": "合计"}
FOUND = finding(params=PARAMS, equation="301.00 ≠ 310.00", symptoms=("TI201:x",))


@pytest.fixture(autouse=True)
def _worded() -> None:
    """The catalogue's own words, not the ones made up for other formats."""


def written(*items: tuple[str, object], language: str = "zh") -> dict:
    return json.loads(b"".join(stream(items, "0.1.0", language)))  # type: ignore[arg-type]


def test_the_report_of_one_document() -> None:
    got = written(("in/预算.pdf", examination(FOUND)))
    words = [got["documents"][0]["findings"][0].pop(part) for part in ("title", "explanation")]
    assert got == json.loads(EXPECTED)
    assert all(words)


def test_words_are_of_the_language_and_parameters_are_shown_as_they_are() -> None:
    for language, word in (("zh", "最可能写错的是第 1 页的“301.00”"), ("en", "Most likely wrong is “301.00” on page 1")):
        got = written(("a.pdf", examination(FOUND)), language=language)["documents"][0]["findings"][0]
        assert "{row} 科学技术支出" in got["title"]
        assert word in got["explanation"]


def test_a_batch_is_streamed_a_document_a_line() -> None:
    items = [(f"{n}.pdf", examination(FOUND)) for n in range(3)]
    pieces = list(stream(iter(items), "0.1.0"))
    assert len(pieces) == 5
    assert json.loads(b"".join(pieces)) == json.loads(json.dumps(report(items, "0.1.0")))


def test_a_batch_of_nothing_is_a_report() -> None:
    assert written()["documents"] == []


def test_a_document_that_could_not_be_read_says_why_and_what_to_do() -> None:
    got = written(("a.txt", failed("not-a-pdf")))["documents"][0]
    assert (got["status"], got["findings"], got["tables"], got["pages"]) == ("failed", [], [], 0)
    assert got["problems"][0]["code"] == "not-a-pdf"
    assert "PDF" in got["problems"][0]["message"]


def test_a_finding_without_a_suspect_says_null() -> None:
    got = written(("a.pdf", examination(replace(FOUND, suspect=None, severity=Severity.WARNING))))["documents"][0]["findings"][0]
    assert got["suspect"] is None
    assert "最可能" not in got["explanation"]
