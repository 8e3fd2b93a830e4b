"""What a caller may reach. Services ask for the role again; scopes are asked for here alone."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.models import ApiToken, User
from claims.workflow import Scope, Verb, may


def is_staff(request: Request) -> bool:
    """Somebody of the desk, signed in with a session."""
    return request.auth is None and isinstance(request.user, User) and may(request.user, Verb.SEE_DESK)


def _has_scope(request: Request, scope: Scope) -> bool:
    return isinstance(request.auth, ApiToken) and request.auth.allows(scope)


class StaffOnly(BasePermission):
    message = "This is for signed-in editors and reviewers."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return is_staff(request)


class ReadsVerdicts(BasePermission):
    message = f"A token with the scope {Scope.READ_VERDICTS.value} is needed."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return _has_scope(request, Scope.READ_VERDICTS) or is_staff(request)


class SendsReports(BasePermission):
    message = f"A token with the scope {Scope.WRITE_REPORTS.value} is needed."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return _has_scope(request, Scope.WRITE_REPORTS) or is_staff(request)
