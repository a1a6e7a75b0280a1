"""The frame around every page: navigation, language, styles, and what is said when something is gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module

import streamlit as st
from filelock import Timeout

from store import UnknownDocumentError
from ui import account, desk, markup, session, warmup
from ui.parts import STATIC, component
from ui.session import tell
from words import say

ROUTES = {"triage": "dashboard", "findings": "fact_check", "tables": "table_chart", "ask": "forum", "settings": "settings"}
"""The pages with their icons, in order."""
LOOK = 2.0  # seconds between two looks at how far the index is
MANY = 5  # documents that are worth a bar


def run() -> None:
    """Draw the page that the address names."""
    give_way()
    session.restore()
    st.set_page_config(page_title=tell("title"), page_icon="⚖️", layout="wide", initial_sidebar_state="collapsed")
    st.html(STATIC / "app.css")
    st.html(f"<style>{built_in()}</style>")
    routes = {
        name: st.Page(shown(name), title=tell(f"{name}.nav"), icon=f":material/{icon}:", url_path=name) for name, icon in ROUTES.items()
    }
    st.session_state["routes"] = routes
    page = st.navigation(list(routes.values()), position="top")
    language_switch()
    if not account.admitted():
        return
    for kind, message in session.said():
        {"error": st.error, "warning": st.warning}.get(kind, st.success)(markup.literal(message))
    keeper = desk.keeping()
    if keeper and not keeper.settled(0):
        indexing()
    guarded(page.run)
    session.publish()
    remember()
    warmup.load()
    give_way()


def give_way() -> None:
    """Have the index wait for the page."""
    if keeper := desk.keeping():
        keeper.give_way()


def shown(name: str) -> Callable[[], None]:
    """A page that is imported when it is shown."""

    def show() -> None:
        import_module(f"ui.{name}_page").show()

    show.__name__ = name
    return show


def guarded(show: Callable[[], None]) -> None:
    """Show a page; what can happen without anybody's fault is said in words."""
    try:
        show()
    except UnknownDocumentError:
        session.open_document("")
        session.later(tell("gone"), "warning")
        st.rerun()
    except Timeout:
        st.error(tell("locked"))
    except OSError as error:
        st.error(markup.literal(tell("disk", reason=error.strerror or type(error).__name__)))


@st.fragment(run_every=LOOK)
def indexing() -> None:
    """How far the index is, while many documents are put into it: it was lost or damaged, or its version is another one."""
    progress = desk.keeper().progress
    if progress is not None and progress[1] >= MANY:
        done, of = progress
        st.progress(done / of, say("library.indexing", session.language(), done=done, of=of))


def language_switch() -> None:
    """Chinese or English, at the top right."""
    with st.container(key="topbar"):
        other = "en" if session.language() == "zh" else "zh"
        label = tell("language.other")
        st.button(label, key="language", type="tertiary", icon=":material/translate:", on_click=session.speak, args=(other,))


def built_in() -> str:
    """Streamlit's own English words about uploads, in the reader's language."""
    limit = st.get_option("server.maxUploadSize")
    words = {"drop": tell("upload.drop", limit=limit), "browse": tell("upload.browse"), "large": tell("upload.too_large", limit=limit)}
    return ":root {" + "".join(f"--gj-{name}: {json.dumps(text, ensure_ascii=False)};" for name, text in words.items()) + "}"


def remember() -> None:
    """Let the browser keep name and language, and take over what it kept from the last visit: not what this session or its address say."""
    current = {"lang": session.language(), "reviewer": session.chosen("reviewer"), "scale": session.chosen("scale") or "1"}
    unsaid = [name for name in current if name not in st.session_state]
    found = component("memory")(data={"current": current, "open": unsaid}, key="memory", on_found_change=lambda: None).found
    if found:
        session.choose(**{name: str(found[name]) for name in unsaid if name in found})
        st.rerun()
