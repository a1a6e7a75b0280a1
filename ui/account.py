"""Who is at the desk: nobody is asked, unless ``.streamlit/secrets.toml`` sets up a login (OIDC, ``docs/serving.md``)."""

from __future__ import annotations

import streamlit as st

from ui import markup, session
from ui.session import tell

HOME = {"localhost", "127.0.0.1", "::1"}


def required() -> bool:
    """Whether a login is set up."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def alone() -> bool:
    """Whether nobody but who sits at this machine can reach the app: it serves this machine, and no login is set up."""
    return st.get_option("server.address") in HOME and not required()


def admitted() -> bool:
    """Whether the reader may go on; offers the login where not. Who logs in signs the working papers with that name and no other."""
    if not required():
        return True
    if st.user.get("is_logged_in"):
        name = str(st.user.get("name") or st.user.get("email") or "")
        if session.chosen("reviewer") != name:
            session.choose(reviewer=name)
        return True
    with st.container(key="login", horizontal_alignment="center"):
        markup.title(tell("login.title"))
        if st.button(tell("login.do"), key="login.do", type="primary", icon=":material/login:"):
            st.login()
    return False


def leave() -> None:
    """Offer to log out, where someone is logged in."""
    if required() and st.button(tell("logout"), key="logout", icon=":material/logout:"):
        st.logout()
