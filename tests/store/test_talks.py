"""What was asked of a document is kept, whoever else asks at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from store import Citation, Exchange, Talk

ONE, OTHER = "a" * 64, "b" * 64


def exchange(question: str) -> Exchange:
    return Exchange(
        question, "310.00 万元 [1]。", True, "local", (Citation(1, ONE, 9, (1.0, 2.0, 3.0, 4.0), "科学技术支出 310.00", "T03"),)
    )


def test_exchanges_come_back_in_order(tmp_path: Path) -> None:
    talk = Talk(tmp_path, [ONE])
    assert talk.exchanges() == []
    for n in range(3):
        talk.add(exchange(f"第{n}问"))
    assert Talk(tmp_path, [ONE]).exchanges() == [exchange(f"第{n}问") for n in range(3)]


def test_documents_and_their_combinations_have_talks_of_their_own(tmp_path: Path) -> None:
    Talk(tmp_path, [ONE, OTHER]).add(exchange("两份"))
    assert Talk(tmp_path, [ONE]).exchanges() == []
    assert [e.question for e in Talk(tmp_path, [OTHER, ONE]).exchanges()] == ["两份"]


def test_a_line_that_a_crash_cut_off_is_left_out_and_the_next_is_whole(tmp_path: Path) -> None:
    talk = Talk(tmp_path, [ONE])
    talk.add(exchange("一"))
    with talk.path.open("ab") as file:
        file.write(b'{"question": "cut o')
    talk.add(exchange("二"))
    assert [e.question for e in talk.exchanges()] == ["一", "二"]


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: Talk(tmp_path, [ONE]).add(exchange(str(n))), range(20)))
    assert sorted(int(e.question) for e in Talk(tmp_path, [ONE]).exchanges()) == list(range(20))


def test_a_talk_can_be_forgotten(tmp_path: Path) -> None:
    talk = Talk(tmp_path, [ONE])
    talk.clear()
    talk.add(exchange("一"))
    talk.clear()
    assert talk.exchanges() == []
