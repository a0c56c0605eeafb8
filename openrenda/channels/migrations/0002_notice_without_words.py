"""A notice keeps no words: what its entry says is said in the reader's language when it is read."""

from django.db import migrations
from openrenda import tables


class Migration(tables.Migration):
    dependencies = [("channels", "0001_initial")]

    operations = [migrations.RemoveField("notice", "sentence")]
