"""A table for the terms of stored reports, and those of the reports there are."""

from django.db import migrations, models

from claims.matching import Document, DocumentReader
from claims.models import report_terms

_CHUNK = 500


def create(apps, schema_editor):
    for statement in report_terms.CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute(report_terms.DROP)


def fill(apps, schema_editor):
    reports = apps.get_model("claims", "Report").objects.filter(state="matched").order_by("pk")
    last = 0
    while chunk := list(reports.filter(pk__gt=last).values_list("pk", "title", "body")[:_CHUNK]):
        report_terms.keep_terms({pk: DocumentReader(Document(title, body)).codes() for pk, title, body in chunk})
        last = chunk[-1][0]


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_kinds_of_events")]

    operations = [
        migrations.RunPython(create, drop, elidable=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddField(
            model_name="report",
            name="matched_policy",
            field=models.CharField(
                blank=True, default="", help_text="The version of the engine's policy it was matched by", max_length=30
            ),
        ),
    ]
