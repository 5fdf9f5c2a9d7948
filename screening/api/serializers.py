"""The shapes of the API. What comes in is checked by `screening.intake` alone: the
`…Input` classes here only describe it in the schema.
"""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from screening import selectors
from screening.intake import FIELDS
from screening.models import (
    Activity,
    EndUse,
    EndUserKind,
    SafeguardKind,
    SafeguardRisk,
    SafeguardStatus,
    Screening,
    Transfer,
    TransferItem,
    Verdict,
)


class ItemInput(serializers.Serializer[Any]):
    """One line of a transfer."""

    item = serializers.CharField(help_text="Code, name, list entry or plain words.")
    description = serializers.CharField(required=False)
    quantity = serializers.IntegerField(required=False, min_value=0)
    parent_item = serializers.CharField(
        required=False, help_text="For parts: the system they belong to."
    )


class SafeguardShape(serializers.Serializer[Any]):
    """A measure put forward against a risk."""

    kind = serializers.ChoiceField(SafeguardKind.choices)
    risk = serializers.ChoiceField(SafeguardRisk.choices)
    status = serializers.ChoiceField(SafeguardStatus.choices)
    since = serializers.DateField(help_text="The day from which it holds.")
    evidence = serializers.CharField(help_text="What shows it.")


class TransferInput(serializers.Serializer[Any]):
    """A transfer as it is proposed. States, forces and items by code or by name."""

    exporter = serializers.CharField(help_text="For example GBR or United Kingdom.")
    recipient = serializers.CharField()
    end_user = serializers.CharField(
        required=False, help_text="Name or key of a force, or any other end user."
    )
    end_user_kind = serializers.ChoiceField(EndUserKind.choices, required=False)
    end_user_state = serializers.CharField(
        required=False, help_text="When it is not the recipient."
    )
    items = ItemInput(many=True)
    end_use = serializers.ChoiceField(EndUse.choices, required=False)
    end_use_place = serializers.CharField(required=False)
    origin = serializers.CharField(
        required=False, help_text="A state whose consent to the transfer is needed."
    )
    brokers = serializers.ListField(child=serializers.CharField(), required=False)
    transit = serializers.ListField(child=serializers.CharField(), required=False)
    activity = serializers.ChoiceField(Activity.choices, required=False)
    approvals = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Keys of embargoes whose approval or notification is documented.",
    )
    safeguards = SafeguardShape(
        many=True,
        required=False,
        help_text="Measures tied to one risk each, dated and shown.",
    )
    force_size = serializers.IntegerField(
        required=False, min_value=0, help_text="Members of the force."
    )
    economic_argument = serializers.CharField(
        required=False, help_text="Recorded as put forward; it weighs nothing."
    )
    on = serializers.DateField(help_text="The day of the proposal.")
    note = serializers.CharField(required=False)


class QuestionInput(TransferInput):
    """A transfer to screen without storing it, as of its day."""

    known_at = serializers.DateField(
        required=False,
        help_text="Use what was known on this day; `on` if not given.",
    )


class ScreeningInput(serializers.Serializer[Any]):
    """The days for another screening of a stored transfer."""

    as_of = serializers.DateField(required=False, help_text="Today if not given.")
    known_at = serializers.DateField(required=False, help_text="`as_of` if not given.")


class ItemOutput(serializers.ModelSerializer[TransferItem]):
    class Meta:
        model = TransferItem
        fields = ("line", "item", "parent_item", "description", "quantity")


@extend_schema_field(serializers.ListField(child=serializers.CharField()))
class Codes(serializers.Field[str, Any, list[str], str]):
    """Codes that are stored joined by "|"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: str) -> list[str]:
        return value.split("|") if value else []


class TransferOutput(serializers.ModelSerializer[Transfer]):
    """A stored transfer with the verdict that stands, null before there is one.

    That is of the screening as of the day of the proposal with the most knowledge, of
    several the newest.
    """

    organisation = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    items = ItemOutput(many=True, read_only=True)
    brokers = Codes()
    transit = Codes()
    approvals = Codes()
    safeguards = SafeguardShape(many=True, read_only=True)
    latest_screening = serializers.IntegerField(read_only=True, allow_null=True)
    latest_verdict = serializers.CharField(read_only=True, allow_null=True)
    latest_is_complete = serializers.BooleanField(read_only=True, allow_null=True)

    class Meta:
        model = Transfer
        fields = (
            "reference",
            "organisation",
            "is_made_up",
            "is_public",
            "exporter",
            "recipient",
            "end_user_state",
            "force",
            "end_user",
            "end_user_kind",
            "items",
            "end_use",
            "end_use_place",
            "origin",
            "brokers",
            "transit",
            "activity",
            "approvals",
            "safeguards",
            "force_size",
            "economic_argument",
            "proposed_on",
            "note",
            "created_at",
            "latest_screening",
            "latest_verdict",
            "latest_is_complete",
        )
        read_only_fields = fields


class ScreeningOutput(serializers.ModelSerializer[Screening]):
    """One screening without its reasons."""

    transfer = serializers.SlugRelatedField[Any](slug_field="reference", read_only=True)
    verdict = serializers.ChoiceField(Verdict.choices, read_only=True)
    lowest = serializers.ChoiceField(Verdict.choices, read_only=True)
    highest = serializers.ChoiceField(Verdict.choices, read_only=True)

    class Meta:
        model = Screening
        fields: ClassVar[tuple[str, ...]] = (
            "id",
            "transfer",
            "run",
            "as_of",
            "known_at",
            "verdict",
            "is_complete",
            "lowest",
            "highest",
            "facts_digest",
            "rulebook_digest",
            "created_at",
        )
        read_only_fields = fields


class ScreeningDetailOutput(ScreeningOutput):
    """One screening with its reasons."""

    explanation = serializers.DictField(read_only=True)
    confirmed = serializers.SerializerMethodField(
        help_text="What people confirmed of it, a sentence each; it counts beside the "
        "verdict, which stays as the rules left it."
    )

    def get_confirmed(self, screening: Screening) -> list[str]:
        return selectors.confirmed(screening)

    class Meta(ScreeningOutput.Meta):
        fields = (*ScreeningOutput.Meta.fields, "explanation", "confirmed")
        read_only_fields = fields


class ExplanationOutput(serializers.Serializer[Any]):
    """A verdict with every reason: see `screening.rules.explain`."""

    format = serializers.IntegerField(help_text="Rises when the shape changes.")
    verdict = serializers.ChoiceField(Verdict.choices)
    verdict_words = serializers.CharField()
    is_complete = serializers.BooleanField(
        help_text="False: a fact that could change the verdict is not known."
    )
    lowest = serializers.ChoiceField(Verdict.choices)
    highest = serializers.ChoiceField(Verdict.choices)
    score = serializers.FloatField(help_text="Ranks inside a verdict; decides none.")
    headline = serializers.CharField()
    needs_confirmation = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.DictField())
    gaps = serializers.ListField(child=serializers.DictField())
    near_misses = serializers.ListField(child=serializers.CharField())
    standings = serializers.ListField(child=serializers.DictField())
    regimes = serializers.ListField(child=serializers.DictField())
    findings = serializers.ListField(child=serializers.DictField())
    parameters = serializers.DictField(
        child=serializers.DictField(),
        help_text="Each dated number of the rulebook that a finding names, once.",
    )
    as_of = serializers.DateField()
    known_at = serializers.DateField()
    facts_digest = serializers.CharField()
    rulebook_digest = serializers.CharField()
    disclaimer = serializers.CharField()


class ProposedOutput(serializers.Serializer[Any]):
    """A transfer that was just stored, with its first screening."""

    transfer = TransferOutput()
    screening = ScreeningDetailOutput()


class StateOutput(serializers.Serializer[Any]):
    """A state or territory."""

    iso3 = serializers.CharField()
    name = serializers.CharField()


class ProblemOutput(serializers.Serializer[Any]):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    # RFC 9457 lets a problem have members of its own; DRF takes it for its property.
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Sentences by field.",
    )


# The schema must not promise another shape than intake reads.
if set(TransferInput().fields) != set(FIELDS):
    missing = set(FIELDS) ^ set(TransferInput().fields)
    msg = f"TransferInput and intake.FIELDS differ in {missing}"
    raise AssertionError(msg)
