"""What a run of the loader did."""

from dataclasses import dataclass, field

ORIGINE = "charger_convention"


@dataclass
class Bilan:
    """What a run did. `conserves`: French sentences on what was left as people had changed it."""

    crees: int = 0
    modifies: int = 0
    conserves: list[str] = field(default_factory=list)

    @property
    def rien(self) -> bool:
        return not self.crees and not self.modifies
