"""The pages, by subject."""

from django.urls import path

from claims.web import accounts, desk

app_name = "web"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign_out"),
]
