"""Forms of signing in and of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from openrenda.forms import Form
from openrenda.people.models import Account


def _password_box(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class SignInForm(Form):
    """Name and password."""

    login = forms.CharField(
        label=_("登录名"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(label=_("密码"), max_length=200, strip=False, widget=_password_box("current-password"))


class CodeForm(Form):
    """A code of the second factor, or a recovery code."""

    code = forms.CharField(
        label=_("动态口令"),
        max_length=20,
        help_text=_("手机验证器上显示的 6 位数字；手机不在身边时，可以填一个恢复码。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class ConfirmForm(Form):
    """Password or code, to prove again who one is."""

    password = forms.CharField(
        label=_("密码"), max_length=200, strip=False, required=False, widget=_password_box("current-password")
    )
    code = forms.CharField(
        label=_("动态口令"),
        max_length=20,
        required=False,
        help_text=_("密码和动态口令填一项即可。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("password") and not cleaned.get("code"):
            raise ValidationError(_now("请填写密码或者动态口令中的一项。"))
        return cleaned


class PasswordForm(Form):
    """The present password, and the new one twice."""

    present = forms.CharField(
        label=_("现在的密码"), max_length=200, strip=False, widget=_password_box("current-password")
    )
    new = forms.CharField(
        label=_("新密码"),
        max_length=200,
        strip=False,
        help_text=_("至少 8 位，包含大写字母、小写字母、数字、符号中的三种。"),
        widget=_password_box("new-password"),
    )
    again = forms.CharField(
        label=_("再输一次新密码"), max_length=200, strip=False, widget=_password_box("new-password")
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        validate_password(new, self.account)
        if self.account.check_password(new):
            raise ValidationError(_now("新密码不能与现在的密码相同。"))
        return new

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _now("两次输入的新密码不一样，请重新输入。"))
        return cleaned
