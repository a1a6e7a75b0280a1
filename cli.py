"""The command line. Each command calls one function, shows what comes back, and computes nothing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Annotated, Literal

import typer

from model.document import Status
from model.findings import Severity
from model.limits import MEGABYTE, Bounds, Limits
from words import Language, say

if TYPE_CHECKING:
    from triage import Examined

SPOKEN: Language = "en" if os.environ.get("GOUJI_LANGUAGE") == "en" else "zh"
GOOD, BAD, UNREADABLE = 0, 1, 2
"""Exit codes: nothing wrong (or the question answered), an error found (or no answer), a document not read or the call wrong."""
FAULT, INTERRUPTED = 70, 130
"""Exit codes: the program itself failed, Ctrl+C."""


def told(key: str) -> str:
    """A text of the command line itself, in the language of the environment: it is needed before any option is read."""
    return say(f"cli.{key}", SPOKEN)


app = typer.Typer(help=told("help"), no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

Paths = Annotated[list[Path], typer.Argument(help=told("paths"), metavar="PATH…", show_default=False, readable=False)]
"""Files and folders; one that cannot be read is named with the others, not refused before anything is read."""
Output = Annotated[Path | None, typer.Option(help=told("output"), metavar="FILE", show_default=False)]
Tongue = Annotated[Language, typer.Option(help=told("language"))]
Megabytes = Annotated[int, typer.Option(help=told("max_mb"), min=1, metavar="MB", envvar="GOUJI_MAX_MB")]
Pages = Annotated[int, typer.Option(help=told("max_pages"), min=1, metavar="N", envvar="GOUJI_MAX_PAGES")]
Seconds = Annotated[int, typer.Option(help=told("max_seconds"), min=1, metavar="S", envvar="GOUJI_MAX_SECONDS")]
Memory = Annotated[int, typer.Option("--max-memory-mb", help=told("max_memory"), min=64, metavar="MB", envvar="GOUJI_MAX_MEMORY_MB")]
Jobs = Annotated[int, typer.Option(help=told("jobs"), min=0, metavar="N", show_default=False)]
Scheduler = Annotated[str, typer.Option(help=told("scheduler"), metavar="tcp://HOST:PORT", show_default=False)]


@app.command(help=told("triage"))
def triage(  # noqa: PLR0913, PLR0917 - each is an option of the command
    paths: Paths,
    form: Annotated[Literal["table", "json", "parquet"], typer.Option("--format", help=told("format"))] = "table",
    output: Output = None,
    language: Tongue = SPOKEN,
    jobs: Jobs = 0,
    scheduler: Scheduler = "",
    max_mb: Megabytes = 200,
    max_pages: Pages = 3000,
    max_seconds: Seconds = 120,
    max_memory: Memory = 2048,
) -> None:
    """Check disclosures and say what does not tie."""
    if not scheduler:
        from triage.pool import POOL

        POOL.warm()  # it loads the reader while this process loads what shows the result
    elif jobs:
        raise typer.BadParameter(say("cli.jobs_of_cluster", language), param_hint="--jobs")
    from triage.showing import Request, show

    bounds = bounds_of(max_mb, max_pages, max_seconds, max_memory)
    request = Request(paths, form, output, language, jobs or processors(), bounds, scheduler)
    with opened(output, language, folder=form == "parquet") as file, unfinished(request.work, language):
        account = show(request, file)
    raise typer.Exit(UNREADABLE if account.failed else BAD if account.findings[Severity.ERROR.value] else GOOD)


@app.command(help=told("watch"))
def watch(  # noqa: PLR0913, PLR0917 - each is an option of the command
    folders: Annotated[list[Path], typer.Argument(help=told("folders"), metavar="DIR…", show_default=False, exists=True, file_okay=False)],
    form: Annotated[Literal["table", "json"], typer.Option("--format", help=told("watch_format"))] = "table",
    language: Tongue = SPOKEN,
    jobs: Jobs = 0,
    max_mb: Megabytes = 200,
    max_pages: Pages = 3000,
    max_seconds: Seconds = 120,
    max_memory: Memory = 2048,
) -> None:
    """Read disclosures into the library as they arrive, until it is interrupted."""
    from triage.library import open_library
    from triage.showing import Paper, Request, as_lines, as_tables, console_on
    from triage.watching import watch as arriving

    request = Request(folders, form, None, language, jobs or processors(), bounds_of(max_mb, max_pages, max_seconds, max_memory))
    output = sys.stdout.buffer
    show = as_lines if form == "json" else as_tables
    typer.echo(say("cli.watching", language), err=True)
    try:
        show(arriving(request, open_library()), Paper(output, console_on(output), language))
    except KeyboardInterrupt:
        raise typer.Exit(GOOD) from None


@app.command(help=told("ask"))
def ask(
    paths: Annotated[
        list[Path] | None, typer.Argument(help=say("library.paths", SPOKEN), metavar="[PATH…]", show_default=False, readable=False)
    ] = None,
    *,
    question: Annotated[str, typer.Option(help=told("question"), show_default=False)],
    form: Annotated[Literal["text", "json"], typer.Option("--format", help=told("ask_format"))] = "text",
    language: Tongue = SPOKEN,
    max_mb: Megabytes = 200,
) -> None:
    """Answer a question about disclosures."""
    from retrieval.holdings import ask_holdings
    from triage.indexing import file_holdings, library_holdings
    from triage.library import open_library

    codes = [GOOD]
    if paths:
        items = reporting(examine(paths, max_mb), codes, language)
        readable = [item.examination for item in items if item.examination.document.status is not Status.FAILED]
        if not readable:
            raise typer.Exit(UNREADABLE)
        holdings = file_holdings(open_library(), readable)
    else:
        library = open_library()
        holdings = library_holdings(library)
        if left_out := len(library.entries()) - len(holdings.cards):
            typer.echo(say("library.outdated", language, n=left_out), err=True)
    answer = ask_holdings(holdings, question, language)
    if form == "json":
        sys.stdout.buffer.write(json.dumps(answer.to_json(), ensure_ascii=False, indent=1).encode(errors="backslashreplace") + b"\n")
    else:
        from report.terminal import answer_view
        from triage.showing import console_on

        cited = dict.fromkeys(place.document for place in (*answer.evidence, *answer.nearest))
        documents = {sha256: found.document for sha256 in cited if (found := holdings.opened(sha256)) is not None}
        console_on(sys.stdout.buffer).print(answer_view(answer.to_json(), documents, language))
    raise typer.Exit(max(*codes, GOOD if answer.found else BAD))


@app.command(name="export", help=told("export"))
def export_files(
    paths: Paths,
    to: Annotated[Path, typer.Option(help=told("to"), metavar="DIR", show_default=False)],
    formats: Annotated[str, typer.Option(help=told("formats"))] = "xlsx,docx,pdf,json",
    language: Tongue = SPOKEN,
    max_mb: Megabytes = 200,
) -> None:
    """Write working papers of disclosures, with what is kept of their assessments."""
    from report.export import FORMATS
    from triage.exporting import export_examined

    chosen = [name.strip() for name in formats.split(",") if name.strip()] or [""]
    if unknown := sorted(set(chosen) - FORMATS.keys()):
        raise typer.BadParameter(
            say("cli.unknown_format", language, name="、".join(unknown), known=", ".join(FORMATS)), param_hint="--formats"
        )
    codes = [GOOD]
    items = list(reporting(examine(paths, max_mb), codes, language))
    if all(item.examination.document.status is Status.FAILED for item in items):
        raise typer.Exit(UNREADABLE)
    try:
        written = export_examined(items, to, chosen, language, lambda message: typer.echo(message, err=True))
    except OSError as error:
        typer.echo(say("cli.not_written", language, path=to, reason=error.strerror), err=True)
        raise typer.Exit(UNREADABLE) from None
    for path in written:
        typer.echo(str(path))
    raise typer.Exit(max(codes))


@app.command(name="index", help=told("index"))
def index_library(
    rebuild: Annotated[bool, typer.Option("--rebuild", help=told("rebuild"))] = False,
    language: Tongue = SPOKEN,
) -> None:
    """Bring the library and its search index up to date, or build the index anew."""
    from rich.progress import Progress

    from report.safe import clean
    from report.tally import sentences_of
    from retrieval.index import TROUBLE
    from triage.indexing import index_documents, open_index
    from triage.library import open_library
    from triage.renewing import renewed

    library = open_library()
    try:
        index = open_index(library)
        if rebuild:
            index.clear()
        with Progress(transient=True, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task("")

            def bar(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)

            for failed in renewed(library, bar):
                typer.echo(clean(f"{failed.name}: {' '.join(sentences_of(failed.problems, language))}"), err=True)
            index_documents(library, index, bar)
        typer.echo(say("cli.indexed", language, count=len(index.documents())))
    except TROUBLE as error:
        typer.echo(say("library.failed", language, reason=str(error) or type(error).__name__), err=True)
        raise typer.Exit(UNREADABLE) from None


def examine(paths: list[Path], max_mb: int) -> Iterator[Examined]:
    """The examinations of the files that the paths name, as they are made."""
    from triage.batch import examined
    from triage.bounds import bounds_set
    from triage.paths import expand

    return examined(expand(paths), bounds_set(Limits(bytes=max_mb * MEGABYTE)), processors())


def bounds_of(max_mb: int, max_pages: int = 3000, max_seconds: int = 120, max_memory: int = 2048) -> Bounds:
    """The bounds on one document."""
    return Bounds(max_seconds, max_memory * MEGABYTE, Limits(bytes=max_mb * MEGABYTE, pages=max_pages))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
def opened(output: Path | None, language: Language, *, folder: bool = False) -> Iterator[IO[bytes] | Path]:
    """Where the result goes: standard output, or a file that appears when it is complete; or a folder, which must be named.

    Ends the command if it cannot be written.
    """
    if output is None:
        if folder:
            raise typer.BadParameter(say("cli.folder_needed", language), param_hint="--output")
        yield sys.stdout.buffer
        return
    from store import whole_file

    try:
        if folder:
            yield output
        else:
            with whole_file(output) as file:
                yield file
    except OSError as error:
        typer.echo(say("cli.not_written", language, path=output, reason=error.strerror), err=True)
        raise typer.Exit(UNREADABLE) from None


@contextmanager
def unfinished(work: Path | None, language: Language) -> Iterator[None]:
    """Ends the command with a word on why, where a batch ends before its time, and on the file that keeps what has been read."""
    from triage.readers import ClusterError

    try:
        yield
    except KeyboardInterrupt:
        code, said = INTERRUPTED, say("cli.interrupted", language)
    except ClusterError as error:
        code, said = UNREADABLE, say(f"cli.cluster.{error.key}", language, **error.params)
    else:
        return
    kept = say("cli.kept", language, path=work) if work and work.exists() else ""
    typer.echo(f"{said} {kept}".rstrip(), err=True)
    raise typer.Exit(code)


def fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Called by Python for an exception that nothing caught: an error of the program, said plainly, its details in a file."""
    from triage.child import place_of
    from triage.faults import recorded

    path = recorded(error)
    if path is None:
        sys.__excepthook__(kind, error, trace)
    else:
        typer.echo(say("cli.fault", SPOKEN, reason=place_of(error), path=path), err=True)
    raise SystemExit(FAULT)


def main() -> None:
    """Run the command line; a terminal that lacks a character shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.excepthook = fault
    typer.main.get_command(app)()  # calling the app itself would put another hook in place


if __name__ == "__main__":
    main()
