"""A progress bar for commands."""

from django.core.management.base import OutputWrapper

_WIDTH = 30


def show_progress(out: OutputWrapper, label: str, done: int, total: int) -> None:
    """A bar that redraws itself on a terminal; elsewhere one line at the end."""
    if out.isatty():
        full = _WIDTH * done // max(total, 1)
        ending = "\n" if done == total else ""
        out.write(f"\r{label} [{'#' * full}{'.' * (_WIDTH - full)}] {done:,} of {total:,}", ending=ending)
        out.flush()
    elif done == total:
        out.write(f"{label}: {total:,}.")
