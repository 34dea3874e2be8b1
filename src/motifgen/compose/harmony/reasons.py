"""Why a chord is there, in words: what the ledger can say about modulations, reveals, pedals, cadences and written chords."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from motifgen.compose.desk import ChordSpan, Plan
from motifgen.compose.harmony.cadences import cadence
from motifgen.compose.harmony.dialect import progression_classes
from motifgen.compose.harmony.slots import Slot
from motifgen.theory.modulation import modulation
from motifgen.theory.progression import progression_class, striking


def reasons(slots: Sequence[Slot], spans: Sequence[ChordSpan]) -> tuple[ChordSpan, ...]:
    """Return the chords of a stretch, each with what is special about it, if anything."""
    starts = {slot.span.start: slot for slot in slots}
    goals = [float(slot.span.start) for slot in slots if slot.goal]  # floats are compared sooner
    told = [list(_own(starts[span.span.start])) for span in spans[:1]]
    for before, span in pairwise(spans):
        told.append(list(_why(starts[span.span.start], before, span)))
        start, end = float(span.span.start), float(span.span.end)
        if any(start <= at < end for at in goals):
            told[-1].append(f"{cadence(before.chord, span.chord, span.key)} ending")
    for at, span in enumerate(spans):
        told[at] += _answering(starts[span.span.start], span)
    return tuple(replace(span, why=", ".join(said)) for span, said in zip(spans, told, strict=True))


def unmet(plan: Plan, spans: Sequence[ChordSpan]) -> tuple[str, ...]:
    """Return a sentence for every reveal and blow at which the harmony could not do what was asked."""
    starts, ends = {span.span.start: span for span in spans}, {span.span.end: span for span in spans}
    found = []
    for landing in plan.spotting.landings:
        before, after = ends.get(landing.at), starts.get(landing.at)
        if before is None or after is None:
            continue
        place = f"bar {plan.spotting.bar_at(landing.at).number}: {before.chord} goes to {after.chord}"
        if landing.hit.do == "reveal" and not striking(before.chord, after.chord):
            found.append(f"the harmony does not turn at the reveal in {place}; chords that are written there stand in the way")
        if landing.hit.do in ("accent", "stinger") and before.chord == after.chord:
            found.append(f"the chord does not change at the {landing.hit.do} in {place}; chords that are written there stand in the way")
    return tuple(found)


def _why(slot: Slot, before: ChordSpan, span: ChordSpan) -> Iterator[str]:
    if before.key.tonic.semitone != span.key.tonic.semitone:
        kind = modulation(before.chord, span.chord, before.key, span.key)
        yield f"{kind} modulation from {before.key} to {span.key}"
    elif _mode(before) != _mode(span):
        yield f"{before.key} becomes {span.key.mode.name}"
    name = progression_class(before.chord, span.chord)
    said = progression_classes()[name].association if name in progression_classes() else ""
    if slot.turn == "reveal":
        yield f"the harmony turns by {name} ({said})" if said else "the harmony turns"
    if slot.turn == "held":
        yield "a new chord under a held note"
    if slot.turn == "change":
        yield "struck"
    yield from _own(slot)


def _answering(slot: Slot, span: ChordSpan) -> list[str]:
    """Return what the chord answers, where it is the chord that was asked for, or another on its root."""
    kept = slot.echo and slot.hint and slot.hint.within(slot.key).root.semitone == span.chord.root.semitone
    return [slot.echo] if kept else []


def _mode(span: ChordSpan) -> str:
    """Return the mode of a chord's key; the forms of minor are one mode."""
    return span.key.mode.name.removeprefix("harmonic ").removeprefix("melodic ")


def _own(slot: Slot) -> Iterator[str]:
    if slot.fixed is not None:
        yield "written"
    elif slot.still:
        yield "over a pedal"
