"""Finding on the command line: a table of occurrences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from motifgen.cli.vocabulary import show_table
from motifgen.files.score_lines import read_lines
from motifgen.measure.finding import find
from motifgen.motif.motif import Motif

_HEAD = ("part", "bar", "beat", "seconds", "transformation", "altered", "likeness", "notes")


def show_found(motif: Motif, score: Path, tolerance: float, only: Sequence[str] | None, shortest: int) -> None:
    """Print where a motif is found in a score, a row for each occurrence; what could not be read goes to the error stream."""
    piece = read_lines(score)
    for warning in piece.warnings:
        typer.echo(f"motifgen: {score.name}: {warning}", err=True)
    rows = [
        (
            each.part,
            str(each.bar),
            f"{each.beat:g}",
            f"{each.seconds:.3f}",
            each.transformation or "as it is",
            str(each.altered),
            f"{each.likeness:.2f}",
            str(len(each.notes)),
        )
        for each in find(motif, piece, tolerance=tolerance, transforms=only, shortest=shortest)
    ]
    show_table(_HEAD, rows)
