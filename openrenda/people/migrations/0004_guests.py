import django.db.models.deletion
import django.db.models.manager
import openrenda.tenancy
from django.db import migrations, models
from openrenda import tables


class Migration(tables.Migration):
    dependencies = [
        ("people", "0003_posts"),
    ]

    operations = [
        migrations.AlterModelManagers(
            name="mandate",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everyone", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelOptions(
            name="mandate",
            options={"base_manager_name": "everyone", "verbose_name": "代表任职"},
        ),
        migrations.RemoveConstraint(
            model_name="mandate",
            name="people_mandate_exit_has_basis",
        ),
        migrations.AddField(
            model_name="mandate",
            name="elsewhere",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.congress",
                verbose_name="本系统中的所在人大",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="level",
            field=models.SlugField(blank=True, db_index=False, max_length=20, verbose_name="其他层级代表的层级"),
        ),
        migrations.AddField(
            model_name="mandate",
            name="of_congress",
            field=models.CharField(blank=True, max_length=100, verbose_name="其他层级代表所在人大"),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="term",
            field=openrenda.tenancy.TenantFK(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mandates",
                to="people.term",
                verbose_name="届",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_reason__in", ["", "term_ended", "guest_left"]),
                    models.Q(("end_basis", ""), _negated=True),
                    _connector="OR",
                ),
                name="people_mandate_exit_has_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("elsewhere__isnull", True), ("level", ""), ("of_congress", ""), ("term__isnull", False)),
                    models.Q(
                        models.Q(("level", ""), _negated=True),
                        models.Q(("of_congress", ""), _negated=True),
                        ("card_number", ""),
                        ("delegation__isnull", True),
                        ("district__isnull", True),
                        ("term__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="people_mandate_own_or_guest",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("level", ""), _negated=True),
                fields=("congress", "person", "of_congress", "since"),
                name="people_mandate_guest_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("level", ""), _negated=True), ("until__isnull", True)),
                fields=("congress", "person", "of_congress"),
                name="people_mandate_guest_open_once",
            ),
        ),
    ]
