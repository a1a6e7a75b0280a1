"""The text of a picture of one line, by the recognition model that rapidocr-onnxruntime carries.

The model gives, for each of some forty steps a hundred pixels, the probability of every character. A reading keeps for each character
how sure it is, so that a figure's doubtful digits are known.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.ocr.image import Grey

PACKAGE = "rapidocr_onnxruntime"
MODEL = "models/ch_PP-OCRv4_rec_infer.onnx"
HEIGHT = 48  # pixels of a line as the model reads it
NARROWEST = 64
WIDEST = 3200
BATCH_PIXELS = 48 * 320 * 12  # pixels read at once: bounds memory
STEPS = 8  # pixels a step
THREADS = 2
FIGURE = re.compile(r"[\d.,，。·、:：;；%％\-—－一()（）'’`oOlI|]+")
DIRTY = re.compile(r"[^\w≥≤<>=±+]?\d[\d,]*\.\d\d[^\w%万元]?")  # an amount, and dirt before or behind it
FIGURE_CHARACTERS = "0123456789.,-%()"
WELL_FORMED = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
UNSURE = 0.5  # at most, of a figure that was mended
ALIKE = str.maketrans({"，": ",", "％": "%", "－": "-", "—": "-", "（": "(", "）": ")"})


@dataclass(frozen=True)
class Reading:
    """A line's text, how sure each character is (0 to 1), and other texts it may be, the likelier first."""

    text: str
    sure: tuple[float, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Character:
    """One character as read: its sureness, the second likeliest character there (empty for none) and that one's."""

    text: str
    sure: float
    second: str
    second_sure: float


class Recognizer:
    """Reads pictures of lines."""

    def __init__(self, model: Path) -> None:
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # from 1.29 on it reports to its maker, unless told before it is loaded
        import onnxruntime

        onnxruntime.disable_telemetry_events()  # the same for Windows, where the variable does nothing
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # a third of the processor's time was waiting
        self.session: Any = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.input: str = self.session.get_inputs()[0].name
        characters = self.session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self.characters: list[str] = ["", *characters, " "]
        allowed = set(FIGURE_CHARACTERS) | {""}
        self.figures = np.array([k for k, c in enumerate(self.characters) if c in allowed])

    def read(self, lines: Sequence[Grey]) -> list[Reading]:
        """The readings of some pictures of lines, in their order."""
        found: dict[int, Reading] = {}
        for batch in batches(lines):
            pictures = np.stack([framed(lines[k], width_of([lines[k] for k in batch])) for k in batch])
            probabilities = self.session.run(None, {self.input: pictures})[0]
            for k, steps in zip(batch, probabilities, strict=True):
                found[k] = self.decoded(steps)
        return [found[k] for k in range(len(lines))]

    def decoded(self, steps: NDArray[np.float32]) -> Reading:
        """The likeliest text; of a figure the likeliest one of a figure's characters."""
        characters = [c for c in self.characters_of(steps, np.arange(steps.shape[1])) if not c.text.isspace()]
        text = "".join(c.text for c in characters)
        digits = sum(c.isdigit() for c in text)
        if digits and (FIGURE.fullmatch(text) or DIRTY.fullmatch(text)):
            strict = list(self.characters_of(steps, self.figures))
            reading = well_formed(Reading("".join(c.text for c in strict), tuple(c.sure for c in strict), tuple(others(strict))))
            return reading if reading.text == text.translate(ALIKE) else doubted(reading, text)
        return Reading(text.translate(ALIKE) if digits > len(text) / 2 else text, tuple(c.sure for c in characters))

    def characters_of(self, steps: NDArray[np.float32], allowed: NDArray[np.int_]) -> Iterator[Character]:
        """The characters of the likeliest path, one a run of equal steps."""
        part = steps[:, allowed]
        best = part.argmax(axis=1)
        start = 0
        for end in range(1, len(best) + 1):
            if end < len(best) and best[end] == best[start]:
                continue
            if allowed[best[start]]:
                peak = start + int(part[start:end, best[start]].argmax())
                row = part[peak].copy()
                sure = float(row[best[start]])
                row[best[start]] = -1.0
                second = int(row.argmax())
                yield Character(self.characters[allowed[best[start]]], sure, self.characters[allowed[second]], float(row[second]))
            start = end


def doubted(reading: Reading, *other: str) -> Reading:
    """The same text in doubt, for there are others it may be."""
    others = dict.fromkeys((*other, *reading.others))
    return replace(reading, sure=tuple(min(UNSURE, sure) for sure in reading.sure), others=tuple(t for t in others if t != reading.text))


def well_formed(reading: Reading) -> Reading:
    """A figure set as figures are: where dirt was read as a point, or a comma as one, the likeliest other text, in doubt."""
    if WELL_FORMED.fullmatch(reading.text) or not any(c.isdigit() for c in reading.text):
        return reading
    candidates = [*reading.others, *mended(reading.text)]
    better = next((text for text in candidates if WELL_FORMED.fullmatch(text)), None)
    if better is None:
        return replace(reading, sure=(0.0,) * len(reading.text))
    others = tuple(text for text in (reading.text, *reading.others) if text != better)
    return Reading(better, (min(UNSURE, *reading.sure),) * len(better), others)


def mended(text: str) -> Iterator[str]:
    """What a figure may be that is not set as one: without marks at its ends, with commas for all points but the last, without them."""
    bare = text.strip(".,()")
    whole, point, places = bare.rpartition(".")
    yield bare
    if point:
        yield whole.replace(".", ",") + point + places
        digits = re.sub(r"[.,]", "", whole)
        if digits.isdigit() and "," in text:
            yield f"{int(digits):,}{point}{places}"
        yield digits + point + places


def others(characters: list[Character]) -> Iterator[str]:
    """The texts with one character read as the second likeliest, the likeliest such text first."""
    ranked = sorted(range(len(characters)), key=lambda k: -characters[k].second_sure)
    for k in ranked[:4]:
        if characters[k].second_sure > 0.001:
            yield "".join(c.second if k == i else c.text for i, c in enumerate(characters))


def batches(lines: Sequence[Grey]) -> Iterator[list[int]]:
    """Indices of lines of about the same width, as many as may be read at once."""
    order = sorted(range(len(lines)), key=lambda k: lines[k].shape[1] / lines[k].shape[0])
    batch: list[int] = []
    for k in order:
        if batch and width_of([lines[k]]) * HEIGHT * (len(batch) + 1) > BATCH_PIXELS:
            yield batch
            batch = []
        batch.append(k)
    if batch:
        yield batch


def width_of(lines: Sequence[Grey]) -> int:
    """The width of some lines as the model reads them, in whole steps."""
    widest = max(line.shape[1] * HEIGHT / line.shape[0] for line in lines)
    return min(max(-(-int(widest) // STEPS) * STEPS, NARROWEST), WIDEST)


def framed(line: Grey, width: int) -> NDArray[np.float32]:
    """A line as the model reads it: three equal layers, 48 pixels high, from -1 (black) to 1 (white), filled up on the right."""
    own = min(max(round(line.shape[1] * HEIGHT / line.shape[0]), 1), width)
    sized = cv2.resize(line, (own, HEIGHT), interpolation=cv2.INTER_CUBIC if line.shape[0] < HEIGHT else cv2.INTER_AREA)
    picture = np.zeros((3, HEIGHT, width), np.float32)
    picture[:, :, :own] = sized.astype(np.float32) / 127.5 - 1
    return picture


@cache
def recognizer() -> Recognizer:
    """The recognizer, loaded once a process."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(PACKAGE)
    return Recognizer(Path(spec.origin).parent / MODEL)
