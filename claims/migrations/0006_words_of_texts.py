from django.db import migrations

from claims.models import text_index


def create(apps, schema_editor):
    text_index.create_tables(schema_editor.connection)


def drop(apps, schema_editor):
    text_index.drop_tables(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_indexes_of_large_lists'),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]
