"""The API itself: who may come in, how faults are answered, and which addresses there are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from . import procedures, steps
from .answers import refusal
from .tokens import Bearer, bearer_of

DESCRIPTION = """程序、事项、步骤和历史，与页面用同样的声明、经同一道门。令牌代表一个席位：看得见的、办得了的与这个席位相同。

Procedures, matters, steps and histories, by the same declarations and through the same door as the pages. A token stands for a seat."""


class Token(HttpBearer):
    """``Authorization: Bearer …``: the token of a system."""

    openapi_name = "token"

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        """Whoever the token stands for now."""
        return bearer_of(token)


api = NinjaAPI(
    title="OpenRenda",
    version="1",
    description=DESCRIPTION,
    auth=Token(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)
# Steps stand on the addresses of the matters they are taken on.
for router in (procedures.router, steps.router):
    api.add_router("", router)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    """No token, or one that is no longer good."""
    answer = refusal(401, _("没有令牌，或者令牌已经失效。"))
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """What was sent has not the declared shape; said by field."""
    fields: dict[str, list[str]] = {}
    for error in problem.errors:
        place = ".".join(str(part) for part in error.get("loc", ())[1:]) or "body"
        fields.setdefault(place, []).append(str(error.get("msg", "")))
    return refusal(422, _("请求的格式不对，没有办理。"), fields=fields)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, problem: HttpError) -> HttpResponse:
    """What the framework refuses: a body that is no JSON, above all."""
    sentence = _("请求的内容不是 JSON，没有办理。") if problem.status_code == 400 else str(problem)
    return refusal(problem.status_code, sentence)
