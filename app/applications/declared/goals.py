"""What shall be reached, and what belongs to the project."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.applications.declaration import IMPLEMENTATION, NEVER, FieldKind, FieldSpec, Section, TableSpec
from app.applications.declared.need import GROUP

_GOAL = FieldSpec(
    key="goal",
    label=lazy_pgettext("ett mål", "Mål"),
    hint=_l("Vad är annorlunda när målet är nått?"),
    example=_l("Sökande får besked snabbare"),
    limit=600,
)
_INDICATOR = FieldSpec(
    key="indicator",
    label=_l("Indikator: det som mäts"),
    kind=FieldKind.LINE,
    wide=True,
    example=_l("Mediantid från ansökan till beslut"),
)
_UNIT = FieldSpec(key="unit", label=_l("Enhet"), kind=FieldKind.LINE, example=_l("dagar"), width=12, limit=40)
_TARGET = FieldSpec(key="target", label=_l("Målvärde"), kind=FieldKind.NUMBER, example="7")

GOALS = Section(
    key="goals",
    slug="mal",
    title=_l("Mål"),
    lead=_l("Effektmål nås efter projektet, av verksamheten. Projektmål nås av projektet."),
    group=GROUP,
    guidance=(
        _l(
            "Ett mål går att följa upp om det har en indikator, ett värde i dag, ett värde att nå och en "
            "dag. Saknar du utgångsvärde: planera att mäta det innan projektet börjar, och skriv det som en "
            "milstolpe."
        ),
        _l(
            "Vi frågar efter vem som följer upp för att det förra programmet slutade följa upp när "
            "tjänsterna lanserades. Ange en roll som finns kvar när projektet är slut. Nyttan kommer sällan "
            "samma dag som tjänsten: välj ett datum minst ett halvår efter lanseringen."
        ),
    ),
    tables=(
        TableSpec(
            key="effect_goals",
            title=_l("Effektmål"),
            row_name=lazy_pgettext("ett mål", "Effektmål"),
            add_label=_l("Lägg till ett effektmål"),
            minimum=_l("Lägg till minst ett effektmål."),
            required=IMPLEMENTATION,
            columns=(
                _GOAL,
                _INDICATOR,
                _UNIT,
                FieldSpec(key="baseline", label=_l("Utgångsvärde"), kind=FieldKind.NUMBER, example="42"),
                _TARGET,
                FieldSpec(key="date", label=_l("Nås senast"), kind=FieldKind.DATE, example="2029-03-31"),
                FieldSpec(
                    key="owner",
                    label=_l("Följs upp av (roll)"),
                    kind=FieldKind.LINE,
                    width=20,
                    example=_l("Enhetschef, tillstånd"),
                ),
            ),
        ),
        TableSpec(
            key="project_goals",
            title=_l("Projektmål"),
            row_name=lazy_pgettext("ett mål", "Projektmål"),
            add_label=_l("Lägg till ett projektmål"),
            minimum=_l("Lägg till minst ett projektmål."),
            columns=(
                FieldSpec(
                    key="goal",
                    label=lazy_pgettext("ett mål", "Mål"),
                    hint=_l("Vad ska projektet lämna över?"),
                    example=_l("E-tjänsten är i drift för alla sökande"),
                    limit=600,
                ),
                FieldSpec(
                    key="indicator",
                    label=_l("Indikator: så ser vi att målet är nått"),
                    kind=FieldKind.LINE,
                    wide=True,
                    example=_l("Andel ärendetyper som kan sökas i tjänsten"),
                ),
                FieldSpec(
                    key="unit", label=_l("Enhet"), kind=FieldKind.LINE, example="%", width=12, limit=40
                ),
                FieldSpec(
                    key="baseline",
                    label=_l("Utgångsvärde"),
                    kind=FieldKind.NUMBER,
                    required=NEVER,
                    example="0",
                ),
                FieldSpec(key="target", label=_l("Målvärde"), kind=FieldKind.NUMBER, example="100"),
                FieldSpec(key="date", label=_l("Nås senast"), kind=FieldKind.DATE, example="2028-06-30"),
                FieldSpec(
                    key="owner",
                    label=_l("Följs upp av (roll)"),
                    kind=FieldKind.LINE,
                    width=20,
                    required=NEVER,
                    example=_l("Projektledaren"),
                ),
            ),
        ),
    ),
)

SCOPE = Section(
    key="scope",
    slug="omfattning",
    title=_l("Omfattning och avgränsning"),
    lead=_l("Vad ingår, vad ingår inte, och vad är projektet beroende av?"),
    group=GROUP,
    guidance=(
        _l(
            "Det som inte ingår är lika viktigt som det som ingår. Skriv det som någon annan skulle kunna "
            "tro att ni gör."
        ),
        _l(
            "Vi frågar efter beroenden för att projekt tidigare har fått avbrytas när en plattform eller ett "
            "annat projekt blev försenat."
        ),
    ),
    fields=(
        FieldSpec(
            key="included",
            label=_l("Det här ingår"),
            example=_l(
                "E-tjänst för nya tillstånd, ändringar och förlängningar. Utbildning av 22 handläggare."
            ),
        ),
        FieldSpec(
            key="excluded",
            label=_l("Det här ingår inte"),
            example=_l("Tillsyn och avgifter. Byte av ärendesystem."),
        ),
        FieldSpec(
            key="dependencies",
            label=_l("Beroenden"),
            hint=_l("Andra projekt, plattformar, beslut och leverantörer. Vad gör ni om de dröjer?"),
            example=_l(
                "Stadens e-tjänstplattform version 4, som väntas i oktober 2027. Dröjer den lanserar vi på "
                "version 3 utan kartstöd."
            ),
            required=IMPLEMENTATION,
        ),
    ),
)

SECTIONS = (GOALS, SCOPE)
