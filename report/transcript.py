"""Questions and answers with their citations, as Word or Markdown: the talk with a document becomes a working paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx.shared import Cm, Pt

from report.safe import clean, markdown, markdown_block
from report.word_file import add_text, data_of, new_document
from words import Language, say

GREY = (0.35, 0.35, 0.4)


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: its number in the answer, the document's title, the page, and the row or sentence as printed."""

    number: int
    document: str
    page: int
    text: str
    table: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer. ``mode`` is ``local`` or the language model's name; ``found`` is False for a refusal."""

    question: str
    answer: str
    mode: str
    found: bool = True
    citations: tuple[Cited, ...] = ()


def word(turns: Sequence[Turn], scope: str, language: Language, made: date) -> bytes:
    """The Word file. ``scope`` names the documents that were asked."""
    document = new_document(say("export.chat", language), language, made)
    add_text(document.add_paragraph(), say("export.chat", language), bold=True, size=17)
    add_text(document.add_paragraph(), header(scope, language, made), size=9, colour=GREY)
    for n, turn in enumerate(turns, 1):
        question = document.add_paragraph()
        question.paragraph_format.space_before = Pt(10)
        question.paragraph_format.keep_with_next = True
        add_text(question, say("export.chat.question", language, n=n, text=turn.question), bold=True)
        for line in clean(turn.answer).split("\n"):
            add_text(document.add_paragraph(), line)
        for note in (*(citation(cited, language) for cited in turn.citations), how(turn, language)):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.8)
            paragraph.paragraph_format.space_after = Pt(1)
            add_text(paragraph, note, size=9, colour=GREY)
    return data_of(document)


def markdown_file(turns: Sequence[Turn], scope: str, language: Language, made: date) -> bytes:
    """The same in Markdown, as UTF-8."""
    lines = [f"# {say('export.chat', language)}", "", markdown(header(scope, language, made)), ""]
    for n, turn in enumerate(turns, 1):
        lines += [f"## {markdown(say('export.chat.question', language, n=n, text=turn.question))}", "", markdown_block(turn.answer), ""]
        lines += [f"- {markdown(citation(cited, language))}" for cited in turn.citations]
        lines += [f"- {markdown(how(turn, language))}", ""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def header(scope: str, language: Language, made: date) -> str:
    """What was asked, and when the file was made."""
    return say("export.chat.scope", language, scope=scope, date=made.isoformat())


def citation(cited: Cited, language: Language) -> str:
    """A citation on one line: number, document, page, table, row, column, and the printed text."""
    place = (cited.document, say("export.page", language, page=cited.page), cited.table, cited.row, cited.column)
    return say(
        "export.chat.citation", language, number=cited.number, place=" · ".join(p for p in place if p), text=" ".join(cited.text.split())
    )


def how(turn: Turn, language: Language) -> str:
    """Who answered, and whether the document bears it out."""
    if not turn.found:
        return say("export.chat.not_found", language)
    key = "export.chat.local" if turn.mode == "local" else "export.chat.model"
    return say(key, language, model=turn.mode)
