"""A batch from paths to what is shown: tables or JSON as documents are read, progress meanwhile, a summary at the end."""

from __future__ import annotations

import codecs
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, cast

import msgspec
from rich.console import Console

from model.document import Status
from model.limits import USUAL, Bounds
from report.batch_view import Account
from report.safe import clean
from triage.apart import examination_of
from triage.batch import Batch, Done
from triage.ledger import Ledger
from triage.orders import Answer
from triage.paths import expand
from triage.readers import Here, Readers
from triage.version import gouji_version
from words import Language, say

PAPER = 160
"""The width in characters of tables written to a file."""
WORK = ".work"
"""Added to the output's name: the ledger of a batch that is not complete."""
PRODUCTS = {"table": "slim", "json": "json", "parquet": "rows"}
Answers = Iterable[tuple[str, Answer]]


@dataclass(frozen=True, slots=True)
class Request:
    """What a command asks for."""

    paths: list[Path]
    form: str
    output: Path | None = None
    language: Language = "zh"
    jobs: int = 1
    bounds: Bounds = USUAL
    scheduler: str = ""

    @property
    def work(self) -> Path | None:
        """The ledger's file, beside the output."""
        return self.output and self.output.with_name(self.output.name + WORK)


@contextmanager
def readers_of(request: Request) -> Iterator[Readers]:
    """Who is to read: processes of this machine, or the cluster that the request names. Raises ``ClusterError``."""
    if not request.scheduler:
        yield Here(request.jobs)
        return
    from triage.cluster import Cluster

    cluster = Cluster(request.scheduler)
    try:
        yield cluster
    finally:
        cluster.stop()


def show(request: Request, file: IO[bytes] | Path) -> Account:
    """Read the files and write each as soon as it is read, in their order, to a file (Parquet: a folder).

    What they come to is returned, and shown for several. Raises ``OSError`` where the output cannot be written, ``ClusterError``.
    """
    files = list(expand(request.paths))
    account, start = Account(request.language), time.monotonic()
    console = Console(stderr=True) if request.form != "table" or isinstance(file, Path) else console_on(file)
    with readers_of(request) as readers, Ledger(request.work) as ledger:
        batch = Batch(PRODUCTS[request.form], ledger, request.language, request.bounds, readers)
        with followed(batch.run(files), len(files), console, request.language) as done:
            WRITERS[request.form](noted(batch.answers(counted(done, account)), account), Paper(file, console, request.language))
    if len(files) > 1:
        console.print(account.view(time.monotonic() - start))
    return account


@dataclass(frozen=True, slots=True)
class Paper:
    """Where a batch is written: a file or folder, and the terminal."""

    output: IO[bytes] | Path
    console: Console
    language: Language


def as_json(answers: Answers, paper: Paper) -> None:
    """Write the report as JSON."""
    from report.json_report import wrapped

    assert not isinstance(paper.output, Path)  # noqa: S101 - one file
    for piece in wrapped(parts(answers, paper.language), gouji_version()):
        paper.output.write(piece)


def as_lines(answers: Answers, paper: Paper) -> None:
    """Write each document's part of the report as a line of JSON, for a reader that waits for it."""
    assert not isinstance(paper.output, Path)  # noqa: S101 - one file
    for part in parts(answers, paper.language):
        paper.output.write(part + b"\n")
        paper.output.flush()


def parts(answers: Answers, language: Language) -> Iterator[bytes]:
    """Each document's part of the report."""
    from report.json_report import placed
    from triage.products import json

    for path, answer in answers:
        yield placed(answer.made or json(examination_of(answer), language), path, answer.problems, language)


def as_tables(answers: Answers, paper: Paper) -> None:
    """Show each document's findings."""
    from report.terminal import document_view

    for path, answer in answers:
        examination = examination_of(answer)
        document = replace(examination.document, name=answer.name, problems=answer.problems)
        paper.console.print(document_view(path, replace(examination, document=document), paper.language))


def as_parquet(answers: Answers, paper: Paper) -> None:
    """Write one row a file, a finding and a fact."""
    from report.parquet_report import Files
    from report.tally import sentences_of

    assert isinstance(paper.output, Path)  # noqa: S101 - a folder
    seen: set[str] = set()
    with Files(paper.output) as files:
        for path, answer in answers:
            row = {
                "path": clean(path),
                "document": answer.sha256 or None,
                "status": answer.status.value,
                "problems": [problem.code for problem in answer.problems],
                "reason": " ".join(sentences_of(answer.problems, paper.language)),
                "pages": answer.pages,
                "amounts": answer.amounts,
                "checked": answer.checked,
                **(answer.findings if answer.status is not Status.FAILED else {}),
            }
            if answer.made:
                files.add(msgspec.msgpack.decode(answer.made, type=dict[str, bytes]), row, again=answer.sha256 in seen)
                seen.add(answer.sha256)
            else:
                files.add_failed(row)


WRITERS: dict[str, Callable[[Answers, Paper], None]] = {"table": as_tables, "json": as_json, "parquet": as_parquet}


def counted(done: Iterable[Done], account: Account) -> Iterator[Done]:
    """The same files; what is read now, and what an earlier run had read, is counted."""
    for item in done:
        account.fresh += item.pages
        account.again += item.again
        yield item


def noted(answers: Answers, account: Account) -> Iterator[tuple[str, Answer]]:
    """The same answers, each counted."""
    for path, answer in answers:
        account.note(path, answer)
        yield path, answer


def console_on(file: IO[bytes]) -> Console:
    """A console that writes to the terminal or into a file."""
    return Console() if file is sys.stdout.buffer else Console(file=cast("IO[str]", codecs.getwriter("utf-8")(file)), width=PAPER)


@contextmanager
def followed(done: Iterator[Done], count: int, console: Console, language: Language) -> Iterator[Iterable[Done]]:
    """The same files, with progress on the terminal: the console's own, or standard error's. None for a single document."""
    shown = console if console.is_terminal else Console(stderr=True)
    if count < 2 or not shown.is_terminal:
        yield done
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task("", total=count)

        def tracked() -> Iterator[Done]:
            pages, start = 0, time.monotonic()
            for item in done:
                pages += item.pages
                rate = f"{pages / (time.monotonic() - start):.1f}"
                bar.update(task, advance=1, description=say("cli.pace", language, rate=rate))
                yield item

        yield tracked()
