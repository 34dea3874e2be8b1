"""Variants: a theme changed in thousands of ways, each with what was done to it, how like the theme it still is, and its notes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from hashlib import blake2b
from pathlib import Path

from motifgen.chance import Chance
from motifgen.errors import ComposeError, MotifgenError, RangeError
from motifgen.motif.likeness import compared
from motifgen.motif.motif import Motif
from motifgen.motif.profile import Profile, profile
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.modal import COLLECTIONS
from motifgen.motif.transform.table import kinds, parse_transform
from motifgen.takes.rows import Column, Kind, rows_at
from motifgen.theory.scale import MODES
from motifgen.version import __version__

FORMAT = 1
#: Steps of a chain, at most, if nothing else is said.
STEPS = 3
MOST_STEPS = 8
_FEWEST_NOTES, _MOST_NOTES = 2, 256
_TRIES = 200
#: What an argument of each kind is drawn from. Motifs are left out: what needs a second theme is not drawn.
_DRAWN: Mapping[str, tuple[str, ...]] = {
    "integer": ("-7", "-5", "-4", "-3", "-2", "-1", "1", "2", "3", "4", "5", "7"),
    "count": ("1", "2", "3", "4", "5", "6"),
    "ratio": ("1/2", "2/3", "3/4", "1", "4/3", "3/2", "2", "3"),
    "amount": ("1/4", "1/3", "1/2", "2/3", "3/4", "1"),
    "degree": ("1", "2", "3", "4", "5", "6", "7"),
    "key": ("C major", "D minor", "Eb major", "F minor", "G dorian", "A minor", "Bb major", "B minor"),
    "meter": ("2/4", "3/4", "4/4", "6/8", "5/4", "7/8"),
    "numbers": ("2 1", "2 1 3", "3 1 2", "3 2 1", "1 3 2", "2 3 1 4", "4 3 2 1"),
}


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of a theme, with its labels.

    Parameters
    ----------
    theme : str
        The theme's name.
    number : int
        Of the variant; with the seed and the name it makes the same variant again.
    source, text : str
        The theme and the variant as motif texts, with key and meter.
    steps, families : tuple[str, ...]
        What was done, in order: what `motifgen.parse_transform` reads, and the family of each step.
    hard : int
        How many of the steps are ones by which listeners easily lose a theme.
    likeness, contour, intervals, rhythm, harmony, cover : float
        How like the theme it is, 0 to 1: see `motifgen.motif.likeness.Likeness`.
    key, mode, meter : str
        Of the variant.
    quarters : float
        Its length.
    onsets, lengths : tuple[float, ...]
        Of its notes, in quarters.
    pitches : tuple[int, ...]
        MIDI keys.
    """

    theme: str
    number: int
    source: str
    text: str
    steps: tuple[str, ...]
    families: tuple[str, ...]
    hard: int
    likeness: float
    contour: float
    intervals: float
    rhythm: float
    harmony: float
    cover: float
    key: str
    mode: str
    meter: str
    quarters: float
    onsets: tuple[float, ...]
    lengths: tuple[float, ...]
    pitches: tuple[int, ...]


def variants(
    themes: Mapping[str, Motif], count: int, *, seed: int = 0, steps: int = STEPS, there: Sequence[tuple[str, str]] = ()
) -> Iterator[Variant]:
    """Yield so many variants of each theme, no two the same and none the theme; the same seed gives the same ones.

    Parameters
    ----------
    themes : Mapping[str, Motif]
        By name.
    count : int
        Variants of each, 1 or more.
    seed : int
    steps : int
        How many transforms are made one after the other at most, 1 to 8; each number up to it is equally likely.
    there : Sequence[tuple[str, str]]
        Theme and text of those that were yielded before a stop, in order; those after them are yielded.

    Raises
    ------
    RangeError
        For values outside these, and no theme.
    ComposeError
        For a theme of which so many cannot be made.

    Examples
    --------
    >>> oath = Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor")
    >>> [variant] = variants({"oath": oath}, 1, seed=3)
    >>> again = oath
    >>> for step in variant.steps:
    ...     again = parse_transform(step)(again)
    >>> again.text(heading=True) == variant.text, 0 <= variant.likeness <= 1
    (True, True)
    """
    if count < 1:
        raise RangeError(f"{count} variants are asked for; accepted: 1 or more")
    if not 1 <= steps <= MOST_STEPS:
        raise RangeError(f"up to {steps} steps are asked for; accepted: 1 to {MOST_STEPS}")
    if not themes:
        raise RangeError("no theme to vary; accepted: one or more")
    known = {name: profile(theme) for name, theme in themes.items()}
    seen = {name: {theme.text(heading=True)} for name, theme in themes.items()}
    for name, text in there:
        seen[name].add(text)
    for place in range(len(there), count * len(themes)):
        name, number = list(themes)[place // count], place % count
        made, chain = _variant(themes[name], Chance(seed, name, "variant", number), steps, seen[name])
        seen[name].add(made.text(heading=True))
        yield _labeled(name, themes[name], known[name], made, chain, number)


def write_variants(  # noqa: PLR0913 - each is a choice of the user's
    themes: Mapping[str, Motif],
    count: int,
    path: Path,
    *,
    seed: int = 0,
    steps: int = STEPS,
    progress: Callable[[Variant], None] | None = None,
) -> int:
    """Write variants to a data set, as `variants` yields them, after those that are there, and return how many were new.

    Parameters
    ----------
    path : Path
        A folder of Parquet files if it ends in ``.parquet``, else a file of JSON lines; made if it is not there.
    progress : callable, optional
        Called with each variant that is written.

    Raises
    ------
    RangeError
        For values outside those of `variants`, and for a path that holds something else.
    MissingError
        If pyarrow is not installed and the path asks for it.
    """
    rows = rows_at(path, kind(themes, count, seed, steps))
    there = [(row["theme"], row["text"]) for _, row in rows.read()]
    made = 0
    with rows.writing() as write:
        for variant in variants(themes, count, seed=seed, steps=steps, there=there):
            write(asdict(variant))
            made += 1
            if progress is not None:
                progress(variant)
    return made


def kind(themes: Mapping[str, Motif], count: int, seed: int, steps: int) -> Kind:
    """Return what a data set of variants holds: its head names all that the variants depend on."""
    said = "\n".join(f"{name}: {theme.text(heading=True)}" for name, theme in themes.items())
    asked = {"count": count, "seed": seed, "steps": steps, "themes": blake2b(said.encode(), digest_size=16).hexdigest()}
    head = {"motifgen": __version__, "variants": FORMAT} | asked
    return Kind("variants", "variants of other themes, another count, seed or number of steps", "variants", head, columns())


def columns() -> dict[str, Column]:
    """Return the columns of a variant, in order."""
    named: dict[str, Column] = {"str": str, "int": int, "float": float}
    named |= {f"tuple[{name}, ...]": (kind,) for name, kind in (("str", str), ("int", int), ("float", float))}
    return {field.name: named[str(field.type)] for field in fields(Variant)}


def _variant(theme: Motif, chance: Chance, most: int, seen: Collection[str]) -> tuple[Motif, tuple[Transform, ...]]:
    """Return a variant and its chain: chains are drawn until one can be made and gives what has not been seen."""
    wanted = 1 + chance.below(most)
    for _ in range(_TRIES):
        made, chain = theme, []
        try:
            for _ in range(wanted):
                step = parse_transform(_step(chance))
                made = step(made)
                chain.append(step)
        except MotifgenError:
            continue
        if _FEWEST_NOTES <= len(made.sounding()) <= _MOST_NOTES and made.text(heading=True) not in seen:
            return made, tuple(chain)
    raise ComposeError(
        f"{len(seen) - 1} variants of {str(theme)!r} are made, and no other was found; accepted: fewer, more steps, a longer theme"
    )


def _step(chance: Chance) -> str:
    """Return the text of a transform with drawn arguments; all modes together are as likely as any other transform."""
    form = chance.choose(chance.choose(_forms()))
    words = [form[0]]
    for item in form[1:]:
        _, colon, kind = item.partition(":")
        words.append(chance.choose(_DRAWN.get(kind) or kind.split("|")) if colon else item)
    return " ".join(words)


@cache
def _forms() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the name and the arguments of each form of what can be drawn, forms of one name together."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for each in kinds():
        if each.RUNG and not any(item.endswith(":motif") for item in each.SYNTAX):
            found.setdefault(each.NAME, []).append((each.NAME, *each.SYNTAX))
    return (*map(tuple, found.values()), tuple((name,) for name in (*MODES, *COLLECTIONS)))


def _labeled(name: str, theme: Motif, known: Profile, made: Motif, chain: tuple[Transform, ...], number: int) -> Variant:  # noqa: PLR0913, PLR0917 - what is said of it
    like = compared(known, profile(made))
    notes = made.sounding()
    return Variant(
        theme=name,
        number=number,
        source=theme.text(heading=True),
        text=made.text(heading=True),
        steps=tuple(map(str, chain)),
        families=tuple(step.FAMILY for step in chain),
        hard=sum(step.hard for step in chain),
        **{part: round(float(getattr(like, part)), 6) for part in ("contour", "intervals", "rhythm", "harmony", "cover")},
        likeness=round(float(like.total), 6),
        key=str(made.key),
        mode=made.key.mode.name,
        meter=str(made.meter),
        quarters=float(made.duration),
        onsets=tuple(float(onset) for onset, _, _ in notes),
        lengths=tuple(float(length) for _, length, _ in notes),
        pitches=tuple(pitch.midi for *_, pitch in notes),
    )
