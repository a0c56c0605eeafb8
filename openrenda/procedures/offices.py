"""The offices that several procedures share: who, by seat or by relation to the matter."""

from openrenda.docket.language import Office

ORGAN_SEATS = ("organ_office", "organ_clerk", "organ_head", "organ_chief")

DEPUTIES = Office("deputies", "代表", "deputies", seats=("deputy",))
# A deputy of another level takes part in activities and in what residents say (A01): offices for these name both seats, others only hers.
RECEIVING_SEATS = ("deputy", "guest_deputy")
GUEST_DEPUTIES = Office("guest_deputies", "其他层级人大代表", "deputies of other levels", seats=("guest_deputy",))
DELEGATION_HEADS = Office("delegation_heads", "代表团", "heads of delegations", seats=("delegation_head",))
SPONSOR = Office("sponsor", "领衔代表", "the lead deputy", seats=("deputy", "delegation_head"), relation=("sponsor",))
INVITED = Office("invited", "受邀联名代表", "invited co-signers", seats=("deputy",), relation=("invited",))
COSIGNER = Office("cosigner", "联名代表", "co-signers", seats=("deputy",), relation=("cosigner",))
CONSULTED = Office("consulted", "征询单位", "the organ consulted", seats=ORGAN_SEATS, relation=("consulted",))
ONCE_CONSULTED = Office(
    "once_consulted", "答复过征询的单位", "organs that answered", seats=ORGAN_SEATS, relation=("once_consulted",)
)
STREET_REVIEWER = Office(
    "street_reviewer", "街道人大工委", "the subdistrict", seats=("street_reviewer",), relation=("street",)
)
DEPUTY_OFFICE = Office("deputy_office", "代表工作机构", "the deputies' office", seats=("deputy_office",))
GOVERNMENT_OFFICE = Office(
    "government_office", "政府督查室", "the government's supervision office", seats=("government_office",)
)
HANDLER = Office("handler", "承办单位", "the handling organ", seats=ORGAN_SEATS, relation=("handler",))
HANDLER_OFFICE = Office(
    "handler_office", "承办单位办公室", "the handling organ's office", seats=("organ_office", "organ_head", "organ_chief"),
    relation=("handler",),
)  # fmt: skip
HANDLER_HEAD = Office(
    "handler_head",
    "承办单位负责人",
    "the head of the handling organ",
    seats=("organ_head", "organ_chief"),
    relation=("handler",),
)
HANDLER_CHIEF = Office(
    "handler_chief",
    "承办单位主要负责人",
    "the chief of the handling organ",
    seats=("organ_chief",),
    relation=("handler",),
)
LEAD_HANDLER = Office("lead_handler", "主办单位", "the lead handling organ", seats=ORGAN_SEATS, relation=("lead",))
ATTITUDE_SUPERVISOR = Office(
    "attitude_supervisor", "承办单位的上级", "the organ's supervisor",
    seats=("organ_head", "organ_chief", "government_office", "leader"), relation=("attitude_supervisor",),
)  # fmt: skip
ASKED_TO_CONFIRM = Office(
    "asked_to_confirm", "待确认联系的代表", "the deputy to confirm a contact", seats=("deputy", "delegation_head"),
    relation=("asked_to_confirm",),
)  # fmt: skip
ASKED_TO_JUDGE = Office(
    "asked_to_judge", "待评价的联名代表", "co-signers asked to judge", seats=("deputy",), relation=("asked_to_judge",)
)
LEADING = Office("leading", "领衔领导", "the leading member", seats=("leader",), relation=("leading",))
COMMITTEE = Office("committee", "对口专工委", "the committee of the field", seats=("leader",), relation=("committee",))
LEADERS = Office("leaders", "人大领导", "leaders", seats=("leader",))
AUDITORS = Office("auditors", "审计管理员", "the audit administrator", seats=("audit_admin",))
STATION_CLERKS = Office("station_clerks", "联络站工作人员", "clerks of stations", seats=("station_clerk",))
STREET_REVIEWERS = Office("street_reviewers", "街道人大工委", "subdistricts", seats=("street_reviewer",))
ENTERPRISES = Office("enterprises", "企业", "enterprises", seats=("enterprise",))
