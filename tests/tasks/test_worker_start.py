"""What a worker does before it takes work."""

import subprocess
import sys
from pathlib import Path

from tests.processes import PROJECT
from tests.workbench import clean_environment

START = """
import gc, django; django.setup()
from celery.signals import worker_init
from factcheck.celery import app
app.loader.import_default_modules()
before = gc.get_threshold()
for receiver, answer in worker_init.send(sender="worker"):
    if isinstance(answer, Exception):
        raise answer
from claims.matching.concepts import _senses
print(before, gc.get_threshold(), gc.get_freeze_count() > 100_000, _senses.cache_info().currsize)
"""


def test_a_worker_reads_the_engines_tables_once_and_leaves_them_to_its_processes(tmp_path: Path) -> None:
    env = clean_environment(DATA_DIR=str(tmp_path), DJANGO_SETTINGS_MODULE="factcheck.settings")
    subprocess.run([sys.executable, "manage.py", "migrate"], env=env, cwd=PROJECT, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-c", START], env=env, cwd=PROJECT, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "(700, 10, 10) (50000, 3, 10) True 1"
