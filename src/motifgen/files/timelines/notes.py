"""What a recording session needs on paper: spotting notes as Markdown, streamers and punches as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from motifgen.story.arc import Keyframe
from motifgen.story.scene import Hit, Scene, SourceScene, Story

#: Seconds that a streamer takes to cross the picture.
STREAMER = Fraction(2)
#: Hits that must be struck are hard; those that something grows into are soft.
HARDNESS: Mapping[str, str] = MappingProxyType(
    {"accent": "hard", "stinger": "hard", "cut": "hard", "pause": "hard", "entry": "soft", "reveal": "soft", "swell": "soft"},
)


def spotting_notes(story: Story) -> str:
    """Return a film's spotting notes: for each scene where it lies, what is met, what is felt, who is there, where words are heard.

    Examples
    --------
    >>> from motifgen.story.arc import Arc
    >>> scene = Scene("1m1", 20, Arc.of((0, "calm")), title="Storm", hits=[Hit(5, "cut", "silence")])
    >>> print(spotting_notes(Story("The Salt Road", scenes=[scene])), end="")
    # The Salt Road: spotting notes
    <BLANKLINE>
    ## 1m1 Storm
    <BLANKLINE>
    01:00:00:00 to 01:00:20:00 (0:20, 24 fps), orchestral
    <BLANKLINE>
    | timecode | seconds | what happens | music | wish |
    |---|---|---|---|---|
    | 01:00:05:00 | 5.000 | silence | cut | hard |
    <BLANKLINE>
    - feeling: calm at 0:00
    """
    parts = [f"# {_text(story.title) or 'Film'}: spotting notes"]
    for scene in story.scenes:
        parts += [f"## {scene.id} {_text(scene.title)}".rstrip(), _extent(scene)]
        parts += _composed(scene) if isinstance(scene, Scene) else [_source(scene)]
    return "\n\n".join(parts) + "\n"


def streamers(story: Story) -> str:
    """Return a CSV table of streamers and punches: a line crosses the picture for two seconds, and the frame on which it ends is punched.

    A scene's start is punched in green, hard hits in red, soft ones in yellow. Times are timecode.

    Examples
    --------
    >>> from motifgen.story.arc import Arc
    >>> scene = Scene("1m1", 20, Arc.of((0, "calm")), hits=[Hit(5, "cut", "silence")])
    >>> print(streamers(Story(scenes=[scene])), end="")
    cue,streamer,punch,color,label
    1m1,00:59:58:00,01:00:00:00,green,1m1
    1m1,01:00:03:00,01:00:05:00,red,cut: silence
    """
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("cue", "streamer", "punch", "color", "label"))
    for scene in story.scenes:
        if isinstance(scene, Scene):
            marks = [(Fraction(0), "green", f"{scene.id} {scene.title}".strip())]
            marks += [(hit.at, "red" if HARDNESS[hit.do] == "hard" else "yellow", _label(hit)) for hit in scene.hits]
            for at, color, label in sorted(marks, key=lambda mark: mark[0]):
                rows.writerow((scene.id, scene.start.later(at - STREAMER), scene.start.later(at), color, label))
    return out.getvalue()


def _label(hit: Hit) -> str:
    return f"{hit.do}: {hit.what}" if hit.what else hit.do


def _extent(scene: Scene | SourceScene) -> str:
    style = f", {scene.style}" if isinstance(scene, Scene) else ", source music"
    return f"{scene.start} to {scene.start.later(scene.length)} ({_clock(scene.length)}, {scene.start.rate} fps){style}"


def _composed(scene: Scene) -> list[str]:
    rows = [_row(hit, scene) for hit in sorted(scene.hits, key=lambda hit: hit.at)]
    table = ["| timecode | seconds | what happens | music | wish |", "|---|---|---|---|---|", *rows] if rows else []
    facts = [f"- feeling: {', '.join(f'{_feeling(point)} at {_clock(point.at)}' for point in scene.arc.points)}"]
    facts += [f"- {it.role}: {_text(it.who.name)}, {_clock(it.span.start)} to {_clock(it.span.end)}" for it in scene.cast]
    facts += [f"- words: {_clock(span.start)} to {_clock(span.end)}" for span in scene.dialogue]
    facts += [f"- silence: {_clock(span.start)} to {_clock(span.end)}" for span in scene.silence]
    return ["\n".join(part) for part in (table, facts) if part]


def _row(hit: Hit, scene: Scene) -> str:
    wish = [HARDNESS[hit.do]] + ([] if hit.must else ["may be missed"]) + ([] if hit.on == "beat" else [f"on {hit.on}"])
    music = f"{hit.do} of {hit.who}" if hit.who else hit.do
    return f"| {scene.start.later(hit.at)} | {float(hit.at):.3f} | {_text(hit.what)} | {_text(music)} | {', '.join(wish)} |"


def _feeling(point: Keyframe) -> str:
    affect = point.affect
    return _text(point.feel) or f"valence {affect.valence:g}, arousal {affect.arousal:g}, tension {affect.tension:g}"


def _source(scene: SourceScene) -> str:
    return "\n".join(f"- {name}: {_text(value)}" for name, value in scene.source)


def _clock(seconds: Fraction) -> str:
    minutes, rest = divmod(seconds, 60)
    fraction = f"{float(rest % 1):.3f}".rstrip("0").rstrip(".")[1:] if rest % 1 else ""
    return f"{int(minutes)}:{int(rest):02}{fraction}"


def _text(text: str) -> str:
    """Return a text that breaks no table."""
    return " ".join(text.replace("|", "/").split())
