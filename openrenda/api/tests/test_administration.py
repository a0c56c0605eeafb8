"""The page of tokens: given once, listed, taken back, and every giving and taking in the account log."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openrenda.api.models import ApiToken
from openrenda.people.models import AccountEvent
from openrenda.people.testing import sit_down
from openrenda.tenancy import congress_scope
from tests.cast import Cast, _sit

PAGE = "/administration/tokens/"
TYPED = {"name": "办公系统", "login": "990101-roads_office", "scopes": ["read", "act"]}


@pytest.fixture
def admin(cast: Cast) -> Client:
    """The system administrator, who has just proved who she is."""
    return sit_down(Client(), cast.seats["registrar"])


@pytest.fixture
def security(cast: Cast) -> Client:
    """The security administrator."""
    with congress_scope(cast.congress):
        _sit(cast, "security", "security_admin", "congress", cast.congress.pk, "安全管理员")
    return sit_down(Client(), cast.seats["security"])


def tokens(cast: Cast) -> list[ApiToken]:
    """All tokens, oldest first."""
    with congress_scope(cast.congress):
        return list(ApiToken.objects.select_related("seat", "made_by").order_by("made_at"))


def events(cast: Cast) -> list[tuple[str, str, str]]:
    """What the account log says of tokens: kind, by whom, in whose seat."""
    with congress_scope(cast.congress):
        rows = AccountEvent.objects.filter(kind__startswith="token_").order_by("pk")
        return list(rows.values_list("kind", "by__name", "account__login"))


def text(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


def test_a_token_is_given_shown_once_used_listed_and_taken_back(cast: Cast, admin: Client, security: Client) -> None:
    answer = admin.post(PAGE, TYPED)
    found = re.search(r"openrenda_[0-9a-f]{32}_[\w-]+", text(answer))
    assert found
    assert "no-store" in answer["Cache-Control"]
    assert found[0] not in text(admin.get(PAGE))
    bearer = {"Authorization": f"Bearer {found[0]}"}
    assert "没有用过" in text(admin.get(PAGE))
    assert Client().get("/api/v1/inbox", headers=bearer).status_code == 200
    page = text(admin.get(PAGE))
    for words in ("办公系统", "990101-roads_office", "承办单位办公室", "查看、办理", cast["registrar"].name, "有效"):
        assert words in page, words
    assert "没有用过" not in page
    (row,) = tokens(cast)
    assert security.post(f"{PAGE}{row.pk}/").status_code == 302
    assert Client().get("/api/v1/inbox", headers=bearer).status_code == 401
    assert "已收回" in text(security.get(PAGE))
    login = "990101-roads_office"
    assert events(cast) == [("token_made", cast["registrar"].name, login), ("token_revoked", "安全管理员", login)]
    admin.post(f"{PAGE}{row.pk}/")
    assert len(events(cast)) == 2, "taking back twice is once"


def test_the_audit_administrator_reads_it_in_the_log(cast: Cast, admin: Client) -> None:
    admin.post(PAGE, TYPED)
    log = text(sit_down(Client(), cast.seats["auditor"]).get("/administration/log/"))
    assert "发放接口令牌" in log
    assert "办公系统 · organ_office · act、read" in log


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"login": "nobody"}, "没有这样的席位"),
        ({"login": "990101-auditor"}, "三员的席位不能发放令牌"),
        ({"seat": "leader"}, "没有这样的席位"),
        ({"name": ""}, "系统名称"),
        ({"scopes": ["write"]}, "write"),
        ({"until": "2020-01-01"}, "一年以内"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_given(
    cast: Cast, admin: Client, changes: dict[str, Any], words: str
) -> None:
    answer = admin.post(PAGE, {**TYPED, **changes})
    assert answer.status_code == 422
    assert words in text(answer)
    assert not tokens(cast)


def test_who_sits_in_several_seats_is_asked_which(cast: Cast, admin: Client) -> None:
    with congress_scope(cast.congress):
        account = cast.seats["roads_office"].account
        type(cast.seats["roads_office"]).objects.create(
            account=account, key="organ_clerk", holder_kind="organ", holder=cast.organs["roads"].pk,
            since=timezone.localdate() - datetime.timedelta(days=1),
        )  # fmt: skip
    assert "请选一个" in text(admin.post(PAGE, TYPED))
    admin.post(PAGE, {**TYPED, "seat": "organ_clerk"})
    assert [row.seat.key for row in tokens(cast)] == ["organ_clerk"]


def test_giving_asks_for_the_password_again(cast: Cast, admin: Client) -> None:
    session = admin.session
    session["people.confirmed_at"] = 0
    session.save()
    assert "验证身份" in text(admin.get(PAGE))
    answer = admin.post(PAGE, TYPED)
    assert answer.status_code == 422
    assert "办公系统" in text(answer)
    assert not tokens(cast)


def test_it_is_for_the_administrators_alone(cast: Cast, admin: Client, security: Client) -> None:
    assert security.get(PAGE).status_code == 200
    assert security.post(PAGE, TYPED).status_code == 404
    for who in ("office", "auditor", "chen", "leader"):
        assert sit_down(Client(), cast.seats[who]).get(PAGE).status_code == 404, who
    assert not tokens(cast)
