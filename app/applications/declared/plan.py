"""How the work is done: milestones, people, procurement and communication."""

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

GROUP = _l("Genomförande")

MILESTONES = Section(
    key="milestones",
    slug="milstolpar",
    title=_l("Milstolpar"),
    lead=_l("De dagar då det syns om projektet går som det ska."),
    group=GROUP,
    guidance=(
        _l(
            "En milstolpe är något som är klart, inte något som pågår. Fem till åtta räcker. Ta med "
            "mätningen av utgångsvärden, överlämningen till drift och första uppföljningen."
        ),
        _l(
            "Vi frågar för att tidplaner ofta har räknat med att allt går fort. Lägg in tid för upphandling, "
            "informationsklassning och utbildning."
        ),
    ),
    tables=(
        TableSpec(
            key="milestones",
            title=_l("Milstolpar"),
            row_name=_l("Milstolpe"),
            add_label=_l("Lägg till en milstolpe"),
            minimum=_l("Lägg till minst en milstolpe."),
            layout="table",
            columns=(
                FieldSpec(
                    key="milestone",
                    label=_l("Det här är klart"),
                    kind=FieldKind.LINE,
                    example=_l("Första ansökan är mottagen"),
                ),
                FieldSpec(key="date", label=_l("Senast"), kind=FieldKind.DATE, example="2028-03-01"),
                FieldSpec(
                    key="responsible",
                    label=_l("Ansvarig roll"),
                    kind=FieldKind.LINE,
                    required=NEVER,
                    example=_l("Projektledaren"),
                ),
            ),
        ),
    ),
)

ORGANISATION = Section(
    key="organisation",
    slug="organisation",
    title=_l("Organisation"),
    lead=_l("Vilka roller behövs, varifrån kommer de och hur mycket av sin tid har de?"),
    group=GROUP,
    guidance=(
        _l(
            "Skriv roller, inte namn. Räkna ärligt: en projektledare på 20 procent räcker sällan. Stäm av "
            "med chefen för varje roll innan du skriver andelen."
        ),
        _l(
            "Vi frågar efter förvaltning för att tjänster över flera förvaltningar tidigare har saknat "
            "ägare. Varje förvaltning som lämnar tid ska känna till det."
        ),
    ),
    fields=(
        FieldSpec(
            key="steering",
            label=_l("Styrgrupp och beslutsvägar"),
            hint=_l("Vem beslutar om ändringar, och hur ofta möts ni?"),
            example=_l(
                "Styrgruppen består av verksamhetschefen (ordförande), it-chefen och controllern. Den möts "
                "varannan månad och beslutar om ändringar över 100 000 kronor."
            ),
            limit=4000,
        ),
    ),
    tables=(
        TableSpec(
            key="roles",
            title=_l("Roller"),
            row_name=_l("Roll"),
            add_label=_l("Lägg till en roll"),
            minimum=_l("Lägg till minst en roll."),
            layout="table",
            columns=(
                FieldSpec(key="role", label=_l("Roll"), kind=FieldKind.LINE, example=_l("Projektledare")),
                FieldSpec(key="department", label=_l("Förvaltning"), kind=FieldKind.DEPARTMENT),
                FieldSpec(
                    key="share",
                    label=_l("Andel av tiden"),
                    kind=FieldKind.PERCENT,
                    example="60",
                    width=8,
                ),
            ),
        ),
    ),
)

_ROUTES = (
    ("none", _l("Ingen upphandling behövs")),
    ("own", _l("Egen utveckling på stadens plattform")),
    ("framework", _l("Avrop på ramavtal")),
    ("existing", _l("Tillägg till befintligt avtal")),
    ("direct", _l("Direktupphandling")),
    ("tender", _l("Ny upphandling")),
)

PROCUREMENT = Section(
    key="procurement",
    slug="upphandling",
    title=_l("Upphandling"),
    lead=_l("Hur skaffar ni det som ska köpas?"),
    group=GROUP,
    kinds=IMPLEMENTATION,
    guidance=(
        _l(
            "Tala med upphandlingsenheten innan du skriver. En ny upphandling tar ofta sex till nio månader. "
            "Lägg in den tiden bland milstolparna."
        ),
        _l(
            "Tänk på slutet redan nu: vem äger koden och uppgifterna när avtalet går ut, och vad kostar det "
            "att byta? Drift och förvaltning glömdes ofta bort förra gången."
        ),
    ),
    fields=(
        FieldSpec(
            key="route",
            label=_l("Väg"),
            kind=FieldKind.CHOICE,
            choices=_ROUTES,
        ),
        FieldSpec(
            key="description",
            label=_l("Hur går det till?"),
            hint=_l("Avtal, tidplan och vem som ansvarar."),
            example=_l(
                "Avrop på ramavtalet för systemutveckling. Upphandlingsenheten tar fram underlaget, och "
                "avtal tecknas senast den 15 oktober 2027."
            ),
            limit=4000,
        ),
    ),
)

COMMUNICATION = Section(
    key="communication",
    slug="kommunikation",
    title=_l("Kommunikation och införande"),
    lead=_l("En tjänst som ingen känner till ger ingen nytta."),
    group=GROUP,
    kinds=IMPLEMENTATION,
    guidance=(
        _l(
            "Tänk på dem som ska använda tjänsten, dem som ska arbeta på ett nytt sätt och dem som får "
            "frågorna: kontaktcenter och reception."
        ),
        _l(
            "Vi frågar för att nyttan tidigare väntades samma dag som tjänsten öppnade och kom senare. "
            "Det som avgör är hur fort människor börjar använda den."
        ),
    ),
    fields=(
        FieldSpec(
            key="users",
            label=_l("Hur får användarna veta?"),
            hint=_l("Målgrupp, kanal och tid."),
            example=_l(
                "Brev till alla med tillstånd i februari, information på stadens webb och hos "
                "branschföreningen. Kontaktcenter får manus två veckor före start."
            ),
            limit=4000,
        ),
        FieldSpec(
            key="staff",
            label=_l("Hur förbereds medarbetarna?"),
            hint=_l("Utbildning, delaktighet och stöd den första tiden."),
            example=_l(
                "Två handläggare är med i utvecklingen. Alla får en halv dags utbildning, och en kollega är "
                "stöd på plats de första fyra veckorna."
            ),
            limit=4000,
        ),
    ),
)

SECTIONS = (MILESTONES, ORGANISATION, PROCUREMENT, COMMUNICATION)
