"""Accounts: who may sign in, with what proof. An account by itself may do nothing; its seats may."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from openrenda.people.names.text import plain
from openrenda.people.sealed import SealedTextField
from openrenda.tenancy import ReferenceModel


def new_stamp() -> str:
    """A fresh random mark; a session that carries an older one is over."""
    return secrets.token_hex(16)


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts and finds them by login name."""

    def create_account(self, login: str, name: str, password: str | None = None, **fields: Any) -> Account:
        """A new account; without a password nobody can sign in until one is set."""
        return self.create(login=plain(login).lower(), name=name, password=make_password(password), **fields)

    def get_by_natural_key(self, login: str | None) -> Account:
        """The account of that login name, read as people type it (full-width, capitals, blanks)."""
        return self.get(login=plain(login or "").lower())


class Account(AbstractBaseUser, ReferenceModel):
    """A person's means of signing in. Shared by all congresses in which she has seats."""

    login = models.CharField(_("登录名"), max_length=100, unique=True)
    name = models.CharField(_("姓名"), max_length=50)
    email = models.EmailField(_("电子邮箱"), blank=True)
    phone = SealedTextField(_("手机号码"), blank=True)
    language = models.CharField(_("界面语言"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(_("可以登录"), default=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=True)
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)
    second_factor_secret = SealedTextField(_("动态口令密钥"), blank=True)
    second_factor_since = models.DateTimeField(_("动态口令启用时间"), null=True, blank=True)
    second_factor_step = models.BigIntegerField(_("已用过的最后一个动态口令时段"), default=0)
    session_key_stamp = models.CharField(_("会话印记"), max_length=32, default=new_stamp, editable=False)

    objects = AccountManager()
    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("账号")
        ordering = ["login"]

    def __str__(self) -> str:
        return f"{self.name}（{self.login}）"

    @property
    def has_second_factor(self) -> bool:
        """Whether a second factor has been enrolled and confirmed."""
        return self.second_factor_since is not None

    def end_sessions(self) -> None:
        """Every session of the account is over at its next request. The caller saves the row."""
        self.session_key_stamp = new_stamp()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to go on: changes with the password and with the stamp."""
        value = self.password + self.session_key_stamp
        return salted_hmac("people.account.session", value, secret=secret, algorithm="sha256").hexdigest()


class Membership(ReferenceModel):
    """In which congresses an account has seats: the way from a sign-in to the congresses to ask."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships", verbose_name=_("账号"))
    congress = models.ForeignKey("people.Congress", models.PROTECT, related_name="memberships", verbose_name=_("人大"))

    class Meta:
        verbose_name = _("账号所在人大")
        constraints = [models.UniqueConstraint(fields=["account", "congress"], name="people_membership_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.congress_id}"


class RecoveryCode(ReferenceModel):
    """One code that stands in once for the second factor, kept only as a digest."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes", verbose_name=_("账号"))
    digest = models.CharField(_("摘要"), max_length=64)
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("恢复码")
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="people_recoverycode_once")]

    def __str__(self) -> str:
        return str(self.account_id)
