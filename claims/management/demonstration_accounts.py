"""Who may sign in to the demonstration newsroom. Valid on the embedded profile alone, which listens on loopback."""

from dataclasses import dataclass

from claims.workflow import Role

TOKEN_FILE = "demo_token"  # noqa: S105 - a name, not a token


@dataclass(frozen=True)
class Account:
    username: str
    password: str
    name: str
    role: Role


ACCOUNTS = (
    Account("editor", "demo-editor-2026", "Edith Torres", Role.EDITOR),
    Account("reviewer", "demo-reviewer-2026", "Ravi Iyer", Role.REVIEWER),
    Account("admin", "demo-admin-2026", "Ada Minkowski", Role.ADMINISTRATOR),
)
