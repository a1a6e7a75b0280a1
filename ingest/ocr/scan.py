"""A scanned page as the words and rules the rest of the reading works on."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import pymupdf

from ingest.fonts import UNREADABLE
from ingest.grid import find_grids
from ingest.ocr.image import Grey, Picture, picture_of
from ingest.ocr.places import Pixels, cell_lines, outside_lines, pieced
from ingest.ocr.recognizer import Reading, doubted, recognizer
from ingest.page import Content, Word

MISREAD = ("方元", "万元")  # a unit without which no figure of a table has a meaning; the other is no word
ROOM = 0.18  # of a line's height: white left around it
MORE_ROOM, SLANT = 0.3, 0.06  # the second time a figure is read: more white, and leaning a little
ALONE = 2  # characters of a line at most that stand alone
GOOD = 0.7  # sureness of a page's characters below which it may stand on its side or its head
SAMPLE = 40  # lines that tell which way up a page is


@dataclass(frozen=True)
class Read:
    """A page's picture, where text stands in it, and the texts."""

    picture: Picture
    places: list[Pixels]
    readings: list[Reading]


def scanned(page: pymupdf.Page) -> Content:
    """The content of a page read from its picture: the cells of its ruled tables one by one, the rest line by line."""
    found = read(page, 0)
    if found.readings and sureness(found.readings) < GOOD:
        samples = {quarters: sureness(read(page, quarters, SAMPLE).readings) for quarters in range(4)}
        best = max(samples, key=lambda quarters: samples[quarters])
        found = read(page, best) if best else found
    return content_of(page, found)


def read(page: pymupdf.Page, quarters: int, most: int | None = None) -> Read:
    """A page turned to the right by some quarters, read; of its longest lines alone, so many, where ``most`` says so."""
    picture = picture_of(page, quarters)
    grids = find_grids(framed(picture, page.number + 1))
    places = [place for grid in grids for place in cell_lines(picture, grid)] + outside_lines(picture, grids)
    if most is not None:
        places = sorted(places, key=lambda place: place[0] - place[2])[:most]
    return Read(picture, places, readings_of(picture, places))


def sureness(readings: list[Reading]) -> float:
    """How sure the characters of some lines are, on average; those that stand alone, as on a page on its side, count for nothing."""
    characters = sum(len(reading.sure) for reading in readings)
    return sum(sum(reading.sure) for reading in readings if len(reading.sure) > ALONE) / characters if characters else 0.0


def framed(picture: Picture, number: int) -> Content:
    """The content of a page that has but the rules of its picture."""
    height, width = (size / picture.scale for size in picture.grey.shape)
    content = Content(number, width, height, across=picture.across, down=picture.down, scanned=True)
    content.to_display = picture.to_display
    return content


def content_of(page: pymupdf.Page, found: Read) -> Content:
    """The content of a page with what was read."""
    picture = found.picture
    content = framed(picture, page.number + 1)
    for number, (place, reading) in enumerate(zip(found.places, found.readings, strict=True)):
        if reading.text:
            content.words.append(word_of(place, picture.scale, reading, number))
        elif has_strokes(picture, place):  # else there was but dirt
            content.words.append(word_of(place, picture.scale, Reading(UNREADABLE, (0.0,)), number))
    content.blank = not (content.words or content.across or content.down)
    return content


def readings_of(picture: Picture, places: list[Pixels]) -> list[Reading]:
    """What stands at some places; figures, and where nothing was recognised, are read a second time, otherwise cut out."""
    readings = recognizer().read([cut_out(picture, place, ROOM) for place in places])
    again = [k for k, reading in enumerate(readings) if is_figure(reading) or (not reading.text and has_strokes(picture, places[k]))]
    seconds = recognizer().read([leaning(cut_out(picture, places[k], MORE_ROOM)) for k in again])
    for k, second in zip(again, seconds, strict=True):
        readings[k] = agreed(readings[k], second)
        if is_cut(picture, places[k]):
            readings[k] = doubted(readings[k])
    return readings


def is_cut(picture: Picture, place: Pixels) -> bool:
    """Whether ink at a place reached into the rule beside it, and was taken away with it."""
    x0, y0, x1, y1 = place
    ink, erased = picture.ink[y0:y1], picture.erased[y0:y1]
    return any(
        ((ink[:, at : at + 1] > 0) & (erased[:, beside : beside + 1] > 0)).any()
        for at, beside in ((x0, x0 - 1), (x1 - 1, x1))
        if 0 <= beside < ink.shape[1]
    )


def is_figure(reading: Reading) -> bool:
    """Whether a text has a digit and at most one character that belongs to no figure."""
    return any(c.isdigit() for c in reading.text) and sum(not (c.isdigit() or c in ".,-%()") for c in reading.text) <= 1


def agreed(first: Reading, second: Reading) -> Reading:
    """Two readings of a place as one, in doubt where they differ: the first, unless it alone is nothing or not set as a figure."""
    if first.text == second.text:
        return first
    likelier, other = first, second
    if second.text and (not first.text or (max(first.sure) == 0.0 and max(second.sure) > 0.0)):
        likelier, other = second, first
    return doubted(likelier, other.text) if other.text else doubted(likelier)


def has_strokes(picture: Picture, place: Pixels) -> bool:
    """Whether any ink at a place is as high as a character's."""
    x0, y0, x1, y1 = place
    return bool(pieced(picture.ink[y0:y1, x0:x1], picture.scale))


def cut_out(picture: Picture, place: Pixels, white: float) -> Grey:
    """The picture of a line with some white around it, as a part of its height."""
    x0, y0, x1, y1 = place
    room = max(int(white * (y1 - y0)), 2)
    return picture.grey[max(y0 - room, 0) : y1 + room, max(x0 - room, 0) : x1 + room]


def leaning(line: Grey) -> Grey:
    """A line set a little oblique."""
    height, width = line.shape
    shear = np.array([[1, -SLANT, SLANT * height / 2], [0, 1, 0]], np.float32)
    return cv2.warpAffine(line, shear, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)


def word_of(place: Pixels, scale: float, reading: Reading, number: int) -> Word:
    """A line's text as a word."""
    x0, y0, x1, y1 = (v / scale for v in place)
    return Word(reading.text.replace(*MISREAD), x0, y0, x1, y1, (number, 0), sure=reading.sure, others=reading.others)
