"""What the views of signed-in staff share."""

from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from claims.api.permissions import StaffOnly
from claims.models import User


class DeskView(APIView):
    """For editors and reviewers with a session; what each may do, the services decide."""

    permission_classes = [StaffOnly]


def person_of(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


def checked(serializer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """The request's values. Raises rest_framework's ValidationError."""
    form = serializer(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)
