"""Suggestions that were handed over before say so on the matter too."""

from django.db import migrations
from openrenda import tables

FILL = """
UPDATE docket_matter SET lead = (
    SELECT organ_id FROM procedures_suggestion s WHERE s.congress_id = docket_matter.congress_id AND s.matter_id = docket_matter.id
) WHERE procedure = 'suggestion'
"""


class Migration(tables.Migration):
    dependencies = [("procedures", "0002_hidden_names"), ("docket", "0003_lead")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
