"""Answers: plain JSON made from rows at hand, and refusals with sentences."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openrenda.docket.refusals import Incomplete, NotFresh, NotVisible, Overtaken, Refused
from openrenda.tenancy import congress_scope

from .models import ACT, READ
from .tokens import Bearer

JSON = "application/json; charset=utf-8"
View = Callable[..., HttpResponseBase]
NOT_THERE = gettext_lazy("没有这件事项，或者这个席位不能查看。")


class Request(HttpRequest):
    """A request that came with a valid token."""

    auth: Bearer


def answer(content: Any, status: int = 200) -> HttpResponse:
    """A JSON answer, kept by nobody on the way."""
    return HttpResponse(
        encoded(content), status=status, content_type=JSON, headers={"Cache-Control": "private, no-store"}
    )


def encoded(content: Any) -> bytes:
    """JSON without spaces, Chinese as it is; ids, days and moments in their usual words (RFC 9562, RFC 3339)."""
    return msgspec.json.encode(content, enc_hook=str)


def refusal(status: int, detail: str, **more: Any) -> HttpResponse:
    """A refusal with a sentence."""
    return answer({"detail": detail, **more}, status)


def with_scope(scope: str) -> Callable[[View], View]:
    """Only for tokens with the scope; what the docket refuses becomes the answer that says so."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if scope not in request.auth.scopes:
                return refusal(403, _("这个令牌没有“%(scope)s”权限。") % {"scope": scope})
            with congress_scope(request.auth.congress):
                return refusals(view, request, *args, **kwargs)

        return guarded

    return guard


reading, acting = with_scope(READ), with_scope(ACT)


def refusals(view: View, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The view's answer, or the docket's refusal as one: 404, 409, 403 or 422."""
    try:
        return view(*args, **kwargs)
    except NotVisible:
        return refusal(404, str(NOT_THERE))
    except Overtaken as overtaken:
        matter = overtaken.matter
        return refusal(409, _("这件事项已有新的进展，请按最新版本再提交。"), version=matter.version, state=matter.state)
    except NotFresh:
        return refusal(403, _("这一步须由本人验证身份后办理，不能用令牌代替。"))
    except Refused as refused:
        return refusal(422, _("；").join(refused.reasons), reasons=refused.reasons)
    except Incomplete as incomplete:
        fields = {name: list(map(str, said)) for name, said in incomplete.form.errors.items()}
        return refusal(422, _("填写的内容不完整或者有误，没有办理。"), fields=fields)
