"""The administrators' back office: people and their roles; everything else can only be looked at.

Claims, findings and verdicts are changed on their own pages, through the services: nothing here approves a verdict.
API tokens have their own page too: here each would be named by its digest, in addresses and so in logs.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField, Model
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils import timezone

from claims.models import (
    Appearance,
    Claim,
    ClaimWording,
    Event,
    Evidence,
    Finding,
    LookBack,
    Report,
    Source,
    User,
    Verdict,
    VerdictEdit,
)
from claims.services.people import change_roles
from claims.workflow import Role


def _administrates(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and Role.ADMINISTRATOR in request.user.roles


class LookOnly(admin.ModelAdmin):
    """For administrators to look at; nobody adds, changes or deletes, superusers included."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _administrates(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _administrates(request)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Claim)
class ClaimAdmin(LookOnly):
    list_display = ("__str__", "status", "claimant", "created_by", "created_at")
    list_filter = ("status",)
    list_select_related = ("current_wording", "created_by")
    search_fields = ("current_wording__text", "claimant", "external_id")


@admin.register(ClaimWording)
class ClaimWordingAdmin(LookOnly):
    list_display = ("text", "number", "created_by", "created_at")
    list_select_related = ("created_by",)
    search_fields = ("text",)


@admin.register(Appearance)
class AppearanceAdmin(LookOnly):
    list_display = ("outlet", "claim", "date", "added_by")
    list_select_related = ("claim__current_wording", "added_by")


@admin.register(Source)
class SourceAdmin(LookOnly):
    list_display = ("__str__", "kind", "publisher", "added_by", "added_at")
    list_filter = ("kind",)
    list_select_related = ("added_by",)
    search_fields = ("title", "publisher", "url")


@admin.register(Report)
class ReportAdmin(LookOnly):
    list_display = ("__str__", "outlet", "state", "language", "received_at", "removed_at")
    list_filter = ("state", "language")
    search_fields = ("title", "outlet", "url", "external_id")


@admin.register(LookBack)
class LookBackAdmin(LookOnly):
    list_display = ("claim", "state", "done", "total", "queued_at", "ended_at")
    list_filter = ("state",)
    list_select_related = ("claim__current_wording",)


@admin.register(Finding)
class FindingAdmin(LookOnly):
    list_display = ("sentence", "stance", "relation", "triage", "triaged_by", "found_at")
    list_filter = ("stance", "triage", "found_by")
    list_select_related = ("triaged_by",)
    search_fields = ("sentence",)


class EvidenceInline(admin.TabularInline):
    model = Evidence
    extra = 0
    can_delete = False
    fields = readonly_fields = ("position", "stance", "quote", "publisher", "url", "sha256")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _administrates(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Verdict)
class VerdictAdmin(LookOnly):
    list_display = ("__str__", "wording", "state", "created_by", "approved_by", "published_at")
    list_filter = ("state", "rating_label")
    list_select_related = ("wording", "created_by", "approved_by")
    search_fields = ("wording__text", "explanation")
    inlines = (EvidenceInline,)


@admin.register(VerdictEdit)
class VerdictEditAdmin(LookOnly):
    list_display = ("verdict", "person", "at")
    list_select_related = ("verdict", "person")


@admin.register(Event)
class EventAdmin(LookOnly):
    list_display = ("seq", "kind", "object_type", "object_id", "who", "at")
    list_filter = ("kind",)
    search_fields = ("object_id",)
    show_full_result_count = False


admin.site.site_header = admin.site.site_title = "Back office"
admin.site.index_title = "People, and what the record holds"
admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(LookOnly):
    """The roles are fixed: claims.workflow says what each may do."""

    exclude = ("permissions",)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People and their roles. Nobody is deleted, since the record names them: take the tick from "active" instead."""

    list_display = ("username", "display_name", "role_names", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Access", {"fields": ("is_active", "is_staff", "groups")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "password1", "password2", "is_staff", "groups")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Roles")
    def role_names(self, person: User) -> str:
        return ", ".join(sorted(group.name for group in person.groups.all()))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _administrates(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _administrates(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _administrates(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The account behind an API token changes with its token; a superuser's only by a superuser."""
        if not _administrates(request):
            return False
        if not isinstance(obj, User):
            return True
        return Role.API_CLIENT not in obj.roles and (request.user.is_superuser or not obj.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Roles go through their service, which leaves the trace."""
        groups = form.cleaned_data.pop("groups", None)
        super().save_related(request, form, formsets, change)
        if groups is not None and isinstance(request.user, User):
            roles = {group.name for group in groups}
            change_roles(person=form.instance, roles=roles, by=request.user, now=timezone.now())

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **options: Any
    ) -> ModelMultipleChoiceField | None:
        if db_field.name == "groups":
            options["widget"] = CheckboxSelectMultiple
            options["queryset"] = Group.objects.exclude(name=Role.API_CLIENT)
        return super().formfield_for_manytomany(db_field, request, **options)
