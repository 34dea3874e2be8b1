"""A small drawing of a motif, for notebooks: bars of pitch over time, as inline SVG."""

from __future__ import annotations

from html import escape

from motifgen.motif.motif import Motif

_HEIGHT, _UNIT, _ROW = 96, 36, 10


def svg(motif: Motif) -> str:
    """Return a piano roll of a motif as one SVG element, with bar lines.

    Examples
    --------
    >>> svg(Motif.parse("D4/q A4/h.")).count("<rect")
    3
    """
    notes = motif.sounding()
    midi = [pitch.midi for *_, pitch in notes] or [60]
    rise = min(_ROW, (_HEIGHT - 24) / (max(midi) - min(midi) + 1))
    width = float(motif.duration) * _UNIT + 8
    parts = [f'<rect width="{width:.1f}" height="{_HEIGHT}" fill="#faf8f3"/>']
    parts += [f'<path d="M{4 + x:.1f} 0V{_HEIGHT}" stroke="#c9c2b2"/>' for x in _lines(motif)]
    for onset, length, pitch in notes:
        x, y = 4 + float(onset) * _UNIT, _HEIGHT - 12 - (pitch.midi - min(midi) + 1) * rise
        parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(float(length) * _UNIT - 2, 1):.1f}" height="{rise:.1f}" rx="2" fill="#7a3b2e">'
            f"<title>{escape(str(pitch))}</title></rect>"
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{_HEIGHT}" role="img">{"".join(parts)}</svg>'


def _lines(motif: Motif) -> list[float]:
    """Return where bar lines stand, the first thousand of them."""
    first, bar = motif.pickup % motif.meter.bar, motif.meter.bar
    count = min((motif.duration - first) // bar + 1, 1000)
    return [float(first + bar * order) * _UNIT for order in range(count)]


def figure(motif: Motif) -> str:
    """Return the drawing with key, meter, motif text and lineage under it, as HTML."""
    lineage = f"<br><small>{escape(' → '.join(motif.lineage))}</small>" if motif.lineage else ""
    caption = escape(motif.text(heading=True))
    return f"<figure>{svg(motif)}<figcaption><code>{caption}</code>{lineage}</figcaption></figure>"
