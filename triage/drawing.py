"""Pages drawn in the reading processes: a small file can hold a page that takes an hour to draw, and must not hold up anybody else."""

from __future__ import annotations

from datetime import date

import msgspec

from model.assessment import Assessment
from model.document import Status
from model.findings import Examination
from model.limits import Bounds
from report.annotated_pdf import Annotated
from report.export import Settings, draw_here
from triage.bounds import bounds_set
from triage.orders import Answer, Order
from triage.pool import POOL, Pool
from words import Language

PAGE, FORM = "picture", "form"
"""The products that are drawn from a document's bytes, without reading it."""
PATIENCE = 20.0
"""Seconds for one page on the screen: a real one takes a tenth of a second."""


class Brief(msgspec.Struct, frozen=True):
    """What a form is made of besides the original: the arguments of ``report.export.draw_here``."""

    form: str
    examination: Examination
    assessments: dict[str, Assessment]
    version: str
    language: Language
    made: date
    original: bool


def page_apart(pdf: bytes, number: int, pool: Pool = POOL, seconds: float = PATIENCE) -> bytes | None:
    """Like ``page_png``, in another process; None too where it takes too long or too much memory."""
    usual = bounds_set()
    order = Order("", len(pdf), PAGE, bounds=Bounds(min(seconds, usual.seconds), usual.memory, usual.limits), page=number)
    return pool.ask(order, pdf).made or None


def form_apart(form: str, examination: Examination, settings: Settings, pool: Pool = POOL, bounds: Bounds | None = None) -> Annotated:
    """Like ``report.export.draw_here``, in another process; where that fails, made without the original if possible, and said so."""
    pdf = settings.original(examination.document.sha256)
    sha256 = examination.document.sha256
    said = dict(settings.assessments.get(sha256, {}))
    brief = Brief(form, examination, said, settings.version, settings.language, settings.made, pdf is not None)
    packed = msgspec.msgpack.encode(brief)
    data = pdf or b""
    answer = pool.ask(Order(examination.document.name, len(data), FORM, bounds=bounds or bounds_set(), brief=packed), data)
    if answer.status is not Status.FAILED:
        return msgspec.msgpack.decode(answer.made, type=Annotated)
    return Annotated(made_here(brief, None).data, "undrawn")


def drawn(order: Order, data: bytes) -> Answer:
    """Carry out an order for one of these products; in the reading process."""
    if order.product == PAGE:
        from report.page_image import page_png

        made = page_png(data, order.page) or b""
    else:
        brief = msgspec.msgpack.decode(order.brief, type=Brief)
        made = msgspec.msgpack.encode(made_here(brief, data if brief.original else None))
    return Answer("", order.name, Status.OK, made=made)


def made_here(brief: Brief, pdf: bytes | None) -> Annotated:
    """The form, in this process. Without the original nothing is drawn."""
    settings = Settings(brief.version, brief.language, lambda _: pdf, {brief.examination.document.sha256: brief.assessments}, brief.made)
    return draw_here(brief.form, brief.examination, settings)
