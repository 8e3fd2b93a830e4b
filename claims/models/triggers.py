"""Promises that CHECK constraints cannot keep, as triggers on both databases.

SQLite drops a table's triggers silently when a migration rebuilds it, so `apps.py` makes them again after every
migrate, and a system check looks for them. The test flush is the only place that lifts them.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

_EDITED_THIS_VERSION = (
    "EXISTS (SELECT 1 FROM claims_verdictedit e WHERE e.verdict_id = NEW.id AND e.person_id = NEW.approved_by_id)"
)
_EDITED_ANY_VERSION = (
    "EXISTS (SELECT 1 FROM claims_verdictedit e JOIN claims_verdict v ON v.id = e.verdict_id"
    " WHERE v.claim_id = NEW.claim_id AND e.person_id = NEW.withdrawn_by_id)"
)
_CONTENT = (
    "rating_label",
    "rating_value",
    "explanation",
    "valid_as_of",
    "correction_reason",
    "wording_id",
    "claimant",
    "appearances",
)
_EVIDENCE_CONTENT = ("verdict_id", "position", "stance", "relation", "quote", "publisher", "title", "url", "sha256")
_EVIDENCE_MESSAGE = "the evidence of a verdict in or after review is frozen"
_OF_A_FROZEN_VERDICT = (
    "EXISTS (SELECT 1 FROM claims_verdict v WHERE v.id = {}.verdict_id"
    " AND v.state NOT IN ('draft', 'changes_requested'))"
)


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


_FROZEN = f"OLD.state NOT IN ('draft', 'changes_requested') AND ({_changed(_CONTENT)})"


@dataclass(frozen=True)
class Trigger:
    """Refuses `operation` on `table` where `condition` (SQL over OLD and NEW, empty for always) holds."""

    name: str
    table: str
    operation: str
    message: str
    condition: str = ""


TRIGGERS = (
    Trigger("event_no_update", "claims_event", "UPDATE", "events are append-only"),
    Trigger("event_no_delete", "claims_event", "DELETE", "events are append-only"),
    Trigger("event_no_truncate", "claims_event", "TRUNCATE", "events are append-only"),
    Trigger("wording_no_update", "claims_claimwording", "UPDATE", "wordings are never changed"),
    Trigger("edit_no_update", "claims_verdictedit", "UPDATE", "who edited a verdict is never changed"),
    Trigger("edit_no_delete", "claims_verdictedit", "DELETE", "who edited a verdict is never forgotten"),
    Trigger(
        "verdict_approval",
        "claims_verdict",
        "UPDATE",
        "whoever edited a version may not approve it",
        f"NEW.approved_by_id IS NOT NULL AND {_EDITED_THIS_VERSION}",
    ),
    Trigger(
        "verdict_withdrawal",
        "claims_verdict",
        "UPDATE",
        "whoever edited a version may not withdraw it",
        f"NEW.withdrawn_by_id IS NOT NULL AND {_EDITED_ANY_VERSION}",
    ),
    Trigger("verdict_frozen", "claims_verdict", "UPDATE", "a verdict in or after review is frozen", _FROZEN),
    Trigger("evidence_no_insert", "claims_evidence", "INSERT", _EVIDENCE_MESSAGE, _OF_A_FROZEN_VERDICT.format("NEW")),
    Trigger("evidence_no_delete", "claims_evidence", "DELETE", _EVIDENCE_MESSAGE, _OF_A_FROZEN_VERDICT.format("OLD")),
    Trigger(
        "evidence_no_update",
        "claims_evidence",
        "UPDATE",
        _EVIDENCE_MESSAGE,
        f"{_OF_A_FROZEN_VERDICT.format('OLD')} AND ({_changed(_EVIDENCE_CONTENT)})",
    ),
)


def create(connection: BaseDatabaseWrapper) -> None:
    """Make all triggers anew."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Lift all triggers: for the flush of the test database alone."""
    with connection.cursor() as cursor:
        for trigger in TRIGGERS:
            cursor.execute(_drop_statement(trigger, connection.vendor))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers the database lacks."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return [trigger.name for trigger in _for_vendor(connection.vendor) if trigger.name not in present]


def _for_vendor(vendor: str) -> list[Trigger]:
    return [trigger for trigger in TRIGGERS if vendor != "sqlite" or trigger.operation != "TRUNCATE"]


def _statements(vendor: str) -> list[str]:
    statements = [] if vendor == "sqlite" else [_REFUSE_FUNCTION, _REFUSE_IF_FUNCTIONS]
    for trigger in _for_vendor(vendor):
        statements += [_drop_statement(trigger, vendor), _create_statement(trigger, vendor)]
    return statements


def _drop_statement(trigger: Trigger, vendor: str) -> str:
    if vendor == "sqlite":
        return f"DROP TRIGGER IF EXISTS {trigger.name}"
    return f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}"


def _create_statement(trigger: Trigger, vendor: str) -> str:
    if vendor == "sqlite":
        condition = trigger.condition.replace("IS DISTINCT FROM", "IS NOT")
        when = f"WHEN {condition} " if condition else ""
        return (
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.operation} ON {trigger.table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
        )
    each = "STATEMENT" if trigger.operation == "TRUNCATE" else "ROW"
    function = f"claims_refuse_{trigger.name}" if trigger.condition else "claims_refuse"
    return (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.operation} ON {trigger.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {function}('{trigger.message}')"
    )


_REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION claims_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
# PostgreSQL allows no subquery in a trigger's WHEN: the condition goes into a function of its own.
_REFUSE_IF_FUNCTIONS = "\n".join(
    f"""
CREATE OR REPLACE FUNCTION claims_refuse_{trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {trigger.condition} THEN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""
    for trigger in TRIGGERS
    if trigger.condition
)
