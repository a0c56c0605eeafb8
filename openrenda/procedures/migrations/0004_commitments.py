"""A promise becomes a matter of its own. Every row that was written down stays the same row; it gets a matter, a number, the
people of its suggestion, an act that says where it came from, and a clock that counts to the day it was promised for."""

import datetime

from django.db import migrations, models
from django.utils import timezone

import openrenda.tenancy
from openrenda.docket import ledger
from openrenda import tables

CLOCKED, OPENED = "bring_over", "bring_over_kept"
ROLES = ("handler", "sponsor", "cosigner", "street")


def give_each_a_matter(apps, schema_editor):
    """In the order in which they were promised, so that numbers follow the days."""
    Commitment = apps.get_model("procedures", "Commitment")
    rows = Commitment.objects.select_related("suggestion").order_by("promised_on", "id")
    for row in rows.iterator():
        _bring_over(apps, row)


def _bring_over(apps, row):
    Matter, Suggestion = apps.get_model("docket", "Matter"), apps.get_model("procedures", "Suggestion")
    origin, state = row.suggestion, "reported" if row.kept_on else "open"
    series = f"commitment:{row.promised_on.year}"
    count = _next(apps.get_model("docket", "Series"), row.congress_id, series)
    matter = Matter(
        congress_id=row.congress_id, procedure="commitment", state=state, title=row.what, opened_on=row.promised_on,
        state_since=row.kept_on or row.promised_on, due_on=None if row.kept_on else row.due_on, version=1,
        parent_id=origin.pk, lead=row.organ_id, confidential=origin.confidential, series=series, number=f"承诺〔{row.promised_on.year}〕{count}号",
    )
    act = _act(apps, row, matter, state)
    matter.head = act.hash
    matter.save(force_insert=True)
    act.save(force_insert=True)
    _people(apps, row, matter)
    _clock(apps, row, matter, act)
    record = Suggestion.objects.filter(congress_id=row.congress_id, matter_id=origin.pk).first()
    row.matter_id, row.first_due_on, row.reported_on = matter.pk, row.due_on, row.kept_on
    row.street_id = record.street_id if record else None
    row.save(update_fields=["matter", "first_due_on", "reported_on", "street"])


def _next(Series, congress_id, key):
    counter, _made = Series.objects.get_or_create(congress_id=congress_id, key=key)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _act(apps, row, matter, state):
    Act = apps.get_model("docket", "Act")
    signed = Act.objects.filter(matter_id=row.suggestion_id, step__in=["sign_reply", "sign_second_reply"]).order_by("seq").last()
    told = {"what": row.what, "who": row.who, "due_on": row.due_on.isoformat(), "round": row.round,
            "promised_on": row.promised_on.isoformat(), "kept_on": row.kept_on and row.kept_on.isoformat()}
    act = Act(
        congress_id=row.congress_id, matter=matter, seq=1, procedure="commitment", step=OPENED if row.kept_on else CLOCKED,
        from_state="", to_state=state, took_effect=_moment(row.promised_on), recorded_at=timezone.now(), actor_name="历史数据导入",
        seat="history", office="history", basis="SUG-14", rulebook=signed.rulebook if signed else "",
        data={name: value for name, value in told.items() if value},
    )
    ledger.seal(act, "")
    return act


def _people(apps, row, matter):
    Party = apps.get_model("docket", "Party")
    standing = Party.objects.filter(congress_id=row.congress_id, matter_id=row.suggestion_id, role__in=ROLES, until=None)
    for party in standing.order_by("role", "position", "since"):
        roles = (party.role, "speaker") if party.role == "sponsor" else (party.role,)
        for role in roles:
            Party.objects.create(
                congress_id=row.congress_id, matter=matter, role=role, holder=party.holder, name=party.name,
                position=party.position, since=_moment(row.promised_on),
            )


def _clock(apps, row, matter, act):
    apps.get_model("docket", "RunningClock").objects.create(
        congress_id=row.congress_id, matter=matter, procedure="commitment", key="due", rule="SUG-14.promised", rulebook=act.rulebook,
        limit="none", whose="handler", started_on=row.promised_on, due_on=max(row.due_on, row.promised_on),
        stopped_on=row.kept_on and max(row.kept_on, row.promised_on),
    )


def _moment(day):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


class Migration(tables.Migration):

    # The rows are moved first and bound afterwards, which PostgreSQL does not do in one transaction.
    atomic = False

    dependencies = [
        ('docket', '0003_lead'),
        ('people', '__first__'),
        ('procedures', '0003_lead'),
    ]

    operations = [
        migrations.RemoveIndex('commitment', 'commitment_matter'),
        migrations.RemoveIndex('commitment', 'commitment_due'),
        migrations.RenameField('commitment', 'matter', 'suggestion'),
        migrations.RenameField('commitment', 'done_on', 'kept_on'),
        migrations.AlterField('commitment', 'suggestion', openrenda.tenancy.TenantFK(db_index=False, null=True, on_delete=models.CASCADE, related_name='commitments', to='docket.matter', verbose_name='建议')),
        migrations.AddField('commitment', 'matter', openrenda.tenancy.TenantFK(db_index=False, null=True, on_delete=models.CASCADE, related_name='commitment', to='docket.matter')),
        migrations.AddField('commitment', 'first_due_on', models.DateField(null=True, verbose_name='最初承诺的期限')),
        migrations.AddField('commitment', 'postponed', models.PositiveSmallIntegerField(default=0, verbose_name='延期次数')),
        migrations.AddField('commitment', 'level', models.CharField(default='district', max_length=20, verbose_name='台账级别')),
        migrations.AddField('commitment', 'street', openrenda.tenancy.TenantFK(db_index=False, null=True, on_delete=models.PROTECT, related_name='+', to='people.organ', verbose_name='代表所在街道')),
        migrations.AddField('commitment', 'keeper', openrenda.tenancy.TenantFK(db_index=False, null=True, on_delete=models.PROTECT, related_name='+', to='people.organ', verbose_name='管理台账的街道')),
        migrations.AddField('commitment', 'given_by', models.CharField(blank=True, default='', max_length=200, verbose_name='由谁转来'), preserve_default=False),
        migrations.AddField('commitment', 'given_on', models.DateField(null=True, verbose_name='转来日期')),
        migrations.AddField('commitment', 'reported_on', models.DateField(null=True, verbose_name='报告落实日期')),
        migrations.AddField('commitment', 'confirmed_on', models.DateField(null=True, verbose_name='确认落实日期')),
        migrations.AddField('commitment', 'inspected', models.BooleanField(default=False, verbose_name='经核查确认')),
        migrations.AddField('commitment', 'grade', models.CharField(blank=True, default='', max_length=20, verbose_name='对落实的评价'), preserve_default=False),
        migrations.AddField('commitment', 'reopened', models.PositiveSmallIntegerField(default=0, verbose_name='重新列入次数')),
        migrations.RunPython(give_each_a_matter, migrations.RunPython.noop, atomic=True),
        migrations.AlterField('commitment', 'matter', openrenda.tenancy.TenantFK(db_index=False, on_delete=models.CASCADE, related_name='commitment', to='docket.matter')),
        migrations.AlterField('commitment', 'first_due_on', models.DateField(verbose_name='最初承诺的期限')),
        migrations.AlterField('commitment', 'organ', openrenda.tenancy.TenantFK(db_index=False, null=True, on_delete=models.PROTECT, related_name='+', to='people.organ', verbose_name='承办单位')),
        migrations.AddIndex('commitment', models.Index(fields=['congress', 'suggestion'], name='commitment_suggestion')),
        migrations.AddIndex('commitment', models.Index(condition=models.Q(('confirmed_on', None)), fields=['congress', 'due_on'], name='commitment_due')),
        migrations.AddIndex('commitment', models.Index(fields=['congress', 'promised_on'], name='commitment_promised')),
        migrations.AddConstraint('commitment', models.UniqueConstraint(fields=('congress', 'matter'), name='commitment_matter_once')),
        migrations.AddConstraint('commitment', models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('first_due_on'))), name='commitment_only_later')),
        migrations.AddConstraint('commitment', models.CheckConstraint(condition=models.Q(models.Q(('keeper__isnull', False), ('level', 'street')), models.Q(('keeper__isnull', True), ('level', 'district')), _connector='OR'), name='commitment_one_keeper')),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.UUIDField(default=openrenda.tenancy.uuid7, editable=False, primary_key=True, serialize=False)),
                ('about', models.CharField(max_length=20, verbose_name='评价什么')),
                ('kept', models.BooleanField(null=True, verbose_name='认为已经落实')),
                ('deputy', models.UUIDField(verbose_name='代表')),
                ('deputy_name', models.CharField(max_length=100, verbose_name='代表姓名')),
                ('grade', models.CharField(max_length=20, verbose_name='评价')),
                ('reasons', models.TextField(blank=True, verbose_name='意见')),
                ('judged_on', models.DateField(verbose_name='评价日期')),
                ('congress', models.ForeignKey(db_index=False, default=openrenda.tenancy.current_congress_id, editable=False, on_delete=models.PROTECT, related_name='+', to='people.congress', verbose_name='人大')),
                ('matter', openrenda.tenancy.TenantFK(db_index=False, on_delete=models.CASCADE, related_name='verdicts', to='docket.matter')),
            ],
            options={'base_manager_name': 'objects'},
        ),
        migrations.AddIndex('verdict', models.Index(fields=['congress', 'matter'], name='verdict_matter')),
    ]
