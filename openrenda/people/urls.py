"""Addresses of signing in, of one's own account and of administration."""

from __future__ import annotations

from django.urls import path

from openrenda.people.views import account, sign_in

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign-in-code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", account.enrol_second_factor, name="second-factor"),
    path("account/confirm/", account.confirm, name="confirm"),
    path("seats/", account.seats, name="seats"),
    path("seat/", account.enter_seat, name="enter-seat"),
]
