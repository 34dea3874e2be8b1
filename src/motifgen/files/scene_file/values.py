"""Reading one value of a scene arc file. Each reader returns the value or raises an error that says what is accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from motifgen.affect import AXES, Affect, affect_of, feel
from motifgen.errors import NotationError, RangeError, UnknownNameError, shown
from motifgen.files.scene_file.fields import Fields, tried
from motifgen.files.scene_file.nodes import Mapping, Node, Page, Scalar, described
from motifgen.story import accept
from motifgen.story.scene import BarPlace
from motifgen.story.timecode import FORMS, FrameRate, Timecode, parse_time
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

_NUMBER = re.compile(r"[-+]?(?:\d{1,16}(?:\.\d{0,16})?|\.\d{1,16})(?:[eE][-+]?\d{1,2})?\Z")
_RANGE = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?\Z")
_MOST_TEXT = 500


def scalar(node: Node, accepted: str, most: int = 200) -> str:
    """Return the text of a single value; longer ones are no names, and would only be slow to refuse."""
    if not isinstance(node, Scalar):
        raise NotationError(f"{described(node)} stands here; accepted: {accepted}")
    if len(node.text) > most:
        raise NotationError(f"{described(node)} has {len(node.text):,} characters; accepted: {accepted}")
    return node.text.strip()


def text(node: Node) -> str:
    """Return a name or a sentence, its white space made single."""
    return " ".join(scalar(node, f"a text of at most {_MOST_TEXT}", _MOST_TEXT).split())


def name(node: Node) -> str:
    """Return a text that is not empty."""
    found = text(node)
    if not found:
        raise NotationError("the text is empty; accepted: a name")
    return found


def exact(low: float, high: float, what: str) -> Callable[[Node], Fraction]:
    """Return a reader of an exact number within limits (both included)."""

    def read(node: Node) -> Fraction:
        accepted = f"{what} from {low:.10g} to {high:.10g}"
        given = scalar(node, accepted)
        if not _NUMBER.match(given):
            raise NotationError(f"{shown(given)} is no number; accepted: {accepted}")
        number = Fraction(given)
        if not low <= number <= high:
            raise RangeError(f"{shown(given)} is out of range; accepted: {accepted}")
        return number

    return read


def number(low: float, high: float, what: str = "a number") -> Callable[[Node], float]:
    """Return a reader of a number within limits (both included)."""
    read = exact(low, high, what)
    return lambda node: float(read(node))


def whole(low: int, high: int, what: str = "a whole number") -> Callable[[Node], int]:
    """Return a reader of a whole number within limits (both included)."""

    def read(node: Node) -> int:
        accepted = f"{what} from {low} to {high}"
        given = scalar(node, accepted)
        if not re.fullmatch(r"-?\d{1,16}", given):
            raise NotationError(f"{shown(given)} is no whole number; accepted: {accepted}")
        if not low <= int(given) <= high:
            raise RangeError(f"{shown(given)} is out of range; accepted: {accepted}")
        return int(given)

    return read


def seed(node: Node) -> int:
    """Return a seed."""
    return whole(0, accept.LARGEST_SEED, "a seed")(node)


def flag(node: Node) -> bool:
    """Return true or false; YAML 1.2 has no other words for them."""
    given = scalar(node, "true or false")
    if given.lower() not in {"true", "false"}:
        meant = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}.get(given.lower())
        hint = f" (did you mean {meant}?)" if meant else ""
        raise NotationError(f"{shown(given)} is neither true nor false{hint}; accepted: true, false")
    return given.lower() == "true"


def choice(kind: str, accepted: Iterable[str]) -> Callable[[Node], str]:
    """Return a reader of one word of a few."""
    words = tuple(accepted)

    def read(node: Node) -> str:
        given = scalar(node, ", ".join(words))
        if given.lower() not in words:
            raise UnknownNameError(kind, given, words, listed=True)
        return given.lower()

    return read


def key(node: Node) -> Key:
    """Return a musical key."""
    return Key.parse(scalar(node, "a key, as in 'D minor'"))


def meter(node: Node) -> Meter:
    """Return a time signature."""
    return Meter.parse(scalar(node, "a meter, as in '4/4'"))


def frame_rate(node: Node) -> FrameRate:
    """Return a frame rate by its name."""
    return FrameRate.named(scalar(node, "a frame rate, as in 24"))


def timecode(rate: FrameRate) -> Callable[[Node], Timecode]:
    """Return a reader of film timecode."""
    return lambda node: Timecode.parse(scalar(node, "film timecode hh:mm:ss:ff, as 01:00:44:12"), rate)


def time(start: Timecode, rate: FrameRate) -> Callable[[Node], Fraction]:
    """Return a reader of times, as seconds from a scene's start."""
    return lambda node: parse_time(scalar(node, FORMS), start, rate)


def place(start: Timecode, rate: FrameRate) -> Callable[[Node], Fraction | BarPlace]:
    """Return a reader of times and of places by bar and beat."""

    def read(node: Node) -> Fraction | BarPlace:
        given = scalar(node, f"{FORMS}, or 'bar 12.3'")
        if not given.lower().startswith("bar"):
            return time(start, rate)(node)
        return BarPlace.parse(given)

    return read


def counts(what: str, least: int, most: int) -> Callable[[Node], tuple[int, int]]:
    """Return a reader of ``4`` or ``2-4``: the first and the last, or at least and at most."""

    def read(node: Node) -> tuple[int, int]:
        accepted = f"{what}: one number from {least} to {most}, or two as in '2-4'"
        given = scalar(node, accepted)
        match = _RANGE.match(given)
        if not match:
            raise NotationError(f"cannot read {shown(given)}; accepted: {accepted}")
        low, high = int(match[1]), int(match[2] or match[1])
        if not least <= low <= high <= most:
            raise RangeError(f"{shown(given)} is out of range; accepted: {accepted}")
        return low, high

    return read


def emotion_word(node: Node) -> str:
    """Return an emotion or trait word that the table knows, as it was written."""
    given = scalar(node, "an emotion word")
    affect_of(given)
    return given


def feeling(fields: Fields, page: Page) -> tuple[Affect | None, str]:
    """Return what ``feel`` and the axes beside it ask for, and how it was written; None when none of them is given."""
    base, said = fields.take("feel", lambda node: _felt(node, page), (None, ""))
    axes = {axis: fields.take(axis, number(*limits), None) for axis, limits in AXES.items()}
    given = {axis: value for axis, value in axes.items() if value is not None}
    if base is None and not given:
        return None, said
    point = base or Affect()
    return Affect(**{axis: given.get(axis, getattr(point, axis)) for axis in AXES}), said


def _felt(node: Node, page: Page) -> tuple[Affect, str]:
    if not isinstance(node, Mapping):
        given = scalar(node, "an emotion word, or a mapping of words to weights")
        return feel(given), given
    weights: dict[str, float] = {}
    for word, weight in node.entries:
        known = tried(page, emotion_word, word)
        amount = tried(page, number(0, 1_000_000, "a weight"), weight)
        if known is not None and amount is not None:
            weights[known] = amount
    if len(weights) < len(node.entries):
        return Affect(), ""
    return feel(weights), ", ".join(f"{word} {amount:g}" for word, amount in weights.items())
