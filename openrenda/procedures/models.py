"""Django looks for models here; each procedure keeps its own beside its table."""

from .apps import declared

for _module in declared():
    for _name in getattr(_module, "RECORDS", ()):
        globals()[_name.__name__] = _name
