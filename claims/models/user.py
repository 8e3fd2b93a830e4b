"""People and API tokens."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from knox.models import AbstractAuthToken

from claims.workflow import GROUP_ROLES, Role, Scope


class User(AbstractUser):  # type: ignore[django-manager-missing]  # knox is untyped
    """A person of the newsroom, or the service account behind an API token."""

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Roles by group; a superuser administrates, which includes no approval."""
        if not self.is_active:
            return frozenset()
        names = set(self.groups.values_list("name", flat=True))
        roles = {role for role in GROUP_ROLES if role in names}
        if self.is_superuser:
            roles.add(Role.ADMINISTRATOR)
        return frozenset(roles)

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username


class ApiToken(AbstractAuthToken):
    """A client's token: only its digest is stored. `user` is the client's service account."""

    name = models.CharField(max_length=100, unique=True)
    scopes = models.JSONField(default=list, help_text="Names of claims.workflow.Scope")
    last_used = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens_made")

    class Meta(AbstractAuthToken.Meta):
        abstract = False
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def allows(self, scope: Scope) -> bool:
        return scope.value in self.scopes
