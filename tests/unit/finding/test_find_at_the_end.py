"""A piece may break off where a motif would go on with the note that was last heard."""

from motifgen.measure.finding import find
from motifgen.motif.motif import Motif
from performing import played, recording


def test_a_piece_that_breaks_off_before_a_repeated_note_can_be_searched():
    theme = Motif.parse("C4/q E4/e G4/e F4/q D4/q A4/e. B4/s B4/q", key="C major")
    whole = [(float(onset), pitch.midi) for onset, _, pitch in theme.sounding()]
    tones = sorted([*whole[:-1], (0.5, 62)])
    ticks = [round(onset * 960) for onset, _ in tones]
    rows = [(tick, tick + 200, pitch, 80) for tick, (_, pitch) in zip(ticks, tones, strict=True)]
    assert not [each for each in find(theme, recording(played(rows=rows))) if len(each.notes) >= len(whole) and not each.altered]
