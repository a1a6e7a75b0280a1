"""The table of contents and what the document really holds: entries, headings and table titles, matched by number and wording."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from checks.form_prose import Passage, Prose
from model.document import Document

LEVELS = (
    re.compile(r"第[一二三四五六七八九十]+(?:部分|章|篇)[：:]?"),
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]、?"),
    re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))|[（(]\d{1,2}[）)]"),
)
LEADER = re.compile(r"(?P<leader>[\s.…·．_\-—]*)(?P<page>\d{1,3})?\s*$")
IGNORED = re.compile(r"[\s，。、；：:“”\"‘’（）()《》【】.．]")
REFERENCE = re.compile(r"[（(][^）)]*(?:详见|见|附)[^）)]*[）)]")
TABLE_NAME = re.compile(r"表(?:[（(][^）)]*[）)])?$")
TABLE_NUMBER = re.compile(r"^(?:部门|预算|决算|财决|公开|附)*(?:公开)?(?:表\s?\d+|\d+\s?表|表[一二三四五六七八九十]+)[-—：:\s]*")
COMPLETE = re.compile(r"(?:[表明释况能责置务成件]|[）)]|页)$")
YEAR = re.compile(r"20\d\d年度?")
NUMBERS = tuple("第一二三四五六七八九十（(1234567890")
LONGEST_TITLE = 70
SAME_THING = 0.5
FEWEST_LINES = 3
SHORT = 6
OWNER = re.compile(r"^(?:本?部门|本?单位)(?=主要|机构|职)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents, or a heading or table title of the body.

    ``level`` is 1 for 第一部分 to 4 for 1., 0 without a number; ``mark`` is the number without its marks, ``name`` the words after it.
    ``printed`` is the page that a contents line gives, ``leader`` whether it has a dotted line; ``start``, ``end`` stand in the prose.
    ``begins`` is True for a paragraph of text, which may run on after its heading; ``core`` is what names are compared by.
    """

    level: int
    mark: str
    name: str
    page: int
    start: int
    end: int
    printed: int | None = None
    leader: bool = False
    begins: bool = False
    core: str = ""

    @property
    def is_table(self) -> bool:
        """Whether it names a table."""
        return bool(TABLE_NAME.search(self.name))


@dataclass(frozen=True, slots=True)
class Match:
    """A contents line with what it stands for in the body, if anything; ``likeness`` is 1 where the wording is the same."""

    entry: Heading
    title: Heading | None = None
    likeness: float = 0.0


def core(name: str, document: Document) -> str:
    """What two names are compared by: no marks, no year, no name of the organisation."""
    text = IGNORED.sub("", REFERENCE.sub("", name))
    if document.organization:
        text = text.replace(IGNORED.sub("", document.organization), "")
    text = YEAR.sub("", text)
    return text if len(text) < SHORT else OWNER.sub("", text)


def heading_of(passage: Passage, document: Document) -> Heading:
    """A passage's number and words; a leader and a page number at its end belong to a line of the contents."""
    text, printed, leader = passage.text, None, False
    if passage.kind == "contents":
        tail = LEADER.search(text)
        if tail and (tail["leader"] or tail["page"]):
            text = text[: tail.start()]
            printed, leader = (int(tail["page"]) if tail["page"] else None), len(tail["leader"]) > 3
    level, match = next(((n, m) for n, pattern in enumerate(LEVELS, start=1) if (m := pattern.match(text))), (0, None))
    mark = IGNORED.sub("", match[0]) if match else ""
    name = text[match.end() if match else 0 :].strip()
    words = core(name[:LONGEST_TITLE], document)
    return Heading(level, mark, name, passage.page, passage.start, passage.end, printed, leader, core=words)


def contents_of(prose: Prose) -> list[Heading]:
    """The lines of the table of contents, wrapped ones joined; it ends where its first line comes again."""
    found: list[Heading] = []
    for passage in prose.passages:
        if passage.kind not in {"contents", "heading"} or not (found or passage.kind == "contents"):
            if found:
                break
            continue
        here = heading_of(passage, prose.document)
        if not here.name or re.fullmatch(r"目\s*录", here.name):
            continue
        if found and comes_after(found, here):
            break
        last = found[-1] if found else None
        if last and not here.mark and last.printed is None and not last.leader and not COMPLETE.search(last.name):
            name = last.name + here.name
            words = core(name, prose.document)
            found[-1] = replace(last, name=name, core=words, end=here.end, printed=here.printed, leader=here.leader)
        else:
            found.append(here)
    return found


def comes_after(found: list[Heading], here: Heading) -> bool:
    """Whether a line is the first of the body: a line of the contents again, or a title without number and page."""
    if here.printed is not None or here.leader:
        return False
    if len(here.name) > LONGEST_TITLE or (here.mark, here.name) == (found[0].mark, found[0].name):
        return True
    if here.page == found[0].page:
        return False
    return (not here.mark and bool(found[0].mark)) or here.core in {line.core for line in found}


def titles_of(prose: Prose, after: int) -> list[Heading]:
    """Headings, captions and the beginnings of paragraphs that may be what a line of the contents announces."""
    found = []
    for passage in prose.passages:
        if passage.start < after or passage.kind == "cell":
            continue
        if len(passage.text) > LONGEST_TITLE and not passage.text.startswith(NUMBERS):
            continue
        here = heading_of(passage, prose.document)
        if len(here.name) > LONGEST_TITLE:
            here = replace(here, name=here.name[:LONGEST_TITLE])
        here = replace(here, begins=passage.kind == "text" and bool(here.mark))
        found.append(here)
        bare = TABLE_NUMBER.sub("", here.name)
        if bare != here.name:
            found.append(replace(here, name=bare, core=core(bare, prose.document)))
    return found


def matches(prose: Prose) -> list[Match]:
    """Every line of the contents with the title of the body that is most like it; nothing for a document without contents."""
    lines = contents_of(prose)
    if len(lines) < FEWEST_LINES:
        return []
    titles = titles_of(prose, lines[-1].end)
    lines = unwrapped(lines, titles, prose.document)
    exact: list[Match] = []
    for line in lines:
        exact.append(exact_match(line, within_part(exact, titles)))
    taken = {match.title.start for match in exact if match.title}
    free = [title for title in titles if title.start not in taken]
    found: list[Match] = []
    for i, (line, match) in enumerate(zip(lines, exact, strict=True)):
        parent = i + 1 < len(lines) and lines[i + 1].level > line.level > 0
        near = within_part([*found], free)
        found.append(match if match.title else nearest(line, near, table=line.is_table and not parent))
    return found


def unwrapped(lines: list[Heading], titles: list[Heading], document: Document) -> list[Heading]:
    """The lines with the second half of a wrapped one joined to the first, where a title of the body has the words of both together."""
    found: list[Heading] = []
    names = {title.core for title in titles}
    for line in lines:
        last = found[-1] if found else None
        words = core(last.name + line.name, document) if last and not line.mark and line.printed is None and last.printed is None else ""
        if last and words and words in names and not {last.core, line.core} <= names:
            found[-1] = replace(last, name=last.name + line.name, core=words, end=line.end, leader=line.leader)
        else:
            found.append(line)
    return found


def within_part(found: list[Match], titles: list[Heading]) -> list[Heading]:
    """The titles after that of the part (第一部分) which the lines before belong to."""
    part = next((m.title for m in reversed(found) if m.entry.level == 1), None)
    return [title for title in titles if title.start >= part.start] if part else titles


def exact_match(line: Heading, titles: list[Heading]) -> Match:
    """The first title of the same words; one of the same number before one of another."""
    same = [title for title in titles if says_the_same(title, line)]
    same.sort(key=lambda title: (title.mark != line.mark, title.start))
    return Match(line, same[0], 1.0) if same else Match(line)


def says_the_same(title: Heading, line: Heading) -> bool:
    """Whether a title has the words of a line, begins or breaks off with them, or is the bare number of its part."""
    name, wanted = title.core, line.core
    if line.level == 1 and title.mark == line.mark and not name:
        return True
    if name == wanted or (title.begins and title.mark == line.mark and name.startswith(wanted)):
        return True
    if title.mark not in {"", line.mark} or len(wanted) < SHORT:
        return False
    if line.is_table:
        return not title.is_table and len(name) > 0.6 * len(wanted) and wanted.startswith(name)
    return not title.mark and name.endswith(wanted)


def nearest(line: Heading, titles: list[Heading], *, table: bool) -> Match:
    """The title of the same number, or the table, with the most similar words, if they are similar at all."""
    wanted = line.core
    best = Match(line)
    for title in titles:
        name = title.core
        if (title.is_table if table else title.mark == line.mark != "") and abs(len(name) - len(wanted)) < 14:
            likeness = SequenceMatcher(None, wanted, name, autojunk=False).ratio()
            if likeness > best.likeness and likeness >= SAME_THING:
                best = Match(line, title, likeness)
    return best
