"""Sketch: a composed scene, with every decision that led to it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motifgen.compose.desk import BarSpan, Harmony, Performance, Plan, Scoring, Spotting, Texture
from motifgen.errors import RangeError
from motifgen.files.export import write
from motifgen.files.midi import to_pretty_midi, write_midi
from motifgen.sketch.recording import Recording

if TYPE_CHECKING:
    import pretty_midi


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A composed scene.

    Parameters
    ----------
    performance : Performance
        The last value on the desk; it holds all the others.
    recording : Recording
        What the file formats read.
    """

    performance: Performance
    recording: Recording

    @property
    def ledger(self) -> dict[str, Any]:
        """Return what was composed and why, as the JSON object of ``ID.ledger.json``: a copy, which may be changed."""
        return deepcopy(self.recording.ledger)

    @property
    def scoring(self) -> Scoring:
        """Return who plays what."""
        return self.performance.scoring

    @property
    def texture(self) -> Texture:
        """Return the fabric: lines that no player has yet."""
        return self.scoring.texture

    @property
    def harmony(self) -> Harmony:
        """Return the chords."""
        return self.texture.harmony

    @property
    def plan(self) -> Plan:
        """Return the sections and statements."""
        return self.harmony.plan

    @property
    def spotting(self) -> Spotting:
        """Return the bars, the tempo map and where every hit landed."""
        return self.plan.spotting

    def save(self, path: str | Path) -> Path:
        """Write the sketch to a file, whole or not at all, and return its path.

        Parameters
        ----------
        path : str or Path
            The ending chooses the format: ``.mid``, ``.json`` (the ledger) and those of `motifgen.files.export`.
        """
        return write(self.recording, Path(path))

    def to_midi(self) -> bytes:
        """Return the bytes of the Standard MIDI File."""
        return write_midi(self.recording)

    def to_pretty_midi(self) -> pretty_midi.PrettyMIDI:
        """Return a `pretty_midi.PrettyMIDI` with the exact tempo map; markers are not carried by that library."""
        return to_pretty_midi(self.recording)

    def reorchestrated(self, force: str) -> Sketch:
        """Return the same music for another force: ``tutti``, a style such as ``chamber`` or ``piano``, an instrument for its themes.

        Parameters
        ----------
        force : str
            As for `motifgen.compose.reorchestration.rescored`.

        Raises
        ------
        UnknownNameError
            When there is no such force.

        Examples
        --------
        >>> from motifgen import Arc, Scene
        >>> from motifgen.compose.compose import compose
        >>> sketch = compose(Scene("1m1", 8, Arc.of((0, "hope"))))
        >>> [part["name"] for part in sketch.reorchestrated("piano").ledger["parts"]]
        ['Piano']
        """
        from motifgen.compose.ledger import ledger_of  # noqa: PLC0415 - only who reorchestrates needs the steps after the fabric
        from motifgen.compose.performance.perform import perform  # noqa: PLC0415
        from motifgen.compose.recording import record  # noqa: PLC0415
        from motifgen.compose.reorchestration import rescored  # noqa: PLC0415

        performance = perform(rescored(self.texture, force))
        return Sketch(performance, record(performance, ledger_of(performance)))

    def explain(self, bar: int) -> str:
        """Return what was decided for a bar, and why, in plain sentences.

        Raises
        ------
        RangeError
            If there is no such bar.
        """
        bars = self.spotting.bars
        if not 1 <= bar <= len(bars):
            raise RangeError(f"there is no bar {bar}; accepted: 1 to {len(bars)}")
        span = bars[bar - 1]
        affect = self.spotting.affect(span.start)
        section = self.plan.section_at(span.start)
        asks = f"valence {affect.valence:+.2f}, arousal {affect.arousal:+.2f}, tension {affect.tension:.2f}, power {affect.power:+.2f}"
        when = f"{span.meter}, {float(self.spotting.seconds(span.start)):.2f} s"
        kept = next((row["of"] for row in self.recording.ledger.get("kept_bars", ()) if row["from"] <= bar <= row["to"]), "")
        if kept:
            return "\n".join([f"Bar {bar} ({when}): kept from {kept}, notes and performance; the arc asks {asks}.", *self._kept(span)])
        said = [f"Bar {bar} ({when}): {section.function} in {section.key}; the arc asks {asks}."]
        said += [f"Hit: {x.hit.do} ({x.hit.what or 'no name'})." for x in self.spotting.landings if span.start <= x.at < span.end]
        said += [f"{s.who.name} ({s.treatment}): {s.why}." for s in self.plan.statements if s.start < span.end and span.start < s.end]
        said += [f"Tonal region: {area.key}, {area.why}." for area in reversed(self.plan.keys) if area.at <= span.start][:1]
        chords = [str(c.chord) for c in self.harmony.chords if c.span.start < span.end and span.start < c.span.end]
        playing = [p.name for p in self.scoring.parts if any(n.onset < span.end and span.start < n.end for n in p.notes)]
        said += [f"Chords: {' '.join(chords) or 'none'}. Playing: {', '.join(playing) or 'nobody'}."]
        return "\n".join(said)

    def _kept(self, bar: BarSpan) -> list[str]:
        """Return what is stated and what chords sound in a bar that is kept, by the ledger of the take."""
        start, end = (float(self.spotting.seconds(at)) for at in (bar.start, bar.end))
        ledger = self.recording.ledger
        stated, chords = (
            [row for row in rows if row["start_seconds"] < end and start < row["end_seconds"]]
            for rows in (ledger["statements"], ledger["chords"])
        )
        said = [f"{row['who']} ({row['treatment']}): {row['why']}." for row in stated]
        return [*said, f"Chords: {' '.join(row['symbol'] for row in chords) or 'none'}."]

    def __repr__(self) -> str:
        ledger = self.recording.ledger
        rows = ((name, len(ledger[name])) for name in ("bars", "parts", "statements"))
        counted = ", ".join(f"{count} {name if count != 1 else name[:-1]}" for name, count in rows)
        return f"<Sketch {ledger['scene']}: {ledger['length_seconds']:g} s, {counted}>"

    def _repr_html_(self) -> str:
        from motifgen.sketch.view import svg  # noqa: PLC0415 - drawings are for notebooks only

        return svg(self.recording)
