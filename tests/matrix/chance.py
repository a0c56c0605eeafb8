"""The system's chance for a walk that can be walked again: ids in the order in which they were made, everything else from a seed."""

from __future__ import annotations

from random import Random

BYTES_OF_AN_ID = 10


class Drawn:
    """Stands in the place of ``os.urandom``. An id of ours (``tenancy.uuid7``) asks for ten bytes: they are counted, so that of two
    ids of one moment the later one is greater, whatever the seed."""

    def __init__(self, seed: int) -> None:
        self.chance, self.made = Random(seed), 0

    def __call__(self, count: int) -> bytes:
        """So many bytes."""
        if count != BYTES_OF_AN_ID:
            return self.chance.randbytes(count)
        self.made += 1
        return self.made.to_bytes(count, "big")
