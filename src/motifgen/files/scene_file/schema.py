"""Which fields a scene arc file may have: one JSON Schema, for the reader here and for the completion of editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from motifgen.affect import words
from motifgen.motif.invention.archetype import archetypes
from motifgen.orchestra.instrument import instruments
from motifgen.orchestra.palette import palettes
from motifgen.story.arc import CURVES
from motifgen.story.leitmotif import KINDS, STATES
from motifgen.story.scene import DO, ON, ROLES
from motifgen.story.timecode import RATES

#: Characters are all kinds but this one: an emotion with a motif stands under ``emotions``.
CHARACTER_KINDS = tuple(kind for kind in KINDS if kind != "emotion")


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the fields that a kind of mapping may have, as the schema lists them.

    Examples
    --------
    >>> fields_of("span")
    ('from', 'to')
    """
    return tuple(_bare()["$defs"][kind]["properties"])


def required_of(kind: str) -> tuple[str, ...]:
    """Return the fields that a kind of mapping must have."""
    return tuple(_bare()["$defs"][kind].get("required", ()))


def name_of(kind: str) -> str:
    """Return what a kind of mapping is called in messages: ``"a scene"``."""
    return str(_bare()["$defs"][kind]["title"])


def scene_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scene arc file, with the vocabulary of every table filled in.

    Examples
    --------
    >>> scene_schema()["$defs"]["hit"]["properties"]["on"]["enum"]
    ['downbeat', 'beat', 'any']
    """
    from motifgen.files.libraries import libraries  # noqa: PLC0415 - reading a file needs no schema of libraries

    schema: dict[str, Any] = json.loads(_text())
    kinds = schema["$defs"]
    _offer(kinds["story"]["properties"]["frame_rate"], [*RATES, *(float(r) if "." in r else int(r) for r in RATES if not r.endswith("df"))])
    for kind, field, accepted in (
        ("character", "kind", CHARACTER_KINDS),
        ("point", "curve", CURVES),
        ("cast", "role", ROLES),
        ("hit", "do", DO),
        ("hit", "on", ON),
    ):
        _offer(kinds[kind]["properties"][field], accepted)
    _offer(kinds["journey"]["anyOf"][0]["additionalProperties"], STATES)
    _offer(kinds["station"]["properties"]["is"], STATES)
    # Tables accept other spellings too (plurals, capitals), so editors are shown their names without being bound to them.
    for kind, table in (("style", palettes()), ("instrument", instruments()), ("emotion_word", words())):
        kinds[kind] = {"anyOf": [{"enum": list(table)}, {"type": "string"}]}
    kinds["style"]["anyOf"].append(_blends())
    kinds["library"] = {"anyOf": [{"enum": list(libraries())}, {"type": "string"}]}
    kinds["invention"]["properties"]["archetype"]["examples"] = list(archetypes())
    return schema


def _blends() -> dict[str, Any]:
    """Return the form of several styles with their weights."""
    weight = {"type": "number", "exclusiveMinimum": 0}
    return {"type": "object", "minProperties": 1, "properties": dict.fromkeys(palettes(), weight), "additionalProperties": weight}


def _offer(field: dict[str, Any], accepted: Iterable[object]) -> None:
    field["enum"] = list(accepted)


def _text() -> str:
    return files("motifgen").joinpath("data/scene_schema.json").read_text(encoding="utf-8")


@cache
def _bare() -> Mapping[str, Any]:
    """Read the schema once, without the tables: all that the reader needs."""
    bare: Mapping[str, Any] = json.loads(_text())
    return bare
