"""Signing in and out."""

from django.contrib.auth.views import LoginView, LogoutView

from claims.models import User
from claims.web.context import first_page
from claims.web.forms.accounts import SignInForm


class SignIn(LoginView):
    template_name = "claims/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """The first section this person may use: an administrator has no desk."""
        person = self.request.user
        return first_page(person) if isinstance(person, User) else super().get_default_redirect_url()


class SignOut(LogoutView):
    http_method_names = ["post", "options"]
