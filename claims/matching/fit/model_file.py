"""How a fitted model is written: readable, one row of weights or one tree a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Writes the JSON form of a model (see `learned.model_from`) with its provenance."""
    entries = ",\n".join(f"{json.dumps(key)}: {_entry(value)}" for key, value in content.items())
    path.write_text(f"{{\n{entries}\n}}\n", encoding="utf-8")


def _entry(value: object) -> str:
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], (list, tuple, dict)):
        return "[\n" + ",\n".join(_entry(part) for part in value) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
