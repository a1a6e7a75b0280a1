"""The words of one document that a question can name: subjects, columns, projects, subjects of sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retrieval.lexicon import aliases, filler, loose, measures, sounded, trailing_filler
from retrieval.text import common_subsequence, grams

LONGEST = 40
SIMILAR = 0.75
KEPT = 12
_LONG, _SURELY = 6, 0.52  # a name that holds so much of a text in one piece is the one meant, however long it is
_WIDEST = 6  # a word is not looked for in names more than so many times its length
_QUESTION = re.compile(r"几个|几项|多少|什么|哪[些个项]|吗|怎么|如何|是否")
_WHOLE = re.compile(r"(?:总共?|一共|全年|全部|整个|今年).{0,8}(?:[花用支]|开销|钱|预算|盘子|规模|资金)|盘子|[花用]了?多少|多少钱")
_APART = re.compile(r"[里比较]")  # parts a stretch that nothing else does
_BODY = re.compile(r"中心|监狱|大队|支队|总队|总站|学校|学院|医院|分局")
_MOST = 24  # words that a question can name; who writes more repeats himself
_LOOSE = 4  # a name of so many characters is known without its joining characters too
_OTHER_KIND = 0.75  # where 培训费 is printed, 培训支出 is another thing
_JOINS = frozenset("的和与及跟同或、")
_TAIL = re.compile(r"(?:预算数|决算数|支出数|费用|支出|经费|预算|决算|合计|费|数)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the question that names something: characters ``start`` to ``end``.

    ``names`` are the document's words it may mean, each with its likeness (1 is the same). ``soft`` marks words so general (支出)
    that an answer need not show them.
    """

    start: int
    end: int
    text: str
    names: Mapping[str, float]
    soft: bool = False

    def likeness(self, name: str) -> float:
        """How well that name of the document fits, 0 when it is not meant."""
        return self.names.get(name, 0.0)

    def within(self, text: str) -> float:
        """How well the best of its names that the flat text contains fits, its own words counting too; 0 for none."""
        own = 0.9 if self.text in text else 0.0
        return max([own, *(score for name, score in self.names.items() if name in text)])


class Terms:
    """All names of a document, found again in a question exactly, by stem, by sound or by likeness; ``labels`` are those of its rows.

    ``listing`` are names with separators in them (公诉、审判等检察监督支出): asked about, they are one name.
    """

    def __init__(self, names: Iterable[str], labels: frozenset[str] = frozenset(), listing: frozenset[str] = frozenset()) -> None:
        self.labels = labels
        self.listing = listing
        self.names = {name for name in names if 2 <= len(name) <= LONGEST}
        self._stems: dict[str, list[str]] = defaultdict(list)
        self._sounds: dict[str, list[str]] = defaultdict(list)
        self._pairs: dict[str, list[str]] = defaultdict(list)
        self._loose: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.names):
            self._stems[stem(name)].append(name)
            self._loose[loosened(name)].append(name)
            if len(name) >= 3:
                self._sounds[sounded(name)].append(name)
            for gram in grams(name):
                self._pairs[gram].append(name)

    def exact(self, text: str) -> dict[str, float]:
        """The names that a text is, as printed, by another name, or but for a tail such as 支出 or 经费."""
        found: dict[str, float] = {}
        if text in self.names:
            found[text] = 1.0
        for rank, name in enumerate(aliases().get(text, ())):
            for same in self._same(name):
                found.setdefault(same, 0.98 - 0.02 * rank)
        if len(text) >= 3:
            for same in self._stems.get(stem(text), ()):
                found.setdefault(same, _OTHER_KIND if text in self.names and text.endswith("费") and same.endswith("支出") else 0.9)
        joined = text[0] in _JOINS or stem(text)[-1] in _JOINS or text[-1] in _JOINS or ("的" in text and not found)
        if len(loosened(text)) >= _LOOSE and not joined:
            for same in self._loose.get(loosened(text), ()):
                found.setdefault(same, 0.88)
        if found and len(text) >= 3:
            for longer in self._holding(text):
                headed = len(text) >= 3 and stem(longer).endswith(f"的{stem(text)}")
                found.setdefault(longer, 0.85 if headed else round(0.5 * len(text) / len(longer), 3))
        return found

    def longest_part(self, text: str, least: int) -> str:
        """The longest part of a text, of so many characters at least, that some name holds as it is; "" for none."""
        runs = [run for run in self._runs(text) if len(run) >= least]
        for length in range(min(LONGEST, max(map(len, runs), default=0)), least - 1, -1):
            for part in (run[start : start + length] for run in runs for start in range(len(run) - length + 1)):
                if part[0] not in _JOINS and part[-1] not in _JOINS and self._holding(part) and not filler().fullmatch(part):
                    return part
        return ""

    def _runs(self, text: str) -> list[str]:
        """The stretches of a text in which every pair of characters occurs in some name: no part outside them can."""
        runs, start = [], 0
        for i in range(1, len(text) + 1):
            if i == len(text) or text[i - 1 : i + 1] not in self._pairs:
                runs.append(text[start:i])
                start = i
        return list(dict.fromkeys(runs))

    def bodies(self, text: str) -> dict[str, float]:
        """The names of bodies that a text ends (法律援助中心 of 江州市法律援助中心)."""
        return {name: 1.0 if name == text else 0.9 for name in self._holding(text) if name.endswith(text)} or dict.fromkeys(
            self._holding(text), 0.6
        )

    def holds(self, text: str) -> bool:
        """Whether some name contains a text of two characters or more."""
        return bool(self._holding(text))

    def _holding(self, text: str) -> list[str]:
        """The names that contain a text of two characters or more."""
        lists = [self._pairs.get(text[i : i + 2], []) for i in range(len(text) - 1)]
        return [name for name in min(lists, key=len) if text in name] if lists else []

    def by_sound(self, text: str) -> dict[str, float]:
        """The names that are read like a text of three characters or more."""
        return dict.fromkeys(self._sounds.get(sounded(text), ()), 0.85) if len(text) >= 3 else {}

    def like(self, text: str) -> dict[str, float]:
        """The names that hold most of a text's characters in its order, with their likeness, the best dozen."""
        near: dict[str, int] = defaultdict(int)
        for gram in grams(text):
            for name in self._pairs.get(gram, ()):
                near[name] += 1
        scored = {}
        for name in near:
            shared = common_subsequence(text, name)
            if shared >= max(2, SIMILAR * len(text)) and len(name) <= _WIDEST * len(text):
                least = _SURELY if _mostly(text, name) else 0.0
                scored[name] = max(least, round(0.8 * shared / len(text) * (0.5 + 0.5 * shared / max(len(name), len(text))), 3))
        best = sorted(scored.items(), key=lambda pair: -pair[1])[:KEPT]
        return dict(best)

    def _same(self, name: str) -> list[str]:
        return [name] if name in self.names else self._stems.get(stem(name), []) if len(stem(name)) >= 3 else []


def stem(name: str) -> str:
    """A name without the tail that disclosures add or drop at will (支出, 经费, 费用, 预算数 …), where at least two characters remain."""
    cut = _TAIL.sub("", name)
    return name if cut == name or len(cut) < 2 else stem(cut)


def _mostly(text: str, name: str) -> bool:
    """Whether a name holds three quarters of a text, and no less than six characters, in one piece."""
    length = max(_LONG, -(-len(text) * 3 // 4))
    return any(text[i : i + length] in name for i in range(len(text) - length + 1))


def loosened(name: str) -> str:
    """A name's stem without the characters that join words: 商品服务支出 is 商品和服务支出."""
    return "".join(char for char in stem(name) if char not in _JOINS)


def mentions_in(text: str, terms: Terms, own: frozenset[str] = frozenset()) -> tuple[list[Mention], list[tuple[int, str]]]:
    """What a normalised question names, in order, and the (start, text) of words that name nothing in the document.

    ``own`` are the names of the document's own organisation: they are passed over, unless they are part of a longer name.
    """
    taken = [not char.isalnum() for char in text]
    found = _longest(text, taken, terms, own)
    unknown: list[tuple[int, str]] = []
    for span in _free(taken):
        _resolve(text, span, terms, found, unknown)
    if not found and not unknown and _WHOLE.search(text):
        found = [Mention(0, 0, "总支出", terms.exact("总支出"), soft=True)]
    if not found:
        sides = ((side, text.find(side)) for side in ("收入", "支出"))
        found = [Mention(at, at + len(side), side, {side: 1.0}, soft=True) for side, at in sides if at >= 0]
    return sorted(found, key=lambda mention: mention.start), unknown


def _resolve(text: str, span: tuple[int, int], terms: Terms, found: list[Mention], unknown: list[tuple[int, str]]) -> None:
    """Find names like a stretch of text: whole, then its longest part that a name holds, then what is between words that say nothing."""
    start, end = _trimmed(text, *span)
    if len(found) + len(unknown) > _MOST:
        return
    spans = dict.fromkeys([(start, end), _bare_ends(text, start, end)])
    for low, high in sorted(spans, key=lambda span: not terms.holds(text[slice(*span)])):
        core = text[low:high]
        if _QUESTION.search(core):
            continue
        names = terms.like(core) or (terms.like(sounded(core)) if len(core) >= 4 else {})
        if names:
            found.append(Mention(low, high, core, names))
            return
    part = terms.longest_part(text[slice(*span)], 4) or terms.longest_part(text[start:end], 3)
    at = text.index(part, span[0]) if part else -1
    match = None if part else filler().search(text, start, end) or _APART.search(text, start + 1, end - 1)
    if part:
        found.append(Mention(at, at + len(part), part, terms.like(part)))
    elif match is None:
        if end - start >= 2 and loose().sub("", text[start:end]):
            unknown.append((start, text[start:end]))
        return
    cut = match.span() if match else (at, at + len(part))
    _resolve(text, (start if match else span[0], cut[0]), terms, found, unknown)
    _resolve(text, (cut[1], end if match else span[1]), terms, found, unknown)


def _bare_ends(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without single characters at its ends that may only count something."""
    core = loose().sub("", text[start:end])
    at = text.find(core, start, end) if core else start
    return (at, at + len(core)) if core else (start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the words that say nothing at its ends."""
    while start < end and (match := filler().match(text, start, end)):
        start = match.end()
    while start < end and (match := trailing_filler().search(text, start, end)):
        end = match.start()
    return start, end


def _longest(text: str, taken: list[bool], terms: Terms, own: frozenset[str]) -> list[Mention]:
    """Exact names, longest first; names read alike come after those spelled alike."""
    found: list[Mention] = []
    for finder, shortest in ((terms.exact, 2), (terms.by_sound, 3)):
        for length in range(min(LONGEST, len(text)), shortest - 1, -1):
            for start in range(len(text) - length + 1):
                if any(taken[start : start + length]):
                    continue
                piece = text[start : start + length]
                if piece[-1] == "项" and text.startswith("目", start + length):
                    continue  # the item of one subject is not the 项目 that follows
                names = finder(piece)
                body = _BODY.match(text, start + length) if names else None
                if body and not any(taken[start + length : body.end()]) and terms.holds(text[start : body.end()]):
                    names = terms.bodies(text[start : body.end()])
                    piece = text[start : body.end()]
                    taken[start + length : body.end()] = [True] * len(body.group())
                    found.append(Mention(start, body.end(), piece, names))
                    taken[start : start + length] = [True] * length
                    continue
                if piece in own:
                    taken[start : start + length] = [True] * length
                elif names:
                    taken[start : start + length] = [True] * length
                    soft = filler().fullmatch(piece) is not None or piece in measures()
                    found.append(Mention(start, start + length, piece, names, soft))
    return found


def _free(taken: list[bool]) -> list[tuple[int, int]]:
    runs, start = [], None
    for i, used in enumerate([*taken, True]):
        if not used and start is None:
            start = i
        elif used and start is not None:
            runs.append((start, i))
            start = None
    return runs
