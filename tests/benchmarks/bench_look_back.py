"""A new claim against the stored reports: how long it takes to find those it may concern, on a large newsroom.

DATABASE_URL names a PostgreSQL database that `newsroom` filled. Reports without stored terms get them first, which
takes minutes for a million.
"""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

from claims.live_index import indexed_text
from claims.matching import key_codes
from claims.models import Claim, Report, reports_to_look_at
from tests.benchmarks.report_terms import fill_lacking
from tests.benchmarks.tables import Measure, Result

CLAIMS = 100
_LATER_THAN_ALL = 2**40


def bench(*, rows: int, data: Path | None = None) -> Result:
    del rows, data
    fill_lacking(os.cpu_count() or 1)
    claims = Claim.objects.open().with_wording().order_by("public_id")[:CLAIMS]
    times, counts = [], []
    for claim in claims:
        codes = key_codes(indexed_text(claim.wording))
        begun = time.perf_counter()
        counts.append(len(reports_to_look_at(codes=codes, seq=_LATER_THAN_ALL, after=0)))
        times.append(time.perf_counter() - begun)
    lead = f"{Report.objects.count():,} reports, a new claim's candidates"
    late = int(0.95 * len(times))
    return Result(
        "A new claim against the stored reports",
        [],
        f"{len(times)} claims",
        [
            Measure("workbench", f"{lead}, median", statistics.median(times), "s"),
            Measure("workbench", f"{lead}, 95th percentile", sorted(times)[late], "s"),
            Measure("workbench", f"{lead}, how many, median", statistics.median(counts), "reports"),
            Measure("workbench", f"{lead}, how many, 95th percentile", sorted(counts)[late], "reports"),
        ],
    )
