"""Lines broken where Chinese and figures may be broken: between any two characters, but never inside a number or a Latin word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.text import Text

PIECE = re.compile(r"[“‘（《〈「『【]*(?:[!-~]+|.)[”’）》〉」』】，。、；：！？…]*", re.DOTALL)
NARROW = 8


class Folded:
    """A paragraph that fills the width it is given."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text = text
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        for line in fold(self.text, options.max_width):
            yield Text(line, style=self.style, no_wrap=True)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max((cell_len(line) for line in self.text.split("\n")), default=0)
        return Measurement(min(NARROW, widest), widest)


def fold(text: str, width: int) -> Iterator[str]:
    """Lines of at most ``width`` terminal cells; only a word that is longer than a line is cut."""
    for paragraph in text.split("\n"):
        line, used = "", 0
        for piece in pieces(paragraph, width):
            cells = cell_len(piece)
            if used + cells > width:
                yield line.rstrip()
                line, used = "", 0
            if line or not piece.isspace():
                line, used = line + piece, used + cells
        yield line


def pieces(text: str, width: int) -> Iterator[str]:
    """What may not be broken, each at most ``width`` cells wide."""
    for piece in PIECE.findall(text):
        yield from chop_cells(piece, width) if cell_len(piece) > width else (piece,)
