"""Reading which bars of an earlier take stay as they are."""

from __future__ import annotations

from collections.abc import Callable

from motifgen.errors import NotationError, shown
from motifgen.files.scene_file import values
from motifgen.files.scene_file.fields import Fields
from motifgen.files.scene_file.motifs import Origin, beside
from motifgen.files.scene_file.nodes import Node
from motifgen.story.moments import KeptBars

_LAST = 9999
_ENDINGS = (".mid", ".midi")


def kept(origin: Origin) -> Callable[[Node], KeptBars]:
    """Return a reader of bars to keep: a MIDI file is found beside the scene arc file or below it; a number is a seed."""

    def take(node: Node) -> int | str:
        given = values.scalar(node, "a rendered MIDI file, as in 'takes/1m1.mid', or a seed")
        if given.isascii() and given.lstrip("-").isdigit():
            return values.seed(node)
        if not given.lower().endswith(_ENDINGS):
            raise NotationError(f"{shown(given)} is no take; accepted: a rendered MIDI file, as in 'takes/1m1.mid', or a seed")
        return str(beside(given, origin))

    def read(node: Node) -> KeptBars:
        fields = Fields(node, "keep_bars", origin.page)
        first = fields.take("from", values.whole(1, _LAST, "a bar"), 1)
        last = fields.take("to", values.whole(1, _LAST, "a bar"), first)
        if last < first:
            fields.fault("to", f"bar {last} comes before bar {first}; accepted: 'from' not after 'to'")
        return KeptBars(first, max(first, last), fields.take("of", take, 0))

    return read
