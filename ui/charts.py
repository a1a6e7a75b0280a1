"""Charts as Plotly figures. Plotly reads its texts as markup, so every word of a document is escaped on the way in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from report.profile import Change, Part, Stream
from ui.session import scale, tell

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

FONT = "Source Sans, Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif"
INK, PALE, LINE = "#1c2430", "#5b6675", "#e6eaef"
PALETTE = ("#1d4f91", "#2a7f8e", "#5c7d33", "#96690f", "#a85a3c", "#7d5a9e", "#4a6fa5", "#3f8f6b", "#9a7b4f", "#8a4f6d")
UP, DOWN = "#b45f06", "#1d4f91"
WAN = Decimal(10_000)


def wan(yuan: Decimal) -> str:
    """An amount in 万元."""
    return f"{yuan / WAN:,.2f}"


def dressed(figure: Figure, height: int, **layout: Any) -> Figure:  # noqa: ANN401 - Plotly's own layout
    """The figure in the app's type and colours."""
    size = round(13 * scale())
    figure.update_layout(
        height=round(height * scale()),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        font={"family": FONT, "size": size, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={"bgcolor": "#ffffff", "bordercolor": LINE, "font": {"family": FONT, "size": size, "color": INK}},
        **layout,
    )
    return figure


def treemap(parts: Sequence[Part], whole: str) -> Figure:
    """Expenditure by class, section and item."""
    from plotly.graph_objects import Figure, Treemap

    tops = [part.code for part in parts if not part.parent]
    colour = {code: PALETTE[n % len(PALETTE)] for n, code in enumerate(tops)}
    amount = sum((part.amount for part in parts if not part.parent), Decimal(0))
    figure = Figure(
        Treemap(
            ids=["all", *(part.code for part in parts)],
            labels=[escape(whole), *(escape(f"{part.code} {part.name}".removeprefix(f"{part.code} {part.code} ")) for part in parts)],
            parents=["", *(part.parent or "all" for part in parts)],
            values=[0.0, *(float(part.rest / WAN) for part in parts)],
            customdata=[wan(amount), *(wan(part.amount) for part in parts)],
            branchvalues="remainder",
            texttemplate="%{label}<br>%{customdata}",
            hovertemplate="%{label}<br>%{customdata} 万元<extra></extra>",
            marker={
                "colors": ["#eef1f5", *(colour.get(part.code[:3], PALE) for part in parts)],
                "cornerradius": 3,
                "line": {"color": "#ffffff", "width": 1},
            },
            tiling={"pad": 2},
            textfont={"color": [INK, *("#ffffff" for _ in parts)]},
            root={"color": "#eef1f5"},
            pathbar={"visible": True, "thickness": 24},
        )
    )
    return dressed(figure, 420, uniformtext={"minsize": 10, "mode": "hide"})


def sankey(streams: Sequence[Stream]) -> Figure:
    """From the sources of income to what it is spent on."""
    from plotly.graph_objects import Figure, Sankey

    nodes = list(dict.fromkeys(name for s in streams for name in ((s.stage, s.source), (s.stage + 1, s.target))))
    at = {name: n for n, name in enumerate(nodes)}
    shades = ("#2a7f8e", "#1d4f91", "#6b8e3d", "#a85a3c")
    figure = Figure(
        Sankey(
            node={
                "label": [escape(name) for _, name in nodes],
                "color": [shades[min(stage, 3)] for stage, _ in nodes],
                "pad": 14,
                "thickness": 16,
                "line": {"width": 0},
                "hovertemplate": "%{label}<br>%{value:,.2f} 万元<extra></extra>",
            },
            link={
                "source": [at[s.stage, s.source] for s in streams],
                "target": [at[s.stage + 1, s.target] for s in streams],
                "value": [float(s.amount / WAN) for s in streams],
                "color": "rgba(120,140,170,0.28)",
                "hovertemplate": "%{source.label} → %{target.label}<br>%{value:,.2f} 万元<extra></extra>",
            },
            textfont={"family": FONT, "size": round(13 * scale()), "color": INK},
        )
    )
    return dressed(figure, 440)


def against_prior_year(changes: Sequence[Change]) -> Figure:
    """Changes as the text states them, up and down."""
    from plotly.graph_objects import Bar, Figure

    order = list(reversed(changes))
    names = [
        f"{escape(shortened(change.label))} <span style='color:{PALE}'>{escape(tell('page.short', page=change.page))}</span>"
        for change in order
    ]
    labels = [f"{change.difference / WAN:+,.2f}" + (f"（{escape(change.rate)}）" if change.rate else "") for change in order]
    figure = Figure(
        Bar(
            x=[float(change.difference / WAN) for change in order],
            y=list(range(len(order))),
            orientation="h",
            marker={"color": [UP if change.difference > 0 else DOWN for change in order]},
            text=labels,
            textposition="outside",
            cliponaxis=False,
            customdata=[escape(change.label) for change in order],
            hovertemplate="%{customdata}<br>%{text}<extra></extra>",
        )
    )
    dressed(figure, 70 + 30 * max(2, len(order)), bargap=0.4, showlegend=False)
    ends = [float(change.difference / WAN) for change in order]
    room = 0.22 * (max(0.0, *ends) - min(0.0, *ends))  # for the figures beside the bars
    span = [min(0.0, *ends) - (room if min(ends) < 0 else 0), max(0.0, *ends) + (room if max(ends) > 0 else 0)]
    figure.update_xaxes(gridcolor=LINE, zerolinecolor=PALE, automargin=True, range=span)
    figure.update_yaxes(tickvals=list(range(len(order))), ticktext=names, ticksuffix="  ", automargin=True)
    return figure


def shortened(label: str, most: int = 22) -> str:
    """A long label's end, which tells more than its beginning."""
    return label if len(label) <= most else "…" + label[-most:]
