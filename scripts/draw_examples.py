"""Draw the examples' pages anew: a picture of every scene, and the table of its statements.

    python scripts/draw_examples.py

Each page in ``docs/examples`` keeps its words; what stands between ``<!-- ID -->`` and ``<!-- end -->`` is rewritten from the ledger.
"""

from __future__ import annotations

import re
from pathlib import Path

from motifgen import Sketch, compose, read_story
from motifgen.sketch.view import svg

ROOT = Path(__file__).parents[1]
PAGES = {"nosferatu": "nosferatu", "macbeth": "macbeth", "breakfast": "two-hander"}


def table(sketch: Sketch, picture: str) -> str:
    """Return a scene's picture and statements as Markdown."""
    rows = [f"![{sketch.ledger['title']}]({picture})", "", "| at | who | how | by | likeness | why |", "|---|---|---|---|---|---|"]
    for statement in sketch.ledger["statements"]:
        place = f"bar {statement['bar']}.{statement['beat']:g}"
        how = ", ".join(statement["transforms"]) or "plain"
        rows.append(
            f"| {place} | {statement['who']} ({statement['treatment']}) | {how} | {', '.join(statement['parts'][:4])} "
            f"| {statement['likeness']:.2f} | {statement['why']} |"
        )
    return "\n".join(rows)


def main() -> None:
    """Rewrite every page."""
    for page, folder in PAGES.items():
        path = ROOT / "docs" / "examples" / f"{page}.md"
        text = path.read_text(encoding="utf-8")
        story = read_story(ROOT / "examples" / folder / f"{page}.yaml")
        for scene in story.scenes:
            sketch = compose(scene, story)
            picture = f"{page}-{scene.id}.svg"
            (path.parent / picture).write_text(svg(sketch.recording) + "\n", encoding="utf-8")
            block = f"<!-- {scene.id} -->\n\n{table(sketch, picture)}\n\n<!-- end -->"
            text = re.sub(rf"<!-- {scene.id} -->.*?<!-- end -->", lambda _, block=block: block, text, flags=re.DOTALL)
        path.write_text(text, encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
