"""Engraved pages as one PDF, drawn by matplotlib, which comes with music21: no further program or library is needed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from motifgen.files.pages.drawing import Shape, Span, Words, combined, drawing

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.backend_bases import RendererBase
    from matplotlib.font_manager import FontProperties

#: Glyph of a music font by code point, as an outline of a thousand units to the em; none where the font has none.
Glyphs = Callable[[str], Shape | None]
_POINTS = 72.0
_CODES = {"M": (1,), "L": (2,), "C": (4, 4, 4), "Z": (79,)}
_FONTS = ("STIXGeneral", "DejaVu Sans")


def pdf(pages: Sequence[str], size: tuple[float, float], glyphs: Glyphs) -> bytes:
    """Return SVG pages as a PDF.

    Parameters
    ----------
    pages : Sequence[str]
        SVG documents as verovio writes them.
    size : tuple[float, float]
        Width and height of the paper in millimeters.
    glyphs : Callable
        The outlines of music glyphs in texts.
    """
    from matplotlib.backends.backend_pdf import PdfPages  # noqa: PLC0415 - slow, and few renders draw pages
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    buffer = io.BytesIO()
    with PdfPages(buffer, metadata={"CreationDate": None, "Producer": "motifgen", "Creator": "motifgen"}) as book:
        for page in pages:
            figure = Figure(figsize=(size[0] / 25.4, size[1] / 25.4))
            figure.add_artist(_page(page, size, glyphs))
            book.savefig(figure)
    return buffer.getvalue()


def _page(page: str, size: tuple[float, float], glyphs: Glyphs) -> Artist:
    from matplotlib.artist import Artist  # noqa: PLC0415 - as above

    (width, _), things = drawing(page)
    scale = size[0] / 25.4 * _POINTS / width
    press = _Press((scale, 0.0, 0.0, -scale, 0.0, size[1] / 25.4 * _POINTS), glyphs)

    class Page(Artist):
        """What stands on a page."""

        def draw(self, renderer: RendererBase) -> None:
            """Draw it."""
            for thing in things:
                press.draw(renderer, thing)

    return Page()


class _Press:
    """Draws shapes and words; the plane's units become points of the paper, from below."""

    def __init__(self, plane: tuple[float, float, float, float, float, float], glyphs: Glyphs) -> None:
        self._plane, self._glyphs, self._scale = plane, glyphs, plane[0]

    def draw(self, renderer: RendererBase, thing: Shape | Words) -> None:
        """Draw one thing."""
        if isinstance(thing, Shape):
            self._shape(renderer, thing)
        else:
            self._words(renderer, thing)

    def _shape(self, renderer: RendererBase, shape: Shape) -> None:
        from matplotlib.path import Path  # noqa: PLC0415 - as above
        from matplotlib.transforms import Affine2D  # noqa: PLC0415 - as above

        points = [point for kind, each in shape.moves for point in (each or ((0.0, 0.0),))]
        codes = [code for kind, _ in shape.moves for code in _CODES[kind]]
        if not points:
            return
        gc = renderer.new_gc()
        gc.set_linewidth(shape.stroke * self._scale)
        gc.set_foreground("black")
        if not shape.stroke:
            gc.set_linewidth(0)
        renderer.draw_path(
            gc, Path(points, codes), Affine2D.from_values(*combined(self._plane, shape.matrix)), (0, 0, 0) if shape.filled else None
        )
        gc.restore()

    def _words(self, renderer: RendererBase, words: Words) -> None:
        a, _, _, d, e, f = self._plane
        x, y = a * words.x + e, d * words.y + f
        widths = [self._width(renderer, span) for span in words.spans]
        x -= {"start": 0.0, "middle": sum(widths) / 2, "end": sum(widths)}[words.anchor]
        for span, width in zip(words.spans, widths, strict=True):
            if span.music:
                self._music(renderer, span, x, y)
            else:
                gc = renderer.new_gc()
                renderer.draw_text(gc, x, y, span.text, self._font(span), 0)
                gc.restore()
            x += width

    def _font(self, span: Span) -> FontProperties:
        from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - as above

        return FontProperties(
            family=list(_FONTS),
            size=span.size * self._scale,
            weight="bold" if span.bold else "normal",
            style="italic" if span.italic else "normal",
        )

    def _width(self, renderer: RendererBase, span: Span) -> float:
        if not span.music:
            return float(renderer.get_text_width_height_descent(span.text, self._font(span), ismath=False)[0])
        return sum(self._advance(each) for each in span.text) * span.size * self._scale

    def _advance(self, character: str) -> float:
        glyph = self._glyphs(character)
        points = [point for _, each in glyph.moves for point in each] if glyph else []
        return (max(x for x, _ in points) + 50) / 1000 if points else 0.3

    def _music(self, renderer: RendererBase, span: Span, x: float, y: float) -> None:
        em = span.size * self._scale / 1000
        for each in span.text:
            glyph = self._glyphs(each)
            if glyph is not None:
                press = _Press((em, 0.0, 0.0, em, x, y), self._glyphs)
                press.draw(renderer, glyph)
            x += self._advance(each) * span.size * self._scale
