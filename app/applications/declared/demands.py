"""What the service must live up to, what can go wrong, and whom it affects."""

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

GROUP = _l("Krav och konsekvenser")

_LEVELS = (
    ("1", _l("1 – försumbar skada")),
    ("2", _l("2 – måttlig skada")),
    ("3", _l("3 – betydande skada")),
    ("4", _l("4 – allvarlig skada")),
)
_MET = (
    ("yes", _l("Uppfylls")),
    ("partly", _l("Uppfylls delvis")),
    ("no", _l("Uppfylls inte")),
    ("not_relevant", _l("Gäller inte")),
)

SECURITY = Section(
    key="security",
    slug="informationssakerhet",
    title=_l("Informationssäkerhet och krav"),
    lead=_l("Informationsklassning, personuppgifter, tillgänglighet, arkiv och tekniska skall-krav."),
    group=GROUP,
    kinds=IMPLEMENTATION,
    guidance=(
        _l(
            "Klassa informationen tillsammans med informationssäkerhetssamordnaren. Nivån säger hur stor "
            "skadan blir om uppgifterna kommer ut, blir fel eller inte går att nå."
        ),
        _l(
            "Vi frågar tidigt för att krav som upptäcks sent gör projekt dyra och försenade. Tala med "
            "arkivarien innan du skriver hur handlingar bevaras."
        ),
    ),
    fields=(
        FieldSpec(
            key="confidentiality",
            label=_l("Konfidentialitet (K)"),
            kind=FieldKind.CHOICE,
            choices=_LEVELS,
            hint=_l("Skadan om uppgifterna kommer i orätta händer."),
        ),
        FieldSpec(
            key="integrity",
            label=_l("Riktighet (R)"),
            kind=FieldKind.CHOICE,
            choices=_LEVELS,
            hint=_l("Skadan om uppgifterna är fel."),
        ),
        FieldSpec(
            key="availability",
            label=_l("Tillgänglighet (T)"),
            kind=FieldKind.CHOICE,
            choices=_LEVELS,
            hint=_l("Skadan om tjänsten ligger nere."),
        ),
        FieldSpec(
            key="personal_data",
            label=_l("Behandlar tjänsten personuppgifter?"),
            kind=FieldKind.YES_NO,
            hint=_l("Namn, kontaktuppgifter och allt annat som går att knyta till en person."),
        ),
        FieldSpec(
            key="personal_data_how",
            label=_l("Vilka personuppgifter, och på vilken grund?"),
            hint=_l("Svara om tjänsten behandlar personuppgifter. Skriv aldrig personnummer här."),
            example=_l(
                "Namn, adress och telefonnummer till sökande. Rättslig grund är myndighetsutövning. "
                "Uppgifterna gallras två år efter beslutet."
            ),
            limit=4000,
            required=NEVER,
            required_if=("personal_data", "yes"),
        ),
        FieldSpec(
            key="accessibility",
            label=_l("Hur blir tjänsten tillgänglig för alla?"),
            hint=_l("Lagen om tillgänglighet till digital offentlig service, klarspråk, andra kanaler."),
            example=_l(
                "Tjänsten prövas mot WCAG 2.2 AA av en extern granskare före start. Den som inte kan använda "
                "den får hjälp av kontaktcenter."
            ),
            limit=4000,
        ),
        FieldSpec(
            key="archiving",
            label=_l("Hur bevaras och gallras handlingarna?"),
            example=_l(
                "Ansökan och beslut bevaras i e-arkivet. Utkast gallras efter ett år enligt "
                "dokumenthanteringsplanen."
            ),
            limit=4000,
        ),
    ),
    tables=(
        TableSpec(
            key="requirements",
            title=_l("Tekniska skall-krav"),
            row_name=_l("Krav"),
            add_label=_l("Lägg till ett krav"),
            minimum=_l("Lägg till minst ett tekniskt skall-krav."),
            layout="table",
            hint=_l("Programmets skall-krav och hur tjänsten möter dem."),
            columns=(
                FieldSpec(
                    key="requirement",
                    label=_l("Skall-krav"),
                    kind=FieldKind.LINE,
                    example=_l("Inloggning med stadens gemensamma funktion"),
                ),
                FieldSpec(key="met", label=_l("Uppfyllelse"), kind=FieldKind.CHOICE, choices=_MET),
                FieldSpec(
                    key="comment",
                    label=_l("Kommentar"),
                    kind=FieldKind.LINE,
                    required=NEVER,
                    example=_l("Från version 4 av plattformen"),
                ),
            ),
        ),
    ),
)

_SCALE = tuple((str(step), str(step)) for step in range(1, 6))

RISKS = Section(
    key="risks",
    slug="risker",
    title=_l("Risker"),
    lead=_l("Vad kan gå fel, hur troligt är det och vad gör ni åt det?"),
    group=GROUP,
    guidance=(
        _l(
            "Ta med risker för nyttan, inte bara för tidplanen: att färre använder tjänsten än ni tror, att "
            "arbetssättet inte ändras, att driften blir dyrare. 1 är liten sannolikhet eller konsekvens, 5 "
            "är mycket stor."
        ),
        _l("Vi frågar efter en ansvarig roll för att en risk utan ägare inte blir omhändertagen."),
    ),
    tables=(
        TableSpec(
            key="risks",
            title=_l("Risker"),
            row_name=_l("Risk"),
            add_label=_l("Lägg till en risk"),
            minimum=_l("Lägg till minst en risk."),
            columns=(
                FieldSpec(
                    key="risk",
                    label=_l("Vad kan hända?"),
                    example=_l(
                        "Färre än väntat använder e-tjänsten, och blanketterna fortsätter att komma in."
                    ),
                    limit=1000,
                ),
                FieldSpec(
                    key="probability",
                    label=_l("Sannolikhet, 1–5"),
                    kind=FieldKind.CHOICE,
                    choices=_SCALE,
                    width=8,
                ),
                FieldSpec(
                    key="consequence",
                    label=_l("Konsekvens, 1–5"),
                    kind=FieldKind.CHOICE,
                    choices=_SCALE,
                    width=8,
                ),
                FieldSpec(
                    key="action",
                    label=_l("Åtgärd"),
                    hint=_l("Vad gör ni för att det inte ska hända, eller om det händer?"),
                    example=_l("Vi följer andelen varje vecka och ringer upp dem som skickar blankett."),
                    limit=1000,
                ),
                FieldSpec(
                    key="owner", label=_l("Ansvarig roll"), kind=FieldKind.LINE, example=_l("Projektledaren")
                ),
            ),
        ),
    ),
)

IMPACT = Section(
    key="impact",
    slug="konsekvenser",
    title=_l("Konsekvensanalyser"),
    lead=_l("Hur påverkas barn, kvinnor och män, äldre och personer med funktionsnedsättning?"),
    group=GROUP,
    kinds=IMPLEMENTATION,
    guidance=(
        _l(
            "Fråga dem det gäller, eller någon som arbetar med dem. Skriv både vad som blir bättre och vad "
            "som kan bli sämre. Blir det ingen skillnad: skriv varför du kan säga det."
        ),
        _l("Analyserna följer med till beslutet, så att den som beslutar ser hela följden."),
    ),
    fields=(
        FieldSpec(
            key="children",
            label=_l("Barn"),
            hint=_l("Barnkonsekvensanalys enligt barnkonventionen."),
            example=_l(
                "Barn berörs genom att uteserveringar kan skymma skolvägar. E-tjänsten visar skolvägar på "
                "kartan, så att handläggaren ser dem."
            ),
            limit=4000,
        ),
        FieldSpec(
            key="equality",
            label=_l("Jämställdhet"),
            hint=_l("Skillnader mellan kvinnor och män, flickor och pojkar."),
            example=_l(
                "Bland de sökande är 38 procent kvinnor. Vi följer upp om andelen ändras när ansökan blir "
                "digital."
            ),
            limit=4000,
        ),
        FieldSpec(
            key="elderly",
            label=_l("Äldre och tillgänglighet"),
            hint=_l("Äldre personer och personer med funktionsnedsättning."),
            example=_l(
                "En femtedel av de sökande är över 65 år. De kan fortfarande få hjälp per telefon, och "
                "tjänsten prövas med en pensionärsförening före start."
            ),
            limit=4000,
        ),
    ),
)

ATTACHMENTS = Section(
    key="attachments",
    slug="bilagor",
    title=_l("Bilagor"),
    lead=_l("Underlag som inte ryms i texten: offerter, avtal, bilder, utredningar."),
    group=_l("Bilagor"),
    holds="attachments",
    guidance=(
        _l("Skriv det viktiga i ansökan. Den som beslutar hinner sällan läsa bilagor."),
        _l(
            "PDF, Word, Excel, PowerPoint, PNG och JPEG går bra, högst 20 MB per fil. "
            "Ta bort personnummer och annat som inte ska bli offentligt."
        ),
    ),
)

SECTIONS = (SECURITY, RISKS, IMPACT, ATTACHMENTS)
