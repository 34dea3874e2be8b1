"""Pictures of stories for notebooks: a scene's arc over who is there, a character with its theme, a film as its scenes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING

from motifgen.motif.motif import Motif
from motifgen.motif.picture import figure

if TYPE_CHECKING:
    from motifgen.story.leitmotif import Character
    from motifgen.story.scene import Scene, Story

_WIDTH, _HEIGHT, _ROW, _LEFT = 720, 90, 18, 110
_HUES = {"valence": "#3b6978", "arousal": "#c08457", "tension": "#7a3b2e", "power": "#8a8fb0"}
_ROLES = {"lead": 1.0, "support": 0.55, "hint": 0.3}


def character_html(who: Character) -> str:
    """Return a character as HTML: its name and traits, and its theme drawn, or what is asked of the one to be invented."""
    traits = f" · {escape(', '.join(who.traits))}" if who.traits else ""
    voice = f"<br><small>{escape(', '.join(who.voice))}</small>" if who.voice else ""
    theme = (
        figure(who.motif) if isinstance(who.motif, Motif) else f"<p>to be invented: {escape(who.motif.archetype or 'from its traits')}</p>"
    )
    return f"<div><strong>{escape(who.name)}</strong> ({who.kind}){traits}{voice}{theme}</div>"


def scene_html(scene: Scene) -> str:
    """Return a scene as HTML: its arc as four curves, hits as lines, and a bar for everyone who is present."""
    head = f"<strong>{escape(scene.id)}</strong> {escape(scene.title)} · {float(scene.length):g} s · {escape(str(scene.style))}"
    return f"<div>{head}<br>{scene_svg(scene)}</div>"


def story_html(story: Story) -> str:
    """Return a film as HTML: its scenes in order, and its characters."""
    scenes = "".join(_listed(scene) for scene in story.scenes)
    people = "".join(character_html(who) for who in story.characters)
    return f"<div><strong>{escape(story.title or 'A film')}</strong> · {escape(story.style)} · seed {story.seed}{scenes}{people}</div>"


def scene_svg(scene: Scene) -> str:
    """Return the picture of a scene as one SVG element.

    Examples
    --------
    >>> from motifgen.story.arc import Arc
    >>> from motifgen.story.scene import Scene
    >>> scene_svg(Scene("1m1", 30, Arc.of((0, "calm")))).count("<polyline")
    4
    """
    end = float(scene.length)
    height = _HEIGHT + _ROW * len(scene.cast) + 6
    parts = [_curve(scene, axis, end) for axis in _HUES]
    parts += [f'<text x="4" y="{14 + 14 * i}" font-size="11" fill="{hue}">{axis}</text>' for i, (axis, hue) in enumerate(_HUES.items())]
    parts += [_block(_x(it.start, end), 0, _x(it.end, end), _HEIGHT, "#00000012") for it in scene.dialogue]
    for row, cast in enumerate(scene.cast):
        y = _HEIGHT + _ROW * row + 4
        parts.append(f'<text x="4" y="{y + 12}" font-size="11">{escape(cast.who.name)}</text>')
        hue = f'#7a3b2e" fill-opacity="{_ROLES[cast.role]}'
        parts.append(_block(_x(cast.span.start, end), y, _x(cast.span.end, end), _ROW - 4, hue))
    parts += [_hit(_x(hit.at, end), height, f"{hit.do} {hit.what}") for hit in scene.hits]
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="sans-serif">{"".join(parts)}</svg>'


def _listed(scene: object) -> str:
    drawn = getattr(scene, "_repr_html_", None)
    return drawn() if callable(drawn) else f"<p>{escape(getattr(scene, 'id', ''))} {escape(getattr(scene, 'title', ''))} · source music</p>"


def _x(seconds: Fraction | float, end: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - 8) * float(seconds) / end


def _curve(scene: Scene, axis: str, end: float) -> str:
    times: Iterable[float] = (end * i / 80 for i in range(81))
    low = 0.0 if axis == "tension" else -1.0
    heights = ((time, (getattr(scene.arc.at(time), axis) - low) / (1 - low)) for time in times)
    points = " ".join(f"{_x(time, end):.1f},{_HEIGHT - 6 - (_HEIGHT - 12) * height:.1f}" for time, height in heights)
    return f'<polyline points="{points}" fill="none" stroke="{_HUES[axis]}" stroke-width="1.5"/>'


def _block(x: float, y: float, right: float, height: float, hue: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(right - x, 1):.1f}" height="{height:.1f}" fill="{hue}"/>'


def _hit(x: float, height: float, text: str) -> str:
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height}" stroke="#b00020"><title>{escape(text)}</title></line>'
