"""What it costs, who pays, who gains, and who takes over."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.applications.declaration import (
    IMPLEMENTATION,
    NEVER,
    FieldKind,
    FieldSpec,
    Section,
    TableSpec,
)

GROUP = _l("Pengar och ansvar")

CALCULATION = Section(
    key="calculation",
    slug="kostnader-och-nytta",
    title=_l("Kostnader och nytta"),
    lead=_l("Nyttokalkylen: varje kostnad och varje nytta för sig, med källa."),
    group=GROUP,
    holds="calculation",
    guidance=(
        _l(
            "Ta med alla kostnader, också egna timmar och drift efter projektet. Ange för varje nytta hur "
            "den ska tas hem och vem som ansvarar för det. Räkna hellre lågt och säkert än högt."
        ),
        _l(
            "Vi frågar så noga för att nyttan i det förra programmet räknades för högt för att vinna pengar, "
            "och för att ingen visste hur den skulle tas hem. Din kalkyl jämförs senare med det som blev."
        ),
    ),
)

OPERATION = Section(
    key="operation",
    slug="driftsplan",
    title=_l("Driftsplan"),
    lead=_l("Vem äger tjänsten när projektet är slut, och vem betalar?"),
    group=GROUP,
    kinds=IMPLEMENTATION,
    guidance=(
        _l(
            "Tala med den som ska ta över redan nu. Skriv vem som äger tjänsten, vad drift och förvaltning "
            "kostar varje år och till vilken dag pengarna räcker."
        ),
        _l(
            "Drift och förvaltning glömdes bort i det förra programmet: tjänster stod utan ägare och utan "
            "budget. Därför kan en ansökan om genomförande inte skickas in utan en ägare och en finansiering."
        ),
    ),
    fields=(
        FieldSpec(
            key="owner",
            label=_l("Planerad ägare av tjänsten"),
            kind=FieldKind.LINE,
            hint=_l("En roll med budget, inte ett namn."),
            example=_l("Avdelningschef, tillstånd"),
        ),
        FieldSpec(
            key="owner_department",
            label=_l("Ägarens förvaltning"),
            kind=FieldKind.DEPARTMENT,
        ),
        FieldSpec(
            key="maintenance",
            label=_l("Så förvaltas tjänsten"),
            hint=_l("Vem rättar fel, vem beslutar om ändringar, vilken tid ska tjänsten vara öppen?"),
            example=_l(
                "Förvaltningsledaren för e-tjänster beslutar om ändringar varje kvartal. Leverantören rättar "
                "fel inom två arbetsdagar. Tjänsten är öppen dygnet runt."
            ),
            limit=4000,
        ),
        FieldSpec(
            key="yearly_cost",
            label=_l("Kostnad per år"),
            kind=FieldKind.MONEY,
            hint=_l("Drift och förvaltning efter projektet, i dagens priser."),
            example="310 000",
        ),
        FieldSpec(
            key="payer",
            label=_l("Vem betalar?"),
            kind=FieldKind.LINE,
            hint=_l("Förvaltning och vilken budget."),
            example=_l("Miljöförvaltningen, tillståndsenhetens ordinarie budget"),
        ),
        FieldSpec(
            key="financed_until",
            label=_l("Finansierad till och med"),
            kind=FieldKind.DATE,
            hint=_l("Sista dag som pengarna är lovade."),
            example="2031-12-31",
        ),
        FieldSpec(
            key="supplier",
            label=_l("Leverantör"),
            kind=FieldKind.LINE,
            hint=_l("Eller stadens egen plattform."),
            example=_l("Stadens e-tjänstplattform"),
        ),
        FieldSpec(
            key="contract_end",
            label=_l("Avtalet går ut"),
            kind=FieldKind.DATE,
            hint=_l("Om det finns ett avtal."),
            example="2030-06-30",
            required=NEVER,
        ),
    ),
)

DEPARTMENTS = Section(
    key="departments",
    slug="medverkande",
    title=_l("Medverkande förvaltningar och fördelning"),
    lead=_l("Vem bär kostnaden, och vem får nyttan?"),
    group=GROUP,
    guidance=(
        _l(
            "Ta med den ansvariga förvaltningen och alla som medverkar. Kostnadsandelarna ska bli 100 "
            "procent tillsammans, och nyttoandelarna likaså."
        ),
        _l(
            "Vi ställer andelarna bredvid varandra för att kostnad och nytta tidigare har hamnat på olika "
            "förvaltningar utan att någon såg det. Är de olika: skriv vad ni har kommit överens om."
        ),
    ),
    fields=(
        FieldSpec(
            key="agreement",
            label=_l("Vad har ni kommit överens om?"),
            hint=_l("Särskilt om någon betalar mer än sin andel av nyttan."),
            example=_l(
                "Miljöförvaltningen betalar utvecklingen. Kulturförvaltningen betalar sin del av driften "
                "från 2029. Båda cheferna har godkänt fördelningen."
            ),
            limit=4000,
            required=NEVER,
        ),
    ),
    tables=(
        TableSpec(
            key="shares",
            title=_l("Fördelning"),
            row_name=_l("Förvaltning"),
            add_label=_l("Lägg till en förvaltning"),
            minimum=_l("Lägg till minst den ansvariga förvaltningen."),
            layout="table",
            columns=(
                FieldSpec(key="department", label=_l("Förvaltning"), kind=FieldKind.DEPARTMENT),
                FieldSpec(
                    key="cost_share",
                    label=_l("Andel av kostnaden"),
                    kind=FieldKind.PERCENT,
                    example="80",
                    width=8,
                ),
                FieldSpec(
                    key="benefit_share",
                    label=_l("Andel av nyttan"),
                    kind=FieldKind.PERCENT,
                    asked=IMPLEMENTATION,
                    required=IMPLEMENTATION,
                    example="60",
                    width=8,
                ),
            ),
        ),
    ),
)

SECTIONS = (CALCULATION, OPERATION, DEPARTMENTS)
