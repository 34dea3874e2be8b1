"""The whole film on one web page that needs no network: arcs, themes, piano rolls, ledgers, sound, and how to import the MIDI."""

from __future__ import annotations

import csv
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from motifgen.motif.motif import Motif
from motifgen.motif.picture import figure
from motifgen.sketch.recording import Recording
from motifgen.sketch.view import LEFT, WIDTH, svg
from motifgen.story.leitmotif import Character
from motifgen.story.scene import SourceScene, Story

_RIGHT = 12
_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:1060px;margin:2rem auto;padding:0 1rem;color:#222;background:#fffdf8}
h1{margin-bottom:0}h2{margin-top:3rem}small,figcaption{color:#666}
figure{display:inline-block;margin:.3rem 1.5rem .3rem 0;max-width:100%;overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px}
td,th{text-align:left;vertical-align:top;padding:.2rem .7rem .2rem 0;border-bottom:1px solid #e5ddcc}
.themes{display:flex;flex-wrap:wrap;gap:1rem 2.5rem}.themes>div{max-width:100%}
audio{width:100%;position:sticky;top:.4rem;z-index:1}.roll{position:relative;cursor:pointer}.roll svg{width:100%;height:auto;display:block}
.roll i{position:absolute;top:0;bottom:0;width:1px;background:#b00020;pointer-events:none}summary{cursor:pointer;margin:.6rem 0}
"""
# A line that runs over the picture as the sound plays; a click on the picture plays from there.
_SCRIPT = f"""
for (const scene of document.querySelectorAll("section[data-seconds]")) {{
  const sound = scene.querySelector("audio"), roll = scene.querySelector(".roll"), line = roll.querySelector("i");
  const length = Number(scene.dataset.seconds), left = {LEFT}, width = {WIDTH} - left - {_RIGHT};
  if (!sound) continue;
  const place = () => {{ line.style.left = (left + width * Math.min(sound.currentTime / length, 1)) / {WIDTH} * 100 + "%"; }};
  const follow = () => {{ place(); if (!sound.paused) requestAnimationFrame(follow); }};
  sound.addEventListener("play", follow);
  sound.addEventListener("seeked", place);
  roll.addEventListener("click", event => {{
    const box = roll.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width * {WIDTH} - left) / width * length;
    sound.currentTime = Math.max(0, Math.min(at, length));
    sound.play();
  }});
}}
"""


def scene_section(recording: Recording, sound: tuple[str, bytes] | None = None) -> str:
    """Return a scene as a section of the page: its sound if there is one, its picture, and what its ledger says.

    Parameters
    ----------
    recording : Recording
    sound : tuple of str and bytes, optional
        The kind (``"audio/flac"``) and the bytes of a sound file.
    """
    ledger = recording.ledger
    head = f"{escape(ledger['scene'])} {escape(ledger['title'])}"
    facts = (
        f"{ledger['start_timecode']} at {ledger['frame_rate']} fps · {ledger['length_seconds']:g} s · "
        f"{_number(len(ledger['bars']), 'bar')} · {escape(ledger['style'])} · seed {ledger['seed']}"
    )
    heard = f'<audio controls preload="metadata" src="data:{sound[0]};base64,{b64encode(sound[1]).decode()}"></audio>' if sound else ""
    seconds = float(recording.tempo.seconds(recording.end_tick))
    return "\n".join(
        [
            f'<section id="{escape(ledger["scene"])}" data-seconds="{seconds:.6f}">',
            f"<h2>{head}</h2><p><small>{facts}</small></p>",
            heard,
            f'<div class="roll">{svg(recording)}<i style="left:{100 * LEFT / WIDTH:g}%"></i></div>',
            *_tables(ledger),
            "</section>",
        ]
    )


def film_page(story: Story, themes: Mapping[str, Motif], sections: Iterable[str]) -> bytes:
    """Return the page of a film as UTF-8 HTML, whole in itself.

    Parameters
    ----------
    story : Story
    themes : Mapping[str, Motif]
        The themes of its characters, invented ones too, by key.
    sections : Iterable[str]
        What `scene_section` made of the scenes, in the order of the film.
    """
    title = escape(story.title or "A film")
    people = "".join(_theme(who, themes) for who in (*story.characters, *story.emotions) if who.key in themes)
    sources = "".join(_source(scene) for scene in story.scenes if isinstance(scene, SourceScene))
    body = [
        f"<h1>{title}</h1><p><small>{_number(len(story.scenes), 'scene')} · {story.frame_rate} fps · {escape(story.style)}</small></p>",
        f'<h2>Themes</h2><div class="themes">{people}</div>' if people else "",
        *sections,
        f"<h2>Existing music</h2><ul>{sources}</ul>" if sources else "",
        f"<h2>Importing the MIDI</h2>{_table(('program', 'do this'), _hints())}",
    ]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style>'
    page = "\n".join(part for part in body if part)
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{page}\n<script>{_SCRIPT}</script>\n</body></html>\n'.encode()


def _theme(who: Character, themes: Mapping[str, Motif]) -> str:
    traits = f" · {escape(', '.join(who.traits))}" if who.traits else ""
    return f"<div><strong>{escape(who.name)}</strong> <small>{who.kind}{traits}</small><br>{figure(themes[who.key])}</div>"


def _source(scene: SourceScene) -> str:
    facts = "; ".join(f"{name}: {said}" for name, said in scene.source)
    return f"<li>{escape(scene.id)} {escape(scene.title)}, {scene.start}, {float(scene.length):g} s: {escape(facts)}</li>"


def _tables(ledger: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ledger's tables, folded; those without rows are left out."""
    stated = [
        (
            _clock(s["start_seconds"]),
            s["who"],
            s["role"],
            _and(s["transforms"]) or "plain",
            _and(s["parts"]),
            s["likeness"],
            s["why"],
        )
        for s in ledger["statements"]
    ]
    hits = [
        (_clock(h["asked_seconds"]), h["do"], h["what"], f"bar {h['bar']}, beat {h['beat']:g}", f"{h['error_ms']:g} ms", _met(h["met"]))
        for h in ledger["hits"]
    ]
    parts = [(p["name"], p["instrument"], p["family"], p["role"], p["notes"]) for p in ledger["parts"]]
    chords = [(_clock(c["start_seconds"]), c["symbol"], c["roman"], c["key"]) for c in ledger["chords"]]
    for name, columns, rows in (
        ("hit", ("at", "do", "what", "lands on", "off", "met"), hits),
        ("statement", ("at", "who", "role", "changed", "played by", "likeness", "why"), stated),
        ("chord", ("at", "chord", "degree", "key"), chords),
        ("part", ("part", "instrument", "family", "role", "notes"), parts),
        ("warning", ("what you should know",), [(said,) for said in ledger["warnings"]]),
    ):
        if rows:
            opened = " open" if name == "hit" else ""
            yield f"<details{opened}><summary>{_number(len(rows), name)}</summary>{_table(columns, rows)}</details>"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _number(count: int, what: str) -> str:
    """Return how many there are of what can be counted."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def _and(words: Sequence[str]) -> str:
    return ", ".join(words)


def _met(met: bool) -> str:
    return "yes" if met else "missed"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{seconds % 60:06.3f}"


def _hints() -> list[tuple[str, str]]:
    text = (files("motifgen.data") / "import_hints.csv").read_text(encoding="utf-8")
    return [(row["program"], row["do"]) for row in csv.DictReader(text.splitlines())]
