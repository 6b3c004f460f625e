"""What comes of a benefit: planned by its owner, measured, in a budget, taken home, followed up, closed."""

from __future__ import annotations

from collections.abc import Mapping

from tests.applications.workbooks import Value
from tests.browser.window import Window
from tests.browser.workbook import filled_in
from tests.browser.writing import place

# --- the benefit -----------------------------------------------------------------------------------------


def open_benefit(person: Window, at: str, name: str) -> None:
    """The page of a benefit, by way of the project's."""
    person.page.goto(f"{at}/nyttor")
    person.follow(name)
    person.heading(name)


def write_plan(owner: Window, said: Mapping[str, str], chosen: Mapping[str, str]) -> None:
    """The owner says on the open benefit's page how it is measured."""
    owner.follow("Skriv nyttoplanen")
    for name, text in said.items():
        place(owner, name).fill(text)
    for name, option in chosen.items():
        place(owner, name).select_option(label=option)
    owner.tick("Vad är bättre?", "Lägre värde är bättre")
    owner.press("Spara")
    owner.told("Nyttoplanen är sparad.")


def measure(owner: Window, said: Mapping[str, str]) -> None:
    """A period, by hand."""
    owner.follow("Skriv in en mätning")
    for name, text in said.items():
        place(owner, name).fill(text)
    owner.press("Spara mätningen")
    owner.told("Mätningen är sparad.")


def read_in(owner: Window, said: Mapping[str, Value]) -> None:
    """The next period, in the template that the page gives; its rows are looked at before they are kept."""
    owner.follow("Läs in från fil")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book = filled_in(owner.fetch("Hämta mallen"), said)
    owner.page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "matningar.xlsx", "mimeType": kind, "buffer": book}
    )
    owner.press("Visa raderna")
    owner.heading("Granska raderna")
    owner.press("Läs in 1 mätning")
    owner.told("1 mätning är inläst.")


# --- the budget ------------------------------------------------------------------------------------------


def promise(owner: Window, said: Mapping[str, str]) -> None:
    """What the budget becomes smaller by, on the open benefit's page."""
    owner.follow("Utlova en budgeteffekt")
    owner.tick("Hur tas nyttan hem?", "Pengar")
    for name, text in said.items():
        place(owner, name).fill(text)
    owner.press("Utlova")
    owner.told("Budgeteffekten är utlovad. Den andra parten har fått veta det.")


def agree(controller: Window, item: str) -> None:
    """The controller finds the promise in the register, and agrees."""
    controller.menu("Budgeteffekter")
    controller.follow(item, exact=False)
    controller.follow("Svara")
    controller.tick("Är ni överens?", "Ja, vi är överens")
    controller.press("Skicka svaret")
    controller.told("Ni är överens om budgeteffekten.")


def enter(owner: Window, item: str, reference: str, decided_on: str) -> None:
    """The owner says in which document it stands."""
    owner.menu("Budgeteffekter")
    owner.follow(item, exact=False)
    owner.follow("Skriv in budgetbeslutet")
    owner.fill("Dokument", reference)
    owner.fill("Beslutad", decided_on)
    owner.press("Spara")
    owner.told("Budgetbeslutet är inskrivet. Någon annan kontrollerar det.")


def verify(controller: Window, item: str, reference: str) -> None:
    """The controller reads the document that is named, and finds it there."""
    controller.menu("Budgeteffekter")
    controller.follow(item, exact=False)
    controller.follow("Kontrollera mot budgeten")
    controller.sees(reference)
    controller.tick("Står det så i budgeten?", "Ja, det stämmer")
    controller.press("Spara")
    controller.told("Budgeteffekten är kontrollerad mot budgeten.")


def take_home(controller: Window, reference: str) -> None:
    """All of it is posted, as the form proposes."""
    controller.follow("Ta hem")
    controller.fill("Verifikation eller uppföljning", reference)
    controller.press("Bokför")
    controller.told("Beloppet är bokfört.")


# --- the follow-up ---------------------------------------------------------------------------------------

FOLLOWED_UP = {
    "sammanfattning": {"summary": "Kontaktcentret löser fler ärenden än väntat."},
    "anvandning": {
        "in_use": "yes",
        "since": "2028-01-01",
        "until": "2028-06-30",
        "started": "30000",
        "completed": "21000",
        "otherwise": "500",
        "use_source": "Kontaktcentrets statistik",
    },
    "anvandarna": {
        "asked": "yes",
        "asked_how": "Enkät efter samtalet.",
        "asked_count": "214",
        "asked_result": "Åtta av tio är nöjda.",
    },
    "arbetssatt": {
        "work": "Avdelningarna får färre frågor.",
        "hours_freed": "500",
        "freed_for": "Färre vikarier.",
        "unexpected": "Fler frågor på kvällen.",
    },
    "gamla-sattet": {"channel": "remains", "channel_why": "Medborgarkontoren finns kvar."},
    "drift": {"works": "yes"},
    "det-som-aterstar": {"another": "no"},
}
"""What its owner answers, section by section; of goals and benefits, the same of each."""


def write_follow_up(owner: Window, at: str, promised: int) -> None:
    """Its owner writes the first follow-up, and sends it."""
    owner.page.goto(f"{at}/uppfoljning/1")
    for section, said in FOLLOWED_UP.items():
        owner.page.goto(f"{at}/uppfoljning/1/skriv/{section}")
        for name, text in said.items():
            _answer(owner, name, text)
        _save(owner)
    owner.page.goto(f"{at}/uppfoljning/1/skriv/mal")
    for field in owner.page.locator("select[name^=fulfilment_]").all():
        key = (field.get_attribute("name") or "").removeprefix("fulfilment_")
        field.select_option("partly")
        place(owner, f"value_{key}").fill("60")
        place(owner, f"comment_{key}").fill("På väg.")
    _save(owner)
    owner.page.goto(f"{at}/uppfoljning/1/skriv/nyttor")
    fields = owner.page.locator("select[name^=coming_]").all()
    assert len(fields) == promised
    for field in fields:
        key = (field.get_attribute("name") or "").removeprefix("coming_")
        field.select_option("as_promised")
        place(owner, f"seen_{key}").fill("Det syns i statistiken.")
    _save(owner)
    owner.follow("Kontrollera och skicka")
    owner.press("Skicka uppföljningen")
    owner.told("Uppföljningen är skickad. Sekretariatet har fått veta det.")


def _answer(owner: Window, name: str, text: str) -> None:
    choice = owner.page.locator(f"input[type=radio][name={name}][value='{text}']")
    if owner.page.locator(f"input[type=radio][name={name}]").count():
        choice.check()
    else:
        place(owner, name).fill(text)


def _save(owner: Window) -> None:
    owner.press("Spara")
    owner.told("Avsnittet är sparat.")


def approve_follow_up(secretary: Window, name: str) -> None:
    """The secretariat finds it among the follow-ups, reads it, and lets it stand."""
    secretary.menu("Uppföljningar")
    secretary.follow(name)
    secretary.sees("Kontaktcentret löser fler ärenden än väntat.")
    secretary.follow("Godkänn uppföljningen")
    secretary.press("Godkänn uppföljningen")
    secretary.told("Uppföljningen är godkänd.")


# --- the end ---------------------------------------------------------------------------------------------


def propose_end(owner: Window) -> None:
    """The department says on the open benefit's page that it has come."""
    owner.follow("Avsluta nyttan")
    owner.tick("Hur gick det?", "Hemtagen")
    owner.fill("Varför?", "Målet är nått, och budgeten är minskad.")
    owner.press("Skicka förslaget")
    owner.told("Förslaget är skickat till programsekretariatet.")


def verify_end(secretary: Window) -> None:
    """The secretariat agrees: the benefit has ended."""
    secretary.follow("Pröva avslutet")
    secretary.sees("Målet är nått, och budgeten är minskad.")
    secretary.tick("Stämmer det?", "Ja, avsluta nyttan")
    secretary.press("Spara")
    secretary.told("Nyttan är avslutad.")
