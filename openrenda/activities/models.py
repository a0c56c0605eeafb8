"""Django looks for models here: those that every kind shares, and a kind's own."""

from openrenda.procedures.apps import declared

from . import hall, joint, record

for _model in (*record.RECORDS, *hall.RECORDS, *joint.RECORDS):
    globals()[_model.__name__] = _model
for _module in declared("openrenda.activities"):
    for _model in getattr(_module, "RECORDS", ()):
        globals()[_model.__name__] = _model
