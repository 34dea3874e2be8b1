"""A plan of three sections with one character's tune in it, for the harmony step."""

from __future__ import annotations

from fractions import Fraction

from motifgen.affect import Affect
from motifgen.compose.desk import BarSpan, Landing, Plan, Section, Spotting, Statement
from motifgen.motif.motif import Motif
from motifgen.motif.notation import read
from motifgen.orchestra.palette import Palette
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.arc import Arc, Keyframe
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Scene
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span

D_MINOR, F_MINOR, D_MAJOR = (Key.parse(name) for name in ("D minor", "F minor", "D major"))
TUNE = read("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", D_MINOR)
REST = Span(Fraction(50), Fraction(52))


def planned_scene(  # noqa: PLR0913, PLR0917 - each is one thing that bears on harmony
    style: str = "orchestral",
    hits: tuple[Landing, ...] = (),
    motif: Motif | None = TUNE,
    affect: Affect | None = None,
    seed: int = 0,
    starts: tuple[int, ...] = (16, 64),
) -> Plan:
    """Return the plan: intro, build, climax and silence in 24 bars, the tune where it is asked to start."""
    arc = Arc((Keyframe(Fraction(0), affect or Affect(0.3, 0.0, 0.3, 0.0)),))
    scene = Scene("1m1", Fraction(60), arc, seed=seed, hits=tuple(landing.hit for landing in hits))
    bars = tuple(BarSpan(number + 1, Fraction(4 * number), Meter(4, 4)) for number in range(24))
    palette = Palette(style, "", (60, 120), ("4/4",), 0.08, style, (), (), (), (0.0, 1.0))
    spotting = Spotting(scene, None, palette, bars, TempoMap(((0, 625_000),)), hits, (REST,))
    sections = (
        Section(Span(Fraction(0), Fraction(32)), "intro", D_MINOR, arc.points[0].affect, 0.3),
        Section(Span(Fraction(32), Fraction(48)), "build", F_MINOR, arc.points[0].affect, 0.6),
        Section(Span(Fraction(48), Fraction(88)), "climax", D_MAJOR, arc.points[0].affect, 1.0),
        Section(Span(Fraction(88), Fraction(96)), "silence", D_MAJOR, arc.points[0].affect, 0.0),
    )
    who = Character("mara", TUNE)
    keys = {16: D_MINOR, 64: D_MAJOR}
    stated = [
        Statement(who, "lead", motif, keys.get(at, D_MINOR), Fraction(at), "theme", (), "she enters", 1.0, 0.8) for at in starts if motif
    ]
    return Plan(spotting, sections, tuple(stated))
