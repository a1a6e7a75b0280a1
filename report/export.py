"""All formats under one roof: what each is called, how it is made, and the writing of many to a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from model.assessment import Assessments
from model.document import Status
from model.findings import Examination
from report import annotated_pdf, csv_report, evidence_form, json_report, markdown_report, summary_sheet, xlsx_report
from report.annotated_pdf import Annotated
from report.files import place
from report.points import subject_of
from report.safe import file_name
from report.tally import problems
from words import Language, say


def today() -> date:
    """The date where the program runs."""
    return datetime.now().astimezone().date()


def no_original(sha256: str) -> bytes | None:  # noqa: ARG001 - the signature of a source of originals
    """Where no originals are at hand."""
    return None


def draw_here(name: str, examination: Examination, settings: Settings) -> Annotated:
    """Make a format that is drawn from the PDF in this process, which has to wait for it."""
    return DRAWN[name](examination, settings)


@dataclass(frozen=True, slots=True)
class Settings:
    """What every format may need.

    ``version`` is the program's; ``original`` gives a PDF's bytes by SHA-256, None where they are gone; ``tell`` is called with a
    sentence for each file that was not made, or not made as usual. ``draw`` makes what is drawn from a PDF: a format's name, an
    examination and these settings go in.
    """

    version: str
    language: Language = "zh"
    original: Callable[[str], bytes | None] = no_original
    assessments: Assessments = field(default_factory=dict)
    made: date = field(default_factory=today)
    tell: Callable[[str], None] = print
    draw: Callable[[str, Examination, Settings], Annotated] = draw_here


@dataclass(frozen=True, slots=True)
class Product:
    """One file made: its name and bytes, and the SHA-256 of its document where it is about one alone.

    ``data`` is None where it could not be made; ``message`` says why, or what is unusual about it.
    """

    name: str
    data: bytes | None
    message: str = ""
    sha256: str = ""


Links = Mapping[str, str]
ForAll = Callable[[Sequence[Examination], Settings, Links], bytes]
ForOne = Callable[[Examination, Settings], Annotated]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: one about all documents (``together``), or one a document, drawn from it. ``label`` is part of its name."""

    suffix: str
    label: str
    together: ForAll | None = None


def make_xlsx(examinations: Sequence[Examination], settings: Settings, links: Links) -> bytes:
    """The list of doubtful points as a workbook."""
    return xlsx_report.workbook(examinations, settings.assessments, settings.language, settings.made, links)


def make_summary(examinations: Sequence[Examination], settings: Settings, links: Links) -> bytes:  # noqa: ARG001
    """The triage summary."""
    return summary_sheet.summary(examinations, settings.assessments, settings.language, settings.made)


def make_csv(examinations: Sequence[Examination], settings: Settings, links: Links) -> bytes:  # noqa: ARG001
    """The list of doubtful points for other programs."""
    return csv_report.table(examinations, settings.assessments, settings.language)


def make_markdown(examinations: Sequence[Examination], settings: Settings, links: Links) -> bytes:  # noqa: ARG001
    """Summary and list as text."""
    return markdown_report.report(examinations, settings.assessments, settings.language, settings.made)


def make_json(examinations: Sequence[Examination], settings: Settings, links: Links) -> bytes:  # noqa: ARG001
    """The triage report (``gouji-report/1``)."""
    named = [(examination.document.name, examination) for examination in examinations]
    return b"".join(json_report.stream(named, settings.version, settings.language))


def make_forms(examination: Examination, settings: Settings) -> Annotated:
    """The evidence forms; made without pictures where the original is gone."""
    pdf = settings.original(examination.document.sha256)
    data = evidence_form.forms(pdf, examination, settings.assessments, settings.language, settings.made)
    return Annotated(data, "" if pdf else "no_original")


def make_pdf(examination: Examination, settings: Settings) -> Annotated:
    """The original with marks and notes."""
    pdf = settings.original(examination.document.sha256)
    if pdf is None:
        return Annotated(None, "no_original")
    return annotated_pdf.annotate(pdf, examination, settings.assessments, settings.language)


DRAWN: dict[str, ForOne] = {"pdf": make_pdf, "docx": make_forms}
FORMATS: dict[str, Format] = {
    "pdf": Format(".pdf", "annotated"),
    "xlsx": Format(".xlsx", "list", together=make_xlsx),
    "docx": Format(".docx", "form"),
    "summary": Format(".docx", "triage", together=make_summary),
    "json": Format(".json", "data", together=make_json),
    "csv": Format(".csv", "list", together=make_csv),
    "md": Format(".md", "list", together=make_markdown),
}
"""By the name the command line knows it by. The marked PDFs come first, so that the workbook's links know their names."""


def export(examinations: Sequence[Examination], folder: Path, formats: Sequence[str], settings: Settings) -> list[Path]:
    """Write these formats into a folder and return the files. Raises ``KeyError`` for an unknown format, ``OSError`` for the disk."""
    unknown = set(formats) - FORMATS.keys()
    if unknown:
        raise KeyError(*sorted(unknown))
    links: dict[str, str] = {}
    paths = []
    for name in FORMATS:
        if name not in formats:
            continue
        for product in produce(name, examinations, settings, links):
            if product.message:
                settings.tell(product.message)
            if product.data is None:
                continue
            path = place(folder, product.name, product.data)
            paths.append(path)
            if name == "pdf":
                links[product.sha256] = path.name
    return paths


def produce(name: str, examinations: Sequence[Examination], settings: Settings, links: Links | None = None) -> Iterator[Product]:
    """Make the files of one format, in memory. ``links`` names the marked PDFs, by SHA-256, that the workbook may lead to."""
    chosen = FORMATS[name]
    if chosen.together:
        yield Product(name_of(name, examinations, settings.language), chosen.together(examinations, settings, links or {}))
    else:
        for examination in examinations:
            yield one(name, examination, settings)


def one(name: str, examination: Examination, settings: Settings) -> Product:
    """One document's file, or the sentence that says why there is none."""
    document, language = examination.document, settings.language
    if document.status is Status.FAILED:
        result, reason = Annotated(None), next(iter(problems(examination, language)), "")
    else:
        result = settings.draw(name, examination, settings)
        reason = say(f"export.{result.reason}", language) if result.reason else ""
    key = "export.failed" if result.data is None else "export.changed"
    message = say(key, language, title=subject_of(document), format=say(f"export.format.{name}", language), reason=reason) if reason else ""
    return Product(name_of(name, [examination], language), result.data, message, document.sha256)


def name_of(name: str, examinations: Sequence[Examination], language: Language) -> str:
    """A file's name: whose it is, what it is, and the beginning of the SHA-256, so that two documents of one title never meet."""
    chosen = FORMATS[name]
    hashes = sorted(examination.document.sha256 for examination in examinations)
    if len(hashes) == 1:
        subject, mark = file_name(subject_of(examinations[0].document)), hashes[0][:8]
    else:
        subject, mark = say("export.several", language, n=len(hashes)), hashlib.sha256("".join(hashes).encode()).hexdigest()[:8]
    return f"{subject}_{file_name(say(f'export.{chosen.label}', language))}_{mark}{chosen.suffix}"
