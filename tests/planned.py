"""Stories at random, and what must hold of every plan."""

from fractions import Fraction
from itertools import combinations

from hypothesis import strategies as st

from motifgen.affect import Affect
from motifgen.compose.planning import plan
from motifgen.compose.planning.consonance import SHARE, Sounding, agreement
from motifgen.compose.spotting import spot
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Asked, Cast, Hit, Scene, Story

MELODIC = ("theme", "fragment", "counter")
THEMES = (
    Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor"),
    Motif.parse("D3/h Eb3/q D3/q | Ab3/w", key="D minor"),
    Motif.parse("A4/e B4/e | D5/q. A4/e F#4/q A4/q | G4/q. F#4/e E4/h", key="D major"),
    Motif.parse("D5/q B4/q G4/q | A4/q. B4/e C5/q | B4/h.", key="G major", meter="3/4"),
    Motif.parse("Eb4/q. Bb4/e Bb4/h | C5/q Bb4/q Ab4/q G4/q", key="Eb major"),
    Motif.parse("C5/e B4/e C5/e r/e F#4/q r/q | Eb5/e D5/e Eb5/e r/e A4/q", key="C minor"),
)
NAMES = ("ada", "bela", "cara", "dora", "emil", "finn")


def planned(scene, story=None):
    """Return the plan of a scene, spotted first."""
    return plan(spot(scene, story))


def character(i, **more):
    return Character(NAMES[i], THEMES[i], **more)


def affects():
    axis = st.sampled_from((-1.0, -0.6, -0.2, 0.2, 0.6, 1.0))
    return st.builds(Affect, axis, axis, st.sampled_from((0.0, 0.3, 0.6, 1.0)), axis)


@st.composite
def scenes(draw, name="1m1"):
    """Scenes of 30 to 120 s with up to four characters, hits, dialogue and silence."""
    length = draw(st.integers(30, 120))
    times = sorted(draw(st.sets(st.integers(1, length - 1), max_size=4)))
    arc = Arc.of(*((at, draw(affects())) for at in (0, *times)))
    cast = [draw(_presences(i, length)) for i in draw(st.sets(st.integers(0, 5), min_size=1, max_size=4).map(sorted))]
    hits = [draw(_hits(at, cast)) for at in sorted(draw(st.sets(st.integers(3, length - 3), max_size=3)))]
    dialogue, silence = draw(_spans(length)), draw(_spans(length))
    return Scene(name, length, arc, cast=cast, hits=hits, dialogue=dialogue, silence=silence, seed=draw(st.integers(0, 3)))


@st.composite
def _presences(draw, i, length):
    start = draw(st.sampled_from((0, 0, length // 4, length // 2)))
    end = draw(st.sampled_from((length, length, start + (length - start) * 2 // 3)))
    who = character(i, never=draw(st.sampled_from(((), (), ("retrograde", "minor"), ("augment",)))))
    return Cast(who, (start, end), draw(st.sampled_from(("lead", "lead", "support", "hint"))))


@st.composite
def _hits(draw, at, cast):
    do = draw(st.sampled_from(("accent", "stinger", "swell", "entry", "reveal", "pause")))
    who = draw(st.sampled_from([it.who.key for it in cast])) if do in ("entry", "reveal") and draw(st.booleans()) else ""
    return Hit(at, do, who=who)


@st.composite
def _spans(draw, length):
    if draw(st.integers(0, 2)):
        return ()
    start = draw(st.integers(0, length - 6))
    return ((start, min(start + draw(st.integers(2, 12)), length)),)


@st.composite
def films(draw):
    return Story("film", scenes=[draw(scenes(name)) for name in ("1m1", "1m2", "2m1")], seed=1)


def faults(plan):
    """Return what a plan does that no plan may do, as sentences."""
    return [*_form(plan), *(fault for s in plan.statements for fault in _alone(plan, s)), *_clashes(plan), *_often(plan)]


def _form(plan):
    ends = [section.span.end for section in plan.sections]
    starts = [section.span.start for section in plan.sections]
    if starts[0] != 0 or ends[-1] != plan.spotting.end or starts[1:] != ends[:-1]:
        yield "the sections leave a gap or overlap"
    if any(not 0 <= section.level <= 1 for section in plan.sections):
        yield "a level lies outside 0 to 1"
    climaxes = [i for i, section in enumerate(plan.sections) if section.function == "climax"]
    if climaxes and climaxes != list(range(climaxes[0], climaxes[-1] + 1)):
        yield "there is more than one climax"


def _alone(plan, s):
    spotting = plan.spotting
    label = f"{s.who.key} {s.treatment} at {float(s.start)}"
    spans = [it.span for it in spotting.scene.cast if it.who.key == s.who.key]
    slack = Fraction(1, 1000)
    inside = [it for it in spans if it.start - slack <= spotting.seconds(s.start) and spotting.seconds(s.end) <= it.end + slack]
    if spans and not inside:
        yield f"{label} sounds outside its owner's presence"
    if any(s.span.overlaps(rest) for rest in spotting.rests):
        yield f"{label} sounds in silence"
    if s.start < 0 or s.end > spotting.end:
        yield f"{label} lies outside the scene"
    if not s.asked and s.treatment in ("theme", "fragment"):
        spoken = [it for it in spotting.scene.dialogue if it.start < spotting.seconds(s.end) and spotting.seconds(s.start) < it.end]
        on_hit = any(landing.at == s.start for landing in spotting.landings)
        if spoken and not on_hit:
            yield f"{label} is a melody under words"
    if not s.asked and s.likeness < s.who.keep:
        yield f"{label} is less like its theme than its floor"
    steps = [parse_transform(step) for step in s.transforms if not step.startswith("meter")]
    names = {step.name for step in steps}
    if not s.asked and names & set(s.who.never):
        yield f"{label} does what its owner forbids"
    if not s.asked and sum(step.hard for step in steps) > 2:
        yield f"{label} takes more than two hard steps"
    if len(s.why) < 20:
        yield f"{label} gives no reason"


def _clashes(plan):
    heard = [(s, Sounding.of(s)) for s in plan.statements if s.treatment in (*MELODIC, "ostinato")]
    for (one, a), (other, b) in combinations(heard, 2):
        beat = plan.spotting.bar_at(max(one.start, other.start)).meter.beat
        if a.meets(b) and one.who.key != other.who.key and agreement(a, b, beat) < SHARE:
            yield f"{one.who.key} at {float(one.start)} clashes with {other.who.key} at {float(other.start)}"


def _often(plan):
    for key in {s.who.key for s in plan.statements}:
        own = [s for s in plan.statements if s.who.key == key and s.treatment == "theme" and not s.asked]
        times = sorted(plan.spotting.seconds(s.start) for s in own)
        if any(last - first <= 60 for first, last in zip(times, times[3:], strict=False)):
            yield f"{key} is heard in full more than three times a minute"


def whole(statement, theme):
    """Tell whether a statement has every note of the theme."""
    return len(statement.motif.sounding()) >= len(theme.sounding())


def asked(at, who, *steps, by=""):
    return Asked(at, who, tuple(parse_transform(step) for step in steps), by)
