"""The sign-in form."""

from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "This name and password do not go together. Check both; capitals count.",
        "inactive": "This account is closed. Ask an administrator.",
    }
