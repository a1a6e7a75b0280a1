"""What a test looks at: the app without a browser, and two small documents, one with a wrong figure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from making import table_pdf

HEAD = ["科目名称", "合计", "基本支出", "项目支出"]
WRONG = table_pdf(
    [HEAD, ["教育支出", "30.00", "10.00", "20.00"], ["科学技术支出", "10.00", "5.00", "5.00"], ["合计", "41.00", "15.00", "25.00"]]
)
"""Its total, 41.00, should be 40.00, down and across."""
SOUND = table_pdf(
    [HEAD, ["教育支出", "30.00", "10.00", "20.00"], ["科学技术支出", "10.00", "5.00", "5.00"], ["合计", "40.00", "15.00", "25.00"]]
)
LANGUAGES = ("zh", "en")


def turn_to(app: AppTest, route: str) -> AppTest:
    """Change the page as a click on the navigation does."""
    pages = app._registered_pages  # noqa: SLF001 - AppTest itself can only change to pages that are files
    app._page_hash = next(key for key, page in pages.items() if page.get("url_pathname") == route)  # noqa: SLF001
    return app.run()


def everything(block: Any) -> Iterator[Any]:
    """All elements below a block."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from everything(child)


def shown(app: AppTest) -> str:
    """All that the page says, the data of our own parts included."""
    return "\n".join(text_of(element) for element in everything(app.main))


def text_of(element: Any) -> str:
    """What an element was told to show."""
    proto = getattr(element, "proto", None)
    if getattr(proto, "component_name", ""):
        return json.dumps(json.loads(proto.json), ensure_ascii=False)
    return " ".join(str(getattr(proto, name, "")) for name in ("body", "label", "text", "value", "options"))


def part(app: AppTest, key: str) -> Any:
    """The data that one of our own parts was given."""
    found = next(element for element in everything(app.main) if getattr(element, "key", None) == key)
    return json.loads(found.proto.json)


def keys(app: AppTest) -> set[str]:
    """The keys of everything on the page."""
    return {str(element.key) for element in everything(app.main) if getattr(element, "key", None)}
