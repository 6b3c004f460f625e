"""Invented documents with the length and the words of real ones."""

from datetime import date
from decimal import Decimal

from app import charts, pdf
from app.pdf.blocks import (
    Answer,
    Bullets,
    Column,
    DecisionProposal,
    Fact,
    Facts,
    Figure,
    FigurePair,
    KeyFigure,
    KeyFigures,
    Notice,
    Paragraphs,
    Report,
    Section,
    Table,
)

DAY = date(2026, 2, 16)
SPACE = "\u00a0"
WORDS = charts.words(lambda text: text)
YEARS = tuple(range(2026, 2034))
COSTS = tuple(Decimal(k) * 1000 for k in (3450, 2780, 690, 690, 710, 710, 730, 730))
BENEFITS = tuple(Decimal(k) * 1000 for k in (0, 640, 2150, 3100, 3480, 3480, 3480, 3480))
NET = tuple(b - c for b, c in zip(BENEFITS, COSTS, strict=True))
SUMMARY = (
    "Invånare som ansöker om parkeringstillstånd för rörelsehindrade fyller i dag i en pappersblankett. "
    "Handläggarna skriver in uppgifterna för hand, och var fjärde ansökan måste kompletteras. Projektet "
    "inför en e-tjänst med stöd för komplettering och ett gemensamt handläggarstöd för tre förvaltningar."
)
TEXT = (
    "Förvaltningen tar emot omkring 6 400 ansökningar om året. En ansökan tar i genomsnitt 48 minuter att "
    "handlägga, varav 19 minuter går åt till att skriva av uppgifter och begära komplettering. Invånaren "
    "väntar 31 dagar på beslut, och kontaktcenter får 9 200 samtal om året om hur det går.\n\n"
    "Behovet finns i behovsinventeringen från 2025 och är det område där flest förvaltningar har anmält "
    "intresse. Lösningen bygger på den gemensamma e-tjänsteplattformen och kräver ingen ny upphandling."
)


def kr(thousands: int) -> str:
    """An amount given in thousands, as the product writes it."""
    return f"{thousands * 1000:,}".replace(",", SPACE)


def figures(*, tables: bool = False) -> FigurePair:
    """Cost against benefit, and the running sum."""
    yearly = charts.CostBenefitChart(
        "Kostnad och nytta per år",
        "Nyttan är större än kostnaden varje år från 2028.",
        "sv",
        WORDS,
        YEARS,
        COSTS,
        BENEFITS,
    )
    total = charts.CumulativeChart(
        "Ackumulerat netto", "Projektet har betalat sig 2030.", "sv", WORDS, YEARS, NET, 2030
    )
    source = "Fasta priser, prisår 2026. Källa: nyttokalkyl version 2."
    left, right = (
        Figure(charts.svg(chart), chart.title, chart.finding, source, yearly_table() if tables else None)
        for chart in (yearly, total)
    )
    return FigurePair(left, right)


def key_figures() -> KeyFigures:
    """The three figures of a calculation."""
    return KeyFigures(
        (
            KeyFigure("Sökt belopp", f"{kr(6230)} kr", "varav 2026: 3,5 mnkr"),
            KeyFigure("Nettonuvärde", f"{kr(6418)} kr", "kalkylränta 4 %, 8 år, prisår 2026"),
            KeyFigure("Nyttokvot", "1,72", "nytta per krona kostnad"),
        )
    )


def yearly_table() -> Table:
    """Years as rows, as paper wants it."""
    rows = tuple(
        (str(year), kr(int(c / 1000)), kr(int(b / 1000)), kr(int((b - c) / 1000)).replace("-", "\u2212"))
        for year, c, b in zip(YEARS, COSTS, BENEFITS, strict=True)
    )
    return Table(
        "Kostnad och nytta per år, kr",
        (Column("År"), Column("Kostnad", True), Column("Nytta", True), Column("Netto", True)),
        rows,
        (("Summa", kr(10490), kr(19810), kr(9320)),),
        "Fasta priser, prisår 2026. Belopp utan mervärdesskatt.",
    )


def cost_table() -> Table:
    """Cost lines with long Swedish words."""
    lines = (
        ("Projektledning", "Stadsledningskontoret", "Programmet", 1240),
        ("Utveckling och anpassning av e-tjänsten", "Serviceförvaltningen", "Programmet", 2480),
        ("Integration med ärendehanteringssystem", "Trafikkontoret", "Programmet", 1310),
        (
            "Informationssäkerhetsklassning och tillgänglighetsgranskning",
            "Trafikkontoret",
            "Egen budget",
            260,
        ),
        (
            "Utbildning och verksamhetsutveckling",
            "Hägersten-Liljeholmens stadsdelsförvaltning",
            "Egen budget",
            540,
        ),
        ("Reserv (10 %)", "Trafikkontoret", "Programmet", 400),
    )
    return Table(
        "Kostnadsplan, kr",
        (Column("Kostnad"), Column("Förvaltning"), Column("Finansiering"), Column("Belopp", True)),
        tuple((a, b, c, kr(d)) for a, b, c, d in lines),
        (("Summa", "", "", kr(6230)), ("varav programmet", "", "", kr(5430))),
    )


def application(title: str = "E-tjänst för parkeringstillstånd för rörelsehindrade") -> pdf.Document:
    """An application in full, about six pages."""
    wide = charts.PayGainChart(
        "Vem betalar och vem får nytta",
        "Trafikkontoret betalar mest, medan en tredjedel av nyttan hamnar hos stadsdelsförvaltningarna.",
        "sv",
        WORDS,
        ("Trafikkontoret", "Serviceförvaltningen", "Hägersten-Liljeholmens stadsdelsförvaltning"),
        (Decimal(4_100_000), Decimal(2_480_000), Decimal(540_000)),
        (Decimal(9_300_000), Decimal(3_900_000), Decimal(6_610_000)),
    )
    sections = (
        Section(
            "Bakgrund och behov",
            (Paragraphs.of(TEXT), Paragraphs.of(TEXT)),
            (
                Section(
                    "Nuläge",
                    (
                        Paragraphs.of("Så här går det till i dag:"),
                        Bullets(
                            (
                                "Invånaren hämtar blanketten eller får den hemskickad.",
                                "Handläggaren skriver in uppgifterna och begär komplettering med brev.",
                                "Beslutet skrivs ut, undertecknas och skickas med posten.",
                            ),
                            ordered=True,
                        ),
                    ),
                ),
                Section("Behov", (Paragraphs.of(TEXT),)),
            ),
        ),
        Section(
            "Mål",
            (
                Table(
                    "Effektmål",
                    (
                        Column("Mål"),
                        Column("Indikator"),
                        Column("Utgångsläge", True),
                        Column("Målvärde", True),
                        Column("Datum"),
                    ),
                    (
                        ("Kortare väntan", "Dagar till beslut", "31", "12", "2028-12-31"),
                        ("Färre kompletteringar", "Andel som kompletteras", "26 %", "8 %", "2028-06-30"),
                        (
                            "Fler använder e-tjänsten",
                            "Andel digitala ansökningar",
                            "0 %",
                            "70 %",
                            "2029-12-31",
                        ),
                    ),
                ),
                Answer(
                    "Vad ingår inte?",
                    Paragraphs.of("Tillstånd för nyttofordon och boendeparkering ingår inte."),
                ),
                Answer("Beroende av andra projekt", Paragraphs(())),
            ),
        ),
        Section(
            "Kostnadsplan",
            (cost_table(), Notice("Anmärkning", "Timkostnaden 753 kr avviker från programmets 729 kr.")),
        ),
        Section(
            "Nyttokalkyl",
            (
                key_figures(),
                figures(),
                yearly_table(),
                Figure(
                    charts.svg(wide, charts.WIDE),
                    wide.title,
                    wide.finding,
                    "Fasta priser, prisår 2026.",
                    Table(
                        "",
                        (Column("Förvaltning"), Column("Betalar, kr", True), Column("Får nytta, kr", True)),
                        tuple(
                            (name, kr(int(pays / 1000)), kr(int(gains / 1000)))
                            for name, pays, gains in zip(wide.departments, wide.pays, wide.gains, strict=True)
                        ),
                    ),
                    True,
                ),
            ),
            (Section("Nyttor som inte går att prissätta", (Paragraphs.of(TEXT),)),),
        ),
        Section(
            "Risker",
            (
                Table(
                    "Risker",
                    (
                        Column("Risk"),
                        Column("Sannolikhet", True),
                        Column("Konsekvens", True),
                        Column("Åtgärd"),
                    ),
                    tuple(
                        (
                            risk,
                            s,
                            k,
                            "Styrgruppen följer upp varje månad och beslutar om åtgärd vid avvikelse.",
                        )
                        for risk, s, k in (
                            ("Plattformens nästa version försenas", "3", "4"),
                            ("Ärendehanteringssystemet saknar öppet gränssnitt", "2", "5"),
                            ("Verksamheten hinner inte ändra arbetssätt", "3", "3"),
                        )
                    ),
                ),
            ),
        ),
        Section("Drift och förvaltning", (Facts(facts()), Paragraphs.of(TEXT))),
    )
    body = Report(
        "Genomförandeprojekt 2026–2028, Trafikkontoret",
        facts(),
        DecisionProposal("Bevilja 6,2 mnkr ur programmets ram för åren 2026–2028.", f"{kr(6230)} kr"),
        (Paragraphs.of(SUMMARY), key_figures()),
        sections,
    )
    return pdf.Document("pdf/application.html", title, "sv", "2026-0031", "2", DAY, body)


def facts() -> tuple[Fact, ...]:
    """Who answers for the case."""
    return (
        Fact("Ansvarig förvaltning", "Trafikkontoret"),
        Fact("Medverkande", "Serviceförvaltningen, Hägersten-Liljeholmens stadsdelsförvaltning"),
        Fact("Projektledare", "Projektledare 3, Trafikkontoret"),
        Fact("Underskriven av", "Verksamhetschef, Trafikkontoret, 2026-02-11"),
    )


def proposal() -> DecisionProposal:
    """With two conditions."""
    return DecisionProposal(
        "Bevilja delvis: 5,4 mnkr ur programmets ram för åren 2026–2028. Reserv beviljas inte.",
        f"{kr(5430)} kr",
        (
            "Driftsplanen är finansierad till och med 2031 innan medel rekvireras (senast 2026-06-30).",
            "Verksamhetschefen redovisar mätning av utgångsläget senast 2026-09-30.",
        ),
    )
