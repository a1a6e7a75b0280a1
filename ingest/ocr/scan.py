"""A scanned page as the words and rules the rest of the reading works on."""

from __future__ import annotations

import pymupdf

from ingest.grid import find_grids
from ingest.ocr.image import Grey, Picture, picture_of
from ingest.ocr.places import Pixels, cell_lines, outside_lines
from ingest.ocr.recognizer import Reading, recognizer
from ingest.page import Content, Word

MISREAD = ("方元", "万元")  # a unit without which no figure of a table has a meaning; the other is no word
ROOM = 0.18  # of a line's height: white left around it


def scanned(page: pymupdf.Page) -> Content:
    """The content of a page read from its picture: the cells of its ruled tables one by one, the rest line by line."""
    picture = picture_of(page)
    content = Content(page.number + 1, page.rect.width, page.rect.height, across=picture.across, down=picture.down, scanned=True)
    content.to_display = picture.to_display
    grids = find_grids(content)
    places = [place for grid in grids for place in cell_lines(picture, grid)] + outside_lines(picture, grids)
    readings = recognizer().read([cut_out(picture, place) for place in places])
    for number, (place, reading) in enumerate(zip(places, readings, strict=True)):
        if reading.text:  # nothing was read where there was but dirt
            content.words.append(word_of(place, picture.scale, reading, number))
    content.blank = not (content.words or content.across or content.down)
    return content


def cut_out(picture: Picture, place: Pixels) -> Grey:
    """The picture of a line with some white around it."""
    x0, y0, x1, y1 = place
    room = max(int(ROOM * (y1 - y0)), 2)
    return picture.grey[max(y0 - room, 0) : y1 + room, max(x0 - room, 0) : x1 + room]


def word_of(place: Pixels, scale: float, reading: Reading, number: int) -> Word:
    """A line's text as a word."""
    x0, y0, x1, y1 = (v / scale for v in place)
    return Word(reading.text.replace(*MISREAD), x0, y0, x1, y1, (number, 0), sure=reading.sure, others=reading.others)
