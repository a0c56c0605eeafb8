"""Addresses of signing in, of one's own account and of administration."""

from __future__ import annotations

from django.urls import path

from openrenda.people.views import account, administration, registers, sign_in

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign-in-code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/sign-out-elsewhere/", account.sign_out_elsewhere, name="sign-out-elsewhere"),
    path("account/second-factor/", account.enrol_second_factor, name="second-factor"),
    path("account/confirm/", account.confirm, name="confirm"),
    path("seats/", account.seats, name="seats"),
    path("seat/", account.enter_seat, name="enter-seat"),
    path("administration/", administration.home, name="administration"),
    path("administration/registers/<slug:key>/", registers.show, name="register"),
    path("administration/registers/<slug:key>/row/", registers.change_row, name="register-row"),
    path("administration/registers/<slug:key>/import/", registers.bring_in, name="register-import"),
    path("administration/registers/<slug:key>/export/", registers.take_out, name="register-export"),
    path("administration/registers/<slug:key>/template/", registers.take_template, name="register-template"),
    path("administration/merge/", administration.merge, name="merge"),
    path("administration/grants/", administration.grants, name="grants"),
    path("administration/grants/<uuid:grant_id>/", administration.decide, name="decide"),
    path("administration/seats/<uuid:seat_id>/revoke/", administration.revoke, name="revoke"),
    path("administration/accounts/", administration.accounts, name="accounts"),
    path("administration/accounts/<uuid:account_id>/password/", administration.issue_password, name="issue-password"),
    path("administration/accounts/<uuid:account_id>/<slug:action>/", administration.secure, name="secure"),
    path("administration/log/", administration.log, name="log"),
]
