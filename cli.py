"""The command line: ``gouji triage`` and ``gouji ask``. It calls one function, shows what comes back, and computes nothing."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Literal, cast

import typer

from model.document import Status
from model.findings import Severity
from words import Language, say

if TYPE_CHECKING:
    from rich.console import Console

    from triage import Examined

SPOKEN: Language = "en" if os.environ.get("GOUJI_LANGUAGE") == "en" else "zh"
GOOD, BAD, UNREADABLE = 0, 1, 2
"""Exit codes: nothing wrong (or the question answered), an error found (or no answer), a document not read or the call wrong."""
PAPER = 160
"""The width in characters of tables written to a file."""


def told(key: str) -> str:
    """A text of the command line itself, in the language of the environment: it is needed before any option is read."""
    return say(f"cli.{key}", SPOKEN)


app = typer.Typer(help=told("help"), no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

Paths = Annotated[list[Path], typer.Argument(help=told("paths"), metavar="PATH…", show_default=False)]
Output = Annotated[Path | None, typer.Option(help=told("output"), metavar="FILE", show_default=False)]
Tongue = Annotated[Language, typer.Option(help=told("language"))]
Megabytes = Annotated[int, typer.Option(help=told("max_mb"), min=1, metavar="MB")]


@app.command(help=told("triage"))
def triage(
    paths: Paths,
    form: Annotated[Literal["table", "json"], typer.Option("--format", help=told("format"))] = "table",
    output: Output = None,
    language: Tongue = SPOKEN,
    max_mb: Megabytes = 200,
) -> None:
    """Check disclosures and say what does not tie."""
    count, examined = examine(paths, max_mb)
    codes = [GOOD]
    show = as_json if form == "json" else as_tables
    with opened(output, language) as file:
        show(noting(examined, codes), count, file, language)
    raise typer.Exit(max(codes))


@app.command(help=told("ask"))
def ask(
    paths: Paths,
    question: Annotated[str, typer.Option(help=told("question"), show_default=False)],
    form: Annotated[Literal["text", "json"], typer.Option("--format", help=told("ask_format"))] = "text",
    language: Tongue = SPOKEN,
    max_mb: Megabytes = 200,
) -> None:
    """Answer a question about disclosures."""
    import retrieval

    count, examined = examine(paths, max_mb)
    codes = [GOOD]
    with followed(reporting(examined, codes, language), count) as items:
        readable = [item.examination for item in items if item.examination.document.status is not Status.FAILED]
    if not readable:
        raise typer.Exit(UNREADABLE)
    answer = retrieval.ask(readable, question, language)
    if form == "json":
        sys.stdout.buffer.write(json.dumps(answer.to_json(), ensure_ascii=False, indent=1).encode() + b"\n")
    else:
        from report.terminal import answer_view

        documents = {examination.document.sha256: examination.document for examination in readable}
        console_on(sys.stdout.buffer).print(answer_view(answer.to_json(), documents, language))
    raise typer.Exit(max(*codes, GOOD if answer.found else BAD))


def examine(paths: list[Path], max_mb: int) -> tuple[int, Iterator[Examined]]:
    """How many files the paths name, and their examinations as they are made."""
    import triage as batch
    from ingest.limits import MEGABYTE, Limits

    files = list(batch.expand(paths))
    return len(files), batch.run(files, Limits(bytes=max_mb * MEGABYTE))


def noting(examined: Iterable[Examined], codes: list[int]) -> Iterator[Examined]:
    """The same items; each one's exit code is added to the codes."""
    for item in examined:
        if item.examination.document.status is Status.FAILED:
            codes.append(UNREADABLE)
        elif any(finding.severity is Severity.ERROR for finding in item.examination.findings):
            codes.append(BAD)
        yield item


def reporting(examined: Iterable[Examined], codes: list[int], language: Language) -> Iterator[Examined]:
    """The same items; what could not be read is said on standard error, and its exit code added to the codes."""
    from report.safe import clean
    from report.tally import problems

    for item in examined:
        if item.examination.document.status is Status.FAILED:
            codes.append(UNREADABLE)
            typer.echo(clean(f"{item.path}: {' '.join(problems(item.examination, language))}"), err=True)
        yield item


@contextmanager
def opened(output: Path | None, language: Language) -> Iterator[IO[bytes]]:
    """Where the result goes: standard output, or a file that appears when it is complete. Ends the command if it cannot be written."""
    if output is None:
        yield sys.stdout.buffer
        return
    from store import whole_file

    try:
        with whole_file(output) as file:
            yield file
    except OSError as error:
        typer.echo(say("cli.not_written", language, path=output, reason=error.strerror), err=True)
        raise typer.Exit(UNREADABLE) from None


def as_json(examined: Iterable[Examined], count: int, file: IO[bytes], language: Language) -> None:
    """Write the report as JSON, each document as soon as it is examined."""
    from report.json_report import stream
    from triage import gouji_version

    with followed(examined, count) as items:
        for piece in stream(((item.path, item.examination) for item in items), gouji_version(), language):
            file.write(piece)


def as_tables(examined: Iterable[Examined], count: int, file: IO[bytes], language: Language) -> None:
    """Show each document's findings as soon as it is examined; a batch ends with what it comes to."""
    from report.tally import tally
    from report.terminal import closing, document_view

    console = console_on(file)
    counts = []
    with followed(examined, count, console) as items:
        for item in items:
            console.print(document_view(item.path, item.examination, language))
            counts.append((item.path, tally(item.examination, {}, language)))
    if count > 1:
        console.print(closing(counts, language))


def console_on(file: IO[bytes]) -> Console:
    """A console that writes to the terminal or into a file."""
    from rich.console import Console

    return Console() if file is sys.stdout.buffer else Console(file=cast("IO[str]", codecs.getwriter("utf-8")(file)), width=PAPER)


@contextmanager
def followed(examined: Iterable[Examined], count: int, console: Console | None = None) -> Iterator[Iterable[Examined]]:
    """The same items, with a progress bar on the terminal: the console's own, or standard error's. None for a single document."""
    shown = console is not None and console.is_terminal
    if count < 2 or not (shown or sys.stderr.isatty()):
        yield examined
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console if shown else Console(stderr=True), transient=True) as bar:
        yield bar.track(examined, total=count)


def main() -> None:
    """Run the command line; a terminal that lacks a character shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()


if __name__ == "__main__":
    main()
