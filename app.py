"""``streamlit run app.py``: Gouji in the browser."""

from __future__ import annotations

from ui.shell import run

run()
