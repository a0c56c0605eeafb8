"""The demo's password, and the sign-ins that show most."""

from __future__ import annotations

PASSWORD = "Jianglan-Demo-1"
USEFUL = (
    ("office", "代工委"),
    ("deputy01", "代表"),
    ("city-deputy11", "在区里参加活动的市代表"),
    ("street01", "街道"),
    ("organ12-clerk", "经办"),
    ("organ12-head", "分管"),
    ("organ12-chief", "主要负责人"),
    ("government", "督查室"),
    ("leader", "领导"),
    ("admin-system、admin-security、admin-audit", "三员"),
    ("enterprise01", "企业"),
    ("station01", "联络站"),
    ("grid01", "网格长"),
)
SIGN_INS_LINE = "登录名 " + " · ".join(f"{login} {who}" for login, who in USEFUL) + f"　密码 {PASSWORD}"
