"""A picture of a report: what was asked and what is heard over time, as one SVG file."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from statistics import fmean, pstdev

from motifgen.measure.conformance import Report, Trace
from motifgen.measure.heard import ThemeHeard
from motifgen.measure.hits import HitHeard
from motifgen.measure.score import parts, score

_WIDTH, _LEFT, _RIGHT, _TOP = 1000, 118, 988, 62
_PANEL, _LANE, _GAP = 96, 18, 14
_ASKED, _HEARD, _FAULT, _GOOD = "#9a9a94", "#9a4a26", "#b00020", "#2f6b4f"
_SCALES = {"tension": (0.0, 1.0), "arousal": (-1.0, 1.0), "valence": (-1.0, 1.0)}


def picture(report: Report, title: str = "") -> str:
    """Return the picture of a report.

    A panel for each axis of the arc: gray is asked, brown is perceived. Perceived tension and arousal have no scale of their own, so they
    are drawn with the mean and the spread of what is asked; how well the two go together is said at the left. Lines through all panels are
    hits, red where they are not heard; under the panels a lane for each presence shows where its theme is found, and one where players
    are asked for what they cannot do.

    Parameters
    ----------
    report : Report
    title : str
        Of the scene.

    Examples
    --------
    >>> from motifgen import Arc, Scene, compose
    >>> from motifgen.measure.conformance import measure
    >>> scene = Scene("1m1", 8, Arc.of((0, "calm"), (6, "hope")))
    >>> drawn = picture(measure(compose(scene).recording, scene), "1m1")
    >>> drawn.count("<polyline"), drawn.startswith("<svg "), "tension" in drawn
    (6, True, True)
    """
    lanes = len(report.themes) + bool(report.faults)
    panels = _TOP + len(report.traces) * (_PANEL + _GAP)
    height = panels + lanes * _LANE + 24
    length = float(max(len(report.traces[0].asked), 1))
    body = [f'<text x="8" y="16" font-size="13" font-weight="bold">{escape(title)}</text>', *_marks(report)]
    for row, trace in enumerate(report.traces):
        body += _panel(trace, report, _TOP + row * (_PANEL + _GAP), length)
    for lane, theme in enumerate(report.themes):
        body += _theme(theme, panels + lane * _LANE, length)
    if report.faults:
        body += _faults(report, panels + (lanes - 1) * _LANE, length)
    for hit in report.hits:
        body += _hit(hit, height - 18, length)
    body += _clock(length, height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img" '
        f'font-family="sans-serif" font-size="10"><rect width="{_WIDTH}" height="{height}" fill="#fffdf8"/>{"".join(body)}</svg>\n'
    )


def _marks(report: Report) -> Iterator[str]:
    """Yield the score with its parts, in one line."""
    own = score(report)
    said = " · ".join([f"score {own.total:.2f}", *(f"{name} {getattr(own, name):.2f}" for name in parts())])
    yield f'<text x="8" y="32" fill="#444">{said}</text>'
    yield f'<text x="{_LEFT}" y="46" fill="{_ASKED}">asked</text><text x="{_LEFT + 36}" y="46" fill="{_HEARD}">heard</text>'


def _panel(trace: Trace, report: Report, top: float, length: float) -> Iterator[str]:
    low, high = _SCALES[trace.axis]
    heard = trace.perceived if trace.axis == "valence" else _matched(trace.perceived, trace.asked)
    yield f'<rect x="{_LEFT}" y="{top}" width="{_RIGHT - _LEFT}" height="{_PANEL}" fill="#f7f3ea"/>'
    yield f'<text x="8" y="{top + 14}" font-size="12">{trace.axis}</text>'
    if trace.axis == "valence":
        yield f'<text x="8" y="{top + 30}" fill="#444">asked {report.valence_asked:+.2f}</text>'
        yield f'<text x="8" y="{top + 44}" fill="#444">heard {report.valence:+.2f}</text>'
    else:
        yield f'<text x="8" y="{top + 30}" fill="#444">ranks {trace.correlation:+.2f}</text>'
        yield f'<text x="8" y="{top + 44}" fill="#444">{trace.lag_seconds:g} s late</text>'
    for number, at in ((high, top + 4), (low, top + _PANEL + 3)):
        yield f'<text x="{_LEFT - 4}" y="{at:g}" fill="#777" font-size="8" text-anchor="end">{number:g}</text>'
    for curve, hue in ((trace.asked, _ASKED), (heard, _HEARD)):
        points = " ".join(
            f"{_x(second, length):.1f},{top + _PANEL * (high - min(max(value, low), high)) / (high - low):.1f}"
            for second, value in enumerate(curve)
        )
        yield f'<polyline points="{points}" fill="none" stroke="{hue}" stroke-width="1.6"/>'


def _matched(heard: tuple[float, ...], asked: tuple[float, ...]) -> list[float]:
    """Return a curve without a scale of its own with the mean and spread of another."""
    spread = pstdev(heard)
    return [fmean(asked) + (value - fmean(heard)) / (spread or 1.0) * pstdev(asked) for value in heard]


def _hit(hit: HitHeard, bottom: float, length: float) -> Iterator[str]:
    hue = _GOOD if hit.audible else _FAULT
    x = _x(hit.asked_seconds, length)
    said = f"{hit.do} {hit.what}".strip()
    verdict = "heard" if hit.audible else "not heard"
    caption = f"{said}: {verdict}, {hit.off_ms:+.1f} ms, {hit.off_frames:+.2f} frames, {hit.rise_db:+.1f} dB"
    yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 4}" y2="{bottom:.1f}" stroke="{hue}" stroke-width=".8">'
    yield f"<title>{escape(caption)}</title></line>"
    yield f'<text x="{x + 2:.1f}" y="{_TOP - 6}" fill="{hue}" font-size="8">{escape(said[:24])}</text>'


def _theme(theme: ThemeHeard, top: float, length: float) -> Iterator[str]:
    """Yield the lane of a presence: a pale bar where its bearer is present, a bar for each occurrence, darker where it is more alike."""
    hue = "#222" if theme.found else _FAULT
    yield f'<text x="8" y="{top + 12:.1f}" fill="{hue}">{escape(theme.who[:16])} ({theme.role})</text>'
    left, right = _x(theme.from_seconds, length), _x(min(theme.to_seconds, length), length)
    yield f'<rect x="{left:.1f}" y="{top + 3:.1f}" width="{max(right - left, 1):.1f}" height="{_LANE - 6}" fill="#eee7d8"/>'
    for each in theme.moments:
        begin, end = _x(each.seconds, length), _x(min(each.end_seconds, length), length)
        caption = f"{each.seconds:.1f} s, {each.part}: {each.transformation or 'as it is'}, likeness {each.likeness:.2f}"
        yield (
            f'<rect x="{begin:.1f}" y="{top + 4:.1f}" width="{max(end - begin, 1.5):.1f}" height="{_LANE - 8}" fill="{_HEARD}" '
            f'fill-opacity="{0.2 + 0.6 * each.likeness:.2f}"><title>{escape(caption)}</title></rect>'
        )


def _faults(report: Report, top: float, length: float) -> Iterator[str]:
    yield f'<text x="8" y="{top + 12:.1f}" fill="{_FAULT}">unplayable ({len(report.faults)})</text>'
    for fault in report.faults:
        caption = f"{fault.seconds:.2f} s, {fault.part}: {fault.what}"
        x = _x(fault.seconds, length)
        yield f'<circle cx="{x:.1f}" cy="{top + 9:.1f}" r="3" fill="{_FAULT}"><title>{escape(caption)}</title></circle>'


def _clock(length: float, height: float) -> Iterator[str]:
    """Yield the time in minutes and seconds, twelve times at most."""
    every = next(step for step in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600) if length / step <= 12 or step == 3600)
    for second in range(0, int(length) + 1, every):
        yield f'<text x="{_x(second, length):.1f}" y="{height - 6}" fill="#777" text-anchor="middle">{second // 60}:{second % 60:02}</text>'


def _x(second: float, length: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * min(max(second / length, 0.0), 1.0)
