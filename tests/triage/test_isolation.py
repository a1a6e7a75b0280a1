"""Nothing a document names is opened, run or called, and its bounds are the user's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest
from typer.testing import CliRunner

from cli import app
from making import ROOT, table_pdf
from model.document import Problem
from model.limits import MEGABYTE, Bounds, Limits
from triage.orders import Answer, Order, failed
from triage.pool import Pool

WATCHED = """
import sys
from pathlib import Path
from triage.reading import examine
from model.limits import LIMITS
data, target = Path(sys.argv[1]).read_bytes(), sys.argv[2]
examine(data, "warm.pdf", LIMITS)  # libraries are loaded
seen = []
def hook(event, arguments):
    if event in ("open", "os.system", "os.exec", "os.posix_spawn", "subprocess.Popen", "webbrowser.open") or event.startswith("socket."):
        seen.append((event, str(arguments[0]) if arguments else ""))
sys.addaudithook(hook)
status = examine(data, "a.pdf", LIMITS).document.status.value
print(status, [item for item in seen if item[0] != "open" or target in item[1]])
"""


def reaching_out(target: Path) -> bytes:
    """A disclosure with a script, a program to launch, links, a file within it and one beside it."""
    pdf = pymupdf.open(stream=table_pdf(), filetype="pdf")
    page = pdf[0]
    page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(60, 115, 178, 137), "uri": "http://127.0.0.1:9/x"})
    page.insert_link({"kind": pymupdf.LINK_LAUNCH, "from": pymupdf.Rect(60, 137, 178, 159), "file": str(target)})
    page.insert_link({"kind": pymupdf.LINK_GOTOR, "from": pymupdf.Rect(60, 159, 178, 181), "file": str(target), "page": 0})
    pdf.embfile_add("inner.pdf", table_pdf([["支出", "合计"], ["教育支出", "99.00"]]))
    catalog = pdf.pdf_catalog()
    script = f"app.launchURL('http://127.0.0.1:9/x'); this.submitForm('http://127.0.0.1:9/x'); app.openDoc('{target}')"
    pdf.xref_set_key(catalog, "OpenAction", f"<</S/JavaScript/JS {pymupdf.get_pdf_str(script)}>>")
    pdf.xref_set_key(page.xref, "AA", f"<</O<</S/Launch/F {pymupdf.get_pdf_str(str(target))}>>>>")
    data: bytes = pdf.tobytes()
    return data


def test_nothing_a_document_names_is_opened_run_or_called(tmp_path: Path) -> None:
    target = tmp_path / "target.pdf"
    target.write_bytes(table_pdf())
    path = tmp_path / "a.pdf"
    path.write_bytes(reaching_out(target))
    command = [sys.executable, "-c", WATCHED, str(path), str(target)]
    run = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert run.stdout.decode().strip() == "ok []"


def test_a_file_within_a_document_is_no_part_of_it(tmp_path: Path) -> None:
    from ingest import read_document

    tables = read_document(reaching_out(tmp_path / "target.pdf"), "a.pdf").tables
    assert [len(table.rows) for table in tables] == [2]
    assert not any("99.00" in row.texts for table in tables for row in table.rows)


BOUNDS = Bounds(7, 300 * MEGABYTE, Limits(bytes=5 * MEGABYTE, pages=9))
SET = {"--max-seconds": "7", "--max-memory-mb": "300", "--max-mb": "5", "--max-pages": "9"}


@pytest.mark.parametrize("by", ["option", "environment"])
def test_the_bounds_are_set_by_option_or_environment(by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orders: list[Order] = []

    def asked(_: Pool, order: Order, __: bytes) -> Answer:
        orders.append(order)
        return failed(order.name, Problem("damaged"))

    monkeypatch.setattr("triage.pool.Pool.ask", asked)
    (tmp_path / "a.pdf").write_bytes(table_pdf())
    for option, value in SET.items():
        if by == "environment":
            monkeypatch.setenv("GOUJI_" + option.strip("-").upper().replace("-", "_"), value)
    given = [part for item in SET.items() for part in item] if by == "option" else []
    CliRunner().invoke(app, ["triage", str(tmp_path / "a.pdf"), "--format", "json", *given])
    assert [order.bounds for order in orders] == [BOUNDS]


def test_more_pages_than_allowed_are_not_read(tmp_path: Path) -> None:
    pdf = pymupdf.open(stream=table_pdf(), filetype="pdf")
    pdf.insert_pdf(pymupdf.open(stream=table_pdf(), filetype="pdf"))
    (tmp_path / "two.pdf").write_bytes(pdf.tobytes())
    result = CliRunner().invoke(app, ["triage", str(tmp_path / "two.pdf"), "--format", "json", "--max-pages", "1"])
    assert result.exit_code == 2
    assert "too-many-pages" in result.stdout
