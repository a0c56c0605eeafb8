"""Django looks for models here: those that every kind shares, and a kind's own."""

from .record import RECORDS

for _model in RECORDS:
    globals()[_model.__name__] = _model
