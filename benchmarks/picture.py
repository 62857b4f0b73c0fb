"""A picture of what was measured: bars in an SVG, readable in light and dark, with the figures as text."""

from collections.abc import Iterator, Mapping
from html import escape
from math import log10

LEFT, WIDTH, ROW = 170, 420, 22


def bars(title: str, figures: Mapping[str, Mapping[str, float]]) -> str:
    """A group of bars for each name in FIGURES, one for each of its figures; a step of ten is as long everywhere."""
    rows = sum(len(of) + 1 for of in figures.values())
    height = (rows + 2) * ROW
    most = max(log10(1 + figure) for of in figures.values() for figure in of.values())
    lines = "\n".join(_bars(figures, most))
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 90} {height}" role="img">
<title>{escape(title)}</title>
<style>text {{ font: 14px sans-serif; fill: #666 }} rect {{ fill: #2e7d32 }} .name {{ font-weight: bold }}</style>
<text x="4" y="{ROW}" class="name">{escape(title)} (the scale is logarithmic)</text>
{lines}
</svg>
"""


def _bars(figures: Mapping[str, Mapping[str, float]], most: float) -> Iterator[str]:
    row = 2
    for name, of in figures.items():
        yield f'<text x="4" y="{row * ROW + 16}" class="name">{escape(name)}</text>'
        for what, figure in of.items():
            row += 1
            long = WIDTH * log10(1 + figure) / most
            yield f'<text x="16" y="{row * ROW + 16}">{escape(what)}</text>'
            yield f'<rect x="{LEFT}" y="{row * ROW + 4}" width="{long:.0f}" height="{ROW - 8}"/>'
            yield f'<text x="{LEFT + long + 6:.0f}" y="{row * ROW + 16}">{figure:,.0f}</text>'
        row += 1
