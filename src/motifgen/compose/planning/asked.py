"""What the composer has already decided: kept exactly as written; the planner works around it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from motifgen.compose.desk import Statement, stated_place
from motifgen.compose.planning.forms import likened
from motifgen.compose.planning.keys import KeyPlan
from motifgen.compose.planning.survey import Survey
from motifgen.motif.motif import Motif
from motifgen.story.scene import Asked, BarPlace
from motifgen.theory.scale import Key
from motifgen.theory.time import Span


def asked_statements(survey: Survey, keys: KeyPlan) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Return the composer's own statements, in order of time, and a warning for whatever could not be done as written."""
    stated: list[Statement] = []
    warnings: list[str] = []
    for asked in survey.spotting.scene.statements:
        statement, said = _stated(survey, keys, asked)
        warnings.extend(said)
        if statement is not None:
            stated.append(statement)
    return tuple(sorted(stated, key=lambda it: it.start)), tuple(warnings)


def _stated(survey: Survey, keys: KeyPlan, asked: Asked) -> tuple[Statement | None, list[str]]:
    at, said = _place(survey, asked)
    if at is None or at >= survey.end:
        return None, [*said, f"the statement of {asked.who.name} at {_written(asked)} lies after the scene's end: it is left out"]
    theme = survey.themes[asked.who.key]
    motif = theme
    for transform in asked.transforms:
        motif = transform(motif)
    kept, cut = _cut(survey, motif, at)
    if kept is None:
        return None, [*said, f"the statement of {asked.who.name} at {_written(asked)} lies in asked silence: it is left out"]
    if cut:
        said.append(f"the statement of {asked.who.name} at {_written(asked)} runs into silence or the scene's end: it is broken off there")
    roles = [cast.role for cast in survey.spotting.scene.cast if cast.who.key == asked.who.key]
    key = Key(keys.at(at).key.tonic, kept.key.mode) if kept.key.tonic == theme.key.tonic else kept.key
    texts = tuple(map(str, asked.transforms))
    why = "written by the composer"
    like = likened(theme, kept)
    said += _outside(survey, asked, Span(at, at + kept.duration))
    return Statement(asked.who, [*roles, "lead"][0], kept, key, at, "theme", texts, why, like, 0.8, asked.by, asked=True), said


def _outside(survey: Survey, asked: Asked, span: Span) -> list[str]:
    """Say when a composer's own statement sounds while its owner is not there, which is the composer's right."""
    spans = [survey.present(cast) for cast in survey.spotting.scene.cast if cast.who.key == asked.who.key]
    if any(present.start <= span.start and span.end <= present.end for present in spans):
        return []
    return [f"{asked.who.name} is not cast during the whole of the statement at {_written(asked)}: it is kept as written"]


def _place(survey: Survey, asked: Asked) -> tuple[Fraction | None, list[str]]:
    """Return where a statement is to begin: at its bar and beat, or at the half beat nearest to its second."""
    if isinstance(asked.at, BarPlace):
        bars = [bar for bar in survey.spotting.bars if bar.number == asked.at.bar]
        return (bars[0].start + (asked.at.beat - 1) * bars[0].meter.beat, []) if bars else (None, [])
    at = stated_place(asked.at, survey.spotting.bars, survey.spotting.tempo)
    late = survey.spotting.seconds(at) - asked.at
    off = round(float(late), 3)
    if abs(late) <= Fraction(1, 1000):
        return at, []
    return at, [f"{asked.who.name} is asked at {float(asked.at):g} s; the nearest half beat is {off:+.3f} s away, and taken"]


def _cut(survey: Survey, motif: Motif, start: Fraction) -> tuple[Motif | None, bool]:
    """Return the motif without what would sound in silence or after the end, and whether anything was cut."""
    stops = [survey.end, *(rest.start for rest in survey.spotting.rests if rest.end > start)]
    room = min(stops) - start
    if room <= 0:
        return None, True
    kept, at = [], Fraction(0)
    for note in motif.notes:
        if at >= room:
            break
        kept.append(replace(note, duration=min(note.duration, room - at)))
        at += note.duration
    return replace(motif, notes=tuple(kept)), motif.duration > room


def _written(asked: Asked) -> str:
    return f"bar {asked.at.bar}" if isinstance(asked.at, BarPlace) else f"{float(asked.at):g} s"
