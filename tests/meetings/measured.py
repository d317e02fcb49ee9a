"""What comes out of a measurement against phrases that a person has judged."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Counts: found and so, found and not so, so and not found."""

    right: int
    wrong: int
    missed: int

    @property
    def row(self) -> str:
        """The figures as the docs' table gives them."""
        figures = (self.precision, self.recall, self.right, self.wrong, self.missed)
        return " | ".join(str(figure) for figure in figures)

    @property
    def precision(self) -> str:
        return f"{100 * self.right / (self.right + self.wrong):.1f} %"

    @property
    def recall(self) -> str:
        return f"{100 * self.right / (self.right + self.missed):.1f} %"
