"""What a programme forgets, each warning naming the two things that clash and offering a way out.

`find` is pure over the board that was loaded. A warning's `key` says what
it is about, its `fact` the figures: explained, it stays quiet until the figures change.
"""

from delegations.warnings.definition import Fix, Warning
from delegations.warnings.finding import find
from delegations.warnings.ways import hops

__all__ = ["Fix", "Warning", "find", "hops"]
