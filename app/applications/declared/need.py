"""The need, what is proposed, and what it shall lead to."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.applications.declaration import IMPLEMENTATION, NEVER, FieldKind, FieldSpec, Section, TableSpec

GROUP = _l("Behov och lösning")

SUMMARY = Section(
    key="summary",
    slug="sammanfattning",
    title=_l("Sammanfattning"),
    lead=_l("Det här läser rådet och beslutsfattaren först, ibland bara det här."),
    group=GROUP,
    guidance=(
        _l(
            "Skriv sammanfattningen sist, när resten är klart. Börja med behovet, säg sedan vad ni vill "
            "göra, vad det kostar och vilken nytta det ger. Undvik förkortningar."
        ),
        _l(
            "Vi frågar för att varje beslut ska kunna förstås i efterhand av någon som inte var med. I det "
            "förra programmet skrevs handlingarna om flera gånger, och då gick det inte att följa vad som "
            "beslutats."
        ),
    ),
    fields=(
        FieldSpec(
            key="summary",
            label=_l("Projektet i korthet"),
            hint=_l("Behovet, lösningen, kostnaden och nyttan på högst 2 000 tecken."),
            example=_l(
                "Den som vill ha tillstånd för en uteservering fyller i dag i en blankett och väntar sex "
                "veckor på besked. Med en e-tjänst som hämtar uppgifter ur kartan kan tre av fyra få svar "
                "inom en vecka. Projektet kostar 2,4 mnkr och frigör 1 900 handläggartimmar om året."
            ),
            limit=2000,
        ),
        FieldSpec(
            key="proposal",
            label=_l("Förslag till beslut"),
            hint=_l("En mening, så som beslutet kan lyda."),
            example=_l(
                "Miljöförvaltningen beviljas 2 400 000 kronor ur programmets ram för e-tjänsten Uteservering."
            ),
            limit=600,
        ),
        FieldSpec(
            key="period_start",
            label=_l("Projektet börjar"),
            kind=FieldKind.DATE,
            hint=_l("Dag då arbetet kan börja, tidigast när beslutet är fattat."),
            example="2027-09-01",
        ),
        FieldSpec(
            key="period_end",
            label=_l("Projektet är klart"),
            kind=FieldKind.DATE,
            hint=_l("Dag då tjänsten är överlämnad till drift, eller förstudien är godkänd."),
            example="2028-06-30",
        ),
    ),
)

BACKGROUND = Section(
    key="background",
    slug="bakgrund",
    title=_l("Bakgrund och behov"),
    lead=_l("Beskriv problemet innan du beskriver lösningen."),
    group=GROUP,
    guidance=(
        _l(
            "Utgå från den som har behovet. Vad händer i dag, hur ofta, för hur många och vad kostar det? "
            "Skriv siffror där du har dem och säg var de kommer från."
        ),
        _l(
            "Vi frågar efter andra initiativ för att det förra programmet blev en schweizerost: liknande "
            "tjänster byggdes två gånger, och andra behov möttes inte alls."
        ),
    ),
    fields=(
        FieldSpec(
            key="need_today",
            label=_l("Vilket behov finns?"),
            hint=_l("Vad fungerar inte i dag? Skriv så att någon utanför förvaltningen förstår."),
            example=_l(
                "Varje år ringer 9 200 personer för att fråga hur långt deras ärende har kommit. Samtalen "
                "tar i genomsnitt sju minuter och avbryter handläggningen. De flesta ringer för att de inte "
                "ser något själva."
            ),
        ),
        FieldSpec(
            key="affected",
            label=_l("Vilka berörs?"),
            hint=_l("Målgrupper och hur många de är på ett år."),
            example=_l("Omkring 6 000 sökande, varav 1 400 företag, och 22 handläggare."),
            limit=4000,
        ),
        FieldSpec(
            key="evidence",
            label=_l("Hur vet ni det?"),
            hint=_l("Statistik, undersökningar, synpunkter. Ange källa och datum."),
            example=_l(
                "Samtalsstatistik från kontaktcenter januari–december 2026 och intervjuer med tolv sökande i "
                "oktober 2026."
            ),
            limit=4000,
        ),
        FieldSpec(
            key="if_nothing",
            label=_l("Vad händer om inget görs?"),
            hint=_l("Följder de närmaste tre åren."),
            example=_l(
                "Kötiden växer med ungefär två veckor om året, och nuvarande system saknar stöd från och med "
                "2029."
            ),
            limit=4000,
        ),
        FieldSpec(
            key="related",
            label=_l("Vilka andra initiativ liknar eller påverkar projektet?"),
            hint=_l("I staden och utanför. Skriv också varför ni inte kan använda det som redan finns."),
            example=_l(
                "Trafikkontoret har en e-tjänst för markupplåtelse. Vi återanvänder dess inloggning och "
                "kartstöd, men handläggningen följer en annan lag."
            ),
            limit=4000,
            required=IMPLEMENTATION,
        ),
    ),
)

_OUTCOMES = (
    ("removed", _l("Försvinner")),
    ("automated", _l("Sköts av tjänsten")),
    ("faster", _l("Går fortare")),
    ("unchanged", _l("Oförändrat")),
    ("new", _l("Nytt steg")),
)

SOLUTION = Section(
    key="solution",
    slug="losning",
    title=_l("Lösning och dagens arbetssätt"),
    lead=_l("Visa vad som ändras i arbetet, inte bara vilken teknik som köps."),
    group=GROUP,
    guidance=(
        _l(
            "Gå igenom ärendets väg steg för steg med dem som arbetar med det. Skriv för varje steg vem som "
            "gör det, hur ofta, hur lång tid det tar och vad som händer med steget. Siffrorna är grunden för "
            "nyttokalkylen."
        ),
        _l(
            "Vi frågar för att nyttan förra gången räknades hem innan någon visste hur arbetet skulle "
            "ändras. En tjänst ger ingen nytta så länge det gamla arbetssättet finns kvar."
        ),
    ),
    fields=(
        FieldSpec(
            key="solution",
            label=_l("Vad vill ni göra?"),
            hint=_l("Lösningen i stora drag. För en förstudie: vad den ska ta reda på."),
            example=_l(
                "Vi bygger en e-tjänst på stadens plattform. Den sökande ritar ut serveringen på kartan, ser "
                "direkt om platsen är möjlig och kan följa sitt ärende."
            ),
        ),
        FieldSpec(
            key="new_ways",
            label=_l("Hur ändras arbetssättet?"),
            hint=_l("Vem slutar göra vad, vem börjar göra något annat, och vem leder förändringen?"),
            example=_l(
                "Registratorn slutar mata in ansökningar. Handläggarna prövar enkla ärenden samma dag. "
                "Enhetschefen leder förändringen och följer upp den varje månad."
            ),
            asked=IMPLEMENTATION,
            required=IMPLEMENTATION,
        ),
        FieldSpec(
            key="alternatives",
            label=_l("Vilka alternativ har ni övervägt?"),
            hint=_l("Minst ett, och varför det valdes bort."),
            example=_l("En bättre blankett. Den ger färre fel men kortar inte kötiden."),
            limit=4000,
            required=IMPLEMENTATION,
        ),
    ),
    tables=(
        TableSpec(
            key="process_steps",
            title=_l("Dagens arbetssätt, steg för steg"),
            row_name=_l("Steg"),
            add_label=_l("Lägg till ett steg"),
            minimum=_l("Lägg till minst ett steg i dagens arbetssätt."),
            required=IMPLEMENTATION,
            hint=_l("Ta med de steg som tar mest tid. Fem till tio räcker."),
            columns=(
                FieldSpec(
                    key="step", label=_l("Vad görs?"), kind=FieldKind.LINE, example=_l("Registrera ansökan")
                ),
                FieldSpec(
                    key="actor", label=_l("Vem gör det?"), kind=FieldKind.LINE, example=_l("Registrator")
                ),
                FieldSpec(key="volume", label=_l("Gånger per år"), kind=FieldKind.NUMBER, example="9 200"),
                FieldSpec(
                    key="minutes",
                    label=_l("Minuter per gång"),
                    kind=FieldKind.NUMBER,
                    example="12",
                ),
                FieldSpec(
                    key="outcome",
                    label=_l("Vad händer med steget?"),
                    kind=FieldKind.CHOICE,
                    choices=_OUTCOMES,
                ),
                FieldSpec(
                    key="comment",
                    label=_l("Kommentar"),
                    kind=FieldKind.LINE,
                    required=NEVER,
                    example=_l("Uppgifterna hämtas ur e-tjänsten"),
                ),
            ),
        ),
    ),
)

SECTIONS = (SUMMARY, BACKGROUND, SOLUTION)
