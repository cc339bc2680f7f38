# SPDX-License-Identifier: MIT
"""A chart of ratios as SVG: a group of bars for each case, on a logarithmic axis."""

import math
from html import escape

WIDTH = 760
LABEL_WIDTH = 150
BAR_HEIGHT = 14
GROUP_GAP = 14
PANEL_GAP = 46
TOP = 56
COLORS = {
    "driver": "#8c8c8c", "shortcut": "#bdbdbd", "core": "#1f77b4", "orm": "#0b3d66", "soci": "#e2932b",
    "sqlalchemy": "#b23a48", "sqlalchemy_orm": "#7a1f2b", "python_driver": "#d9a0a6",
}
OTHER_COLOR = "#5a9e6f"


def chart(title, panels, contestants):
    """The SVG text. `panels`: (label, [(case, {contestant: ratio}, {contestant: target or None})])."""
    ratios = [ratio for _, groups in panels for _, bars, _ in groups for ratio in bars.values()]
    axis = Axis(max([2.0, *ratios]))
    parts = [
        f'<text x="{LABEL_WIDTH}" y="20" class="title">{escape(title)}</text>',
        *legend(contestants),
    ]
    y = TOP
    for label, groups in panels:
        parts.append(f'<text x="8" y="{y + 12}" class="panel">{escape(label)}</text>')
        y += 22
        begin = y
        bars = []
        for case, values, targets in groups:
            bars += group(case, values, targets, y, axis)
            y += len(values) * BAR_HEIGHT + GROUP_GAP
        parts += axis.lines(begin - 4, y - GROUP_GAP + 4)
        parts += bars
        y += PANEL_GAP - GROUP_GAP
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}">',
        "<style>text { font: 12px sans-serif; fill: #222 } .title, .panel { font-weight: bold }"
        " .tick { font-size: 10px; fill: #666; text-anchor: middle } .value { font-size: 10px }</style>",
        f'<rect width="{WIDTH}" height="{y}" fill="white"/>',
        *parts,
        "</svg>",
    ]) + "\n"


class Axis:
    """Ratios from a little below 1 to `highest`, logarithmic."""

    def __init__(self, highest):
        self._low = math.log(0.5)
        self._high = math.log(highest * 1.3)

    def x(self, ratio):
        share = (math.log(max(ratio, 0.5)) - self._low) / (self._high - self._low)
        return LABEL_WIDTH + share * (WIDTH - LABEL_WIDTH - 40)

    def lines(self, top, bottom):
        """Grid lines with their numbers below."""
        ticks = [0.5, *(digit * 10**power for power in range(4) for digit in (1, 2, 5))]
        for tick in ticks:
            if math.log(tick) > self._high:
                break
            x = round(self.x(tick), 1)
            color = "#888" if tick == 1 else "#ddd"
            yield f'<line x1="{x}" y1="{top}" x2="{x}" y2="{bottom}" stroke="{color}"/>'
            yield f'<text x="{x}" y="{bottom + 12}" class="tick">{tick:g}×</text>'


def group(case, values, targets, y, axis):
    """The bars of one case, and a mark where a contestant has a target."""
    middle = y + len(values) * BAR_HEIGHT / 2 + 4
    yield f'<text x="8" y="{middle}">{escape(case)}</text>'
    zero = axis.x(0.5)
    for name, ratio in values.items():
        end = axis.x(ratio)
        yield (
            f'<rect x="{zero:.1f}" y="{y + 1}" width="{max(end - zero, 1):.1f}" height="{BAR_HEIGHT - 2}" '
            f'fill="{COLORS.get(name, OTHER_COLOR)}"><title>{escape(name)}: {ratio:.2f}</title></rect>'
        )
        yield f'<text x="{end + 4:.1f}" y="{y + 11}" class="value">{ratio:.2f}</text>'
        if target := targets.get(name):
            x = axis.x(target)
            yield (
                f'<line x1="{x:.1f}" y1="{y - 1}" x2="{x:.1f}" y2="{y + BAR_HEIGHT + 1}" '
                f'stroke="#d00" stroke-width="2"><title>target {target}</title></line>'
            )
        y += BAR_HEIGHT


def legend(contestants):
    """A coloured square and the name of each contestant."""
    x = LABEL_WIDTH
    for name in contestants:
        yield f'<rect x="{x}" y="30" width="11" height="11" fill="{COLORS.get(name, OTHER_COLOR)}"/>'
        yield f'<text x="{x + 16}" y="40">{escape(name)}</text>'
        x += 40 + 8 * len(name)
    if {"core", "orm"} & set(contestants):
        yield f'<line x1="{x + 5}" y1="29" x2="{x + 5}" y2="42" stroke="#d00" stroke-width="2"/>'
        yield f'<text x="{x + 12}" y="40">target</text>'
