"""`python -m tests.benchmarks.index_of_database`: seconds to write the index file of all open claims of a database.

DATABASE_URL names the database, DATA_DIR an empty folder for the file.
"""

import os
import time
from importlib import import_module

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    live_index = import_module("claims.live_index")
    begun = time.perf_counter()
    if not live_index.write_newer_file():
        raise RuntimeError("another process is writing this folder's index file")
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
