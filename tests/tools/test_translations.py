"""The checks of translations find what they are for."""

from __future__ import annotations

from babel.messages.catalog import Catalog

from tools.check_translations import compare
from tools.untranslated import texts_of_edge, texts_of_module, texts_of_script, texts_of_template


def catalogue(**texts: str) -> Catalog:
    made = Catalog(locale="en")
    for swedish, english in texts.items():
        made.add(swedish.replace("_", " "), english)
    return made


def words_of(template: str) -> list[str]:
    return [text for _, text in texts_of_template(template)]


def test_a_complete_catalogue_has_no_faults() -> None:
    assert not list(compare(catalogue(Spara="", Skriv_under=""), catalogue(Spara="Save", Skriv_under="Sign")))


def test_a_text_without_translation_is_found() -> None:
    assert list(compare(catalogue(Spara=""), catalogue())) == ["not there: »Spara« (?)"]


def test_an_empty_translation_is_found() -> None:
    assert list(compare(catalogue(Spara=""), catalogue(Spara=""))) == ["empty: »Spara«"]


def test_a_guessed_translation_is_found() -> None:
    guessed = Catalog(locale="en")
    guessed.add("Spara", "Save", flags=["fuzzy"])
    assert list(compare(catalogue(Spara=""), guessed)) == ["marked fuzzy: »Spara«"]


def test_a_translation_that_nothing_uses_is_found() -> None:
    assert list(compare(catalogue(), catalogue(Spara="Save"))) == ["no longer used: »Spara«"]


def test_a_translation_that_loses_a_placeholder_is_found() -> None:
    template, given = Catalog(locale="en"), Catalog(locale="en")
    template.add("Sparad %(time)s")
    given.add("Sparad %(time)s", "Saved")
    assert list(compare(template, given)) == ["other placeholders: »Sparad %(time)s«"]


def test_a_plural_with_one_form_missing_is_found() -> None:
    template, given = Catalog(locale="en"), Catalog(locale="en")
    template.add(("%(num)s projekt", "%(num)s projekt"))
    given.add(("%(num)s projekt", "%(num)s projekt"), ("%(num)s project", ""))
    assert [fault.partition(":")[0] for fault in compare(template, given)] == ["empty"]


def test_words_between_tags_are_found_with_their_line() -> None:
    assert list(texts_of_template("<p>\n  {{ name }}\n  Spara\n</p>")) == [(3, "Spara")]


def test_words_that_are_read_out_are_found() -> None:
    assert words_of('<img alt="Stadens vapen" src="vapen.svg">') == ["Stadens vapen"]


def test_words_given_to_a_macro_are_found() -> None:
    assert words_of('{{ button("Skicka") }}') == ["Skicka"]


def test_translated_words_are_left_alone() -> None:
    page = (
        '<h1>{{ _("Start") }}</h1>{% trans %}Du kan nu{% endtrans %}{{ button(_("Skicka"), kind="primary") }}'
    )
    assert not words_of(page)


def test_names_of_classes_and_units_are_left_alone() -> None:
    assert not words_of(
        '{% block kind %}pack-cover{% endblock %}<{{ tag }} class="x">{{ sum }} kr</{{ tag }}>'
    )


def test_swedish_in_a_module_is_found_unless_it_is_translated_or_describes() -> None:
    module = '"""Gör något."""\nraise ValueError("får inte")\nlabel = _l("Får")\n'
    assert list(texts_of_module(module)) == [(2, "får inte")]


def test_a_text_translated_inside_an_f_string_is_found_because_it_is_not_collected() -> None:
    assert list(texts_of_module("shown = f\"{price} {_('kr')}\"\n")) == [(1, "_('kr')")]


def test_a_view_says_nothing_untranslated_even_without_swedish_letters() -> None:
    assert list(texts_of_edge('flash("Sparat")\nflash(_("Sparat"), "success")\n')) == [(1, "Sparat")]


def test_a_script_gets_its_words_from_the_page() -> None:
    script = (
        'if (event.key === "Enter") show("Texten är sparad"); // säger "Klart nu"\nshow(field.dataset.saved)'
    )
    assert list(texts_of_script(script)) == [(1, "Texten är sparad")]
