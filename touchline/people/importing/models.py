"""What is kept of bringing a file in: the import, what it did to whom, its columns, pictures."""

from typing import Any

from django.db import models

from touchline.core.paths import path_to
from touchline.core.scoping import Scoped


class ImportState(models.TextChoices):
    READING = "reading", "Being looked at"
    NEEDS_MAPPING = "needs_mapping", "Columns unknown"
    PREVIEWED = "previewed", "Previewed"
    REFUSED = "refused", "Refused"
    FAILED = "failed", "Not looked at"
    APPLYING = "applying", "Being brought in"
    STOPPING = "stopping", "Being stopped"
    STOPPED = "stopped", "Stopped half-way"
    APPLIED = "applied", "Brought in"
    UNDOING = "undoing", "Being undone"
    HALF_UNDONE = "half_undone", "Undone half-way"
    UNDONE = "undone", "Undone"


# A job is at it, or about to be.
WORKING = (
    ImportState.READING,
    ImportState.APPLYING,
    ImportState.STOPPING,
    ImportState.UNDOING,
)


class Import(Scoped):
    """A contact file on its way in: the file itself only for as long as it is needed."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    format = models.CharField(max_length=20, blank=True)
    content = models.BinaryField(null=True)
    # Of a table nobody knows, which column is what, as *importing.columns* stores it.
    mapping = models.JSONField(null=True)
    # Which rows speak of whom, found once when bringing in begins, so that a job that is
    # begun again goes on where it was: *importing.planning*.
    plan = models.BinaryField(null=True)
    state = models.CharField(
        max_length=13, choices=ImportState.choices, default=ImportState.READING
    )
    # How far the step under way is, in people; a total of 0 is not known yet.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # How many new, changed, unchanged, with a problem: of the preview, then of what was done.
    counts = models.JSONField(default=dict)
    # What the page shows of them; emptied a month later, for there are names in it.
    report = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    job_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The last sign of life of a step, and the end of bringing in, whole or half.
    progress_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return path_to("people:import", self.pk)

    @property
    def is_working(self) -> bool:
        """Whether a job is at it, or about to be."""
        return self.state in WORKING


class Touched(Scoped):
    """What one import did to one person: enough to take it back.

    ``what`` of somebody changed: ``fields`` as {name: [before, after]} (a company by its key),
    ``points`` as [kind, normal, value, label], ``extra`` pairs, ``tags``, ``keys`` and
    ``photo`` that were added. Of everybody: ``company_made`` and ``tags_made``, the keys of
    rows that had to be made for them.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="touched")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    made = models.BooleanField()
    # A fingerprint of somebody made, as the import left them: *importing.undoing*.
    left = models.CharField(max_length=64, blank=True)
    what = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "touched"

    def __str__(self) -> str:
        return f"{self.of_id}: {self.person_id}"


class ColumnMapping(Scoped):
    """Which column of a table is what, remembered by its headings for the next such file."""

    headings = models.CharField(max_length=64)
    mapping: Any = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "headings"], name="mapping_once"),
        ]

    def __str__(self) -> str:
        return self.headings


class Photo(Scoped):
    """A person's picture: small, square, and our own encoding of it, without what it carried."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="photo")
    content = models.BinaryField()
    # SHA-256 of the picture it was made from: what tells that a file brings the same again.
    source = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.person_id}"
