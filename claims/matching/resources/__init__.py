"""The reviewed tables of general news English that the engine reads; each file states its source."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of `<name>.json`; read once per process."""
    content: dict[str, Any] = json.loads(files(__package__).joinpath(f"{name}.json").read_text("utf-8"))
    return content


@cache
def words(name: str) -> frozenset[str]:
    """One word list of `words.json` or `actions.json`."""
    lists = table("words") | table("actions")
    return frozenset(phrases(lists[name]))


def listed(name: str) -> list[str]:
    """One word list of `words.json` in its order."""
    return phrases(table("words")[name])


def phrases(entries: str) -> list[str]:
    """The entries of a space-separated list; an underscore stands for the space inside a phrase."""
    return [entry.replace("_", " ") for entry in entries.split()]
