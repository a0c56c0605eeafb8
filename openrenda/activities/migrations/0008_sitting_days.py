"""A sitting may last several days. One that is under way took sign-ins on its day, and whoever was absent missed that day."""

from django.db import migrations, models


def what_was_one_day(apps, schema_editor):
    """Every sitting so far is of one day."""
    Activity, Sitting, Attendance = (apps.get_model("activities", name) for name in ("Activity", "Sitting", "Attendance"))
    days = Activity.objects.filter(congress=models.OuterRef("congress"), matter=models.OuterRef("matter")).values("held_on")
    under_way = Sitting.objects.filter(matter__state__in=("arriving", "open", "recess"))
    under_way.update(signs_on=models.Subquery(days))
    Attendance.objects.filter(matter__state="absent").update(missed=1)


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0007_committee_tasks'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='ends_on',
            field=models.DateField(null=True, verbose_name='结束日期'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='leave_on',
            field=models.DateField(null=True, verbose_name='请假的日期'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='missed',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='未请假缺席天数'),
        ),
        migrations.AddField(
            model_name='sitting',
            name='signs_on',
            field=models.DateField(null=True, verbose_name='签到日期'),
        ),
        migrations.RunPython(what_was_one_day, migrations.RunPython.noop),
    ]
