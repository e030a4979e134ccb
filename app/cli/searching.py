"""flask search: searching from the command line, as an admin would."""

import html
import json
import re

import click
from flask.cli import with_appcontext

from app.cli.asker import machine_admin
from app.inputs.listing import Search
from app.queries import search as questions
from app.queries.search import Hit


@click.command("search")
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@with_appcontext
def search(query: str, as_json: bool, limit: int) -> None:
    """Search what is published; see the search help for the language."""
    found = questions.search(machine_admin(), Search(q=query, limit=limit))
    if as_json:
        hits = [_as_json(hit) for hit in found.hits]
        click.echo(json.dumps({"total": found.total, "hits": hits}, ensure_ascii=False, indent=2))
        return
    if found.problem:
        click.echo(found.problem, err=True)
    for notice in found.notices:
        click.echo(notice, err=True)
    click.echo(f"{found.total} found in {found.took_ms} ms")
    for hit in found.hits:
        page = f", page {hit.page}" if hit.page else ""
        click.echo(f"\n{hit.asset.title} ({hit.asset.slug}{page}, {hit.score:.2f})")
        click.echo(f"  {_plain(hit.snippet)}")


def _as_json(hit: Hit) -> dict[str, object]:
    return {
        "slug": hit.asset.slug,
        "title": hit.asset.title,
        "page": hit.page,
        "pages_matched": hit.pages_matched,
        "score": hit.score,
        "snippet": hit.snippet,
    }


def _plain(snippet: str) -> str:
    return " ".join(html.unescape(re.sub(r"</?mark>", "", snippet)).split())
