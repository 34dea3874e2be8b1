"""A story told in prose: what the file asks for, and what will be composed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from motifgen.compose.desk import Plan
from motifgen.compose.planning import plan
from motifgen.compose.spotting import spot
from motifgen.motif.motif import Motif
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Asked, BarPlace, Cast, Hit, Scene, SourceScene, Story


def told(story: Story) -> Iterator[str]:
    """Yield the lines of a story: its themes, then every scene with what the planner will do in it.

    Raises
    ------
    ComposeError
        For a scene that cannot be composed as asked.
    """
    composed = [scene for scene in story.scenes if isinstance(scene, Scene)]
    source = len(story.scenes) - len(composed)
    existing = f" and {_count(source, 'source scene')}" if source else ""
    yield f"{story.title or 'This film'}: {_count(len(composed), 'scene')} to compose{existing}, at {story.frame_rate} frames a second."
    for character in (*story.characters, *story.emotions):
        yield _theme(character)
    for scene in story.scenes:
        yield ""
        yield from _scene(scene, story) if isinstance(scene, Scene) else _source(scene)


def _theme(who: Character) -> str:
    if isinstance(who.motif, Motif):
        theme = f"the theme {who.motif.text()} in {who.motif.key}"
    else:
        low, high = who.motif.notes
        size = f" of {low} to {high} notes" if high else ""
        theme = f"a theme{size} to be invented ({who.motif.archetype or 'from the traits'})"
    voice = f", played by {' or '.join(who.voice)}" if who.voice else ""
    traits = f"; {_and(who.traits)}" if who.traits and who.kind != "emotion" else ""
    never = f"; never {' or '.join(who.never)}" if who.never else ""
    return f"  {who.name} ({who.kind}{traits}) has {theme}{voice}{never}."


def _source(scene: SourceScene) -> Iterator[str]:
    facts = dict(scene.source)
    by = f" by {facts.get('artist') or facts['composer']}" if {"artist", "composer"} & facts.keys() else ""
    yield f"{_headed(scene)}: existing music, '{facts.get('title', '')}'{by}, {clock(scene.length)} from {scene.start}. It gets no notes."


def _scene(scene: Scene, story: Story) -> Iterator[str]:
    key = f", in {scene.key}" if scene.key else ""
    meter = f", in {scene.meter}" if scene.meter else ""
    yield f"{_headed(scene)}: {clock(scene.length)} from {scene.start}, {scene.style}{key}{meter}, seed {scene.seed}{_playing(scene)}."
    yield f"  It feels: {_arc(scene)}."
    yield from (f"  {_cast(cast, scene)}" for cast in scene.cast)
    yield from (f"  {_hit(hit)}" for hit in scene.hits)
    yield from (f"  Words must be heard from {clock(span.start)} to {clock(span.end)}." for span in scene.dialogue)
    yield from (f"  No music from {clock(span.start)} to {clock(span.end)}." for span in scene.silence)
    yield from (f"  {_asked(asked)}" for asked in scene.statements)
    yield from _planned(plan(spot(scene, story)))


def _playing(scene: Scene) -> str:
    library = f", for the sample library {scene.library}" if scene.library else ""
    return (", in a loop" if scene.loop else "") + library + ("" if scene.humanize is None else f", humanized by {scene.humanize:g}")


def _arc(scene: Scene) -> str:
    points = []
    for point in scene.arc.points:
        affect = point.affect
        numbers = f"valence {affect.valence:+.2f}, arousal {affect.arousal:+.2f}, tension {affect.tension:.2f}, power {affect.power:+.2f}"
        points.append(f"{clock(point.at)} {point.feel or 'by numbers'} ({numbers})")
    return "; ".join(points)


def _cast(cast: Cast, scene: Scene) -> str:
    whole = cast.span.start == 0 and cast.span.end == scene.length
    when = "throughout" if whole else f"from {clock(cast.span.start)} to {clock(cast.span.end)}"
    role = {"lead": "leads", "support": "supports", "hint": "is hinted at"}[cast.role]
    own = f", feeling its own way (tension {cast.feel.tension:.2f}, valence {cast.feel.valence:+.2f})" if cast.feel else ""
    return f"{cast.who.name} {role} {when}{own}."


def _hit(hit: Hit) -> str:
    what = f" ({hit.what})" if hit.what else ""
    who = f" of {hit.who}" if hit.who else ""
    grade = "" if hit.must else ", if it can be"
    return f"Hit at {clock(hit.at)}: {hit.do}{who}{what} on {'any place' if hit.on == 'any' else f'a {hit.on}'}{grade}."


def _asked(asked: Asked) -> str:
    at = f"bar {asked.at.bar}, beat {asked.at.beat}" if isinstance(asked.at, BarPlace) else clock(asked.at)
    done = f" as {', then '.join(map(str, asked.transforms))}" if asked.transforms else ""
    by = f" by {asked.by}" if asked.by else ""
    return f"You decided: the theme of {asked.who.name} at {at}{done}{by}."


def _planned(plan: Plan) -> Iterator[str]:
    """Tell what the first two steps of the desk decide."""
    spotting = plan.spotting
    bpm = sorted(spotting.tempo.bpm(tick) for tick, _ in spotting.tempo.steps)
    missed = [landing for landing in spotting.landings if not landing.met]
    pace = " to ".join(dict.fromkeys(f"{each:.0f}" for each in (bpm[0], bpm[-1])))
    yield f"  Composed as {_count(len(spotting.bars), 'bar')}, {pace} quarters a minute."
    for statement in plan.statements:
        done = f" ({', '.join(statement.transforms)})" if statement.transforms else ""
        at = spotting.seconds(statement.start)
        yield f"    {clock(at)} {statement.who.name}, {statement.treatment}{done}: {statement.why}."
    for landing in missed:
        yield f"  Missed: {landing.hit.what or landing.hit.do} at {clock(landing.hit.at)}, by {float(landing.error * 1000):+.0f} ms."
    yield from (f"  Note: {warning}" for warning in (*spotting.warnings, *plan.warnings))


def _headed(scene: Scene | SourceScene) -> str:
    return f"{scene.id} {scene.title}".strip()


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _and(words: tuple[str, ...]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def clock(seconds: Fraction) -> str:
    """Return seconds as ``m:ss`` or ``m:ss.mmm``.

    Examples
    --------
    >>> clock(Fraction(69, 2)), clock(Fraction(90))
    ('0:34.500', '1:30')
    """
    milliseconds = round(seconds * 1000)
    whole, part = divmod(milliseconds, 1000)
    return f"{whole // 60}:{whole % 60:02}" + (f".{part:03}" if part else "")
