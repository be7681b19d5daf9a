"""Fields as the design draws them, readable by a screen reader, never answered in advance."""

import re

from django import forms
from django.template.loader import render_to_string

from presentation.formulaires import ChoixEncadres, DateNative, Formulaire, Question, TroisReponses, points_a_corriger


class Essai(Formulaire):
    numero = forms.CharField(label="Numéro", help_text="Par exemple 12.")
    note = forms.CharField(label="Note", required=False)
    arme = Question(label="Il possède une arme")
    cadre = forms.ChoiceField(
        label="Cadre", choices=[("A", "Flagrance"), ("B", "Autre")], widget=ChoixEncadres(aides={"A": "Art. 60-1"})
    )
    jour = forms.DateField(label="Jour", widget=DateNative, required=False)
    accord = forms.BooleanField(label="Je confirme")


def test_une_question_a_trois_reponses_dont_aucune_n_est_cochee():
    html = str(Essai()["arme"])
    assert re.findall(r'value="(\w+)"', html) == ["OUI", "NON", "NSP"]
    assert "checked" not in html


def test_le_choix_vide_d_un_modele_ne_devient_pas_une_reponse():
    widget = TroisReponses(choices=[("", "---------"), ("OUI", "Oui")])
    assert "---" not in widget.render("q", "")


def test_une_reponse_deja_donnee_revient_cochee():
    html = str(Essai(initial={"arme": "NSP"})["arme"])
    assert re.search(r'value="NSP"[^>]*checked', html)


def test_l_aide_et_l_erreur_sont_reliees_au_champ():
    champ = Essai({})["numero"].as_field_group()
    assert 'aria-describedby="id_numero_helptext id_numero_error"' in champ
    assert 'id="id_numero_helptext"' in champ
    assert 'id="id_numero_error"' in champ
    assert 'aria-invalid="true"' in champ


def test_seuls_les_champs_a_ecrire_disent_facultatif():
    form = Essai()
    assert "(facultatif)" in form["note"].as_field_group()
    assert "(facultatif)" not in form["numero"].as_field_group()
    assert "(facultatif)" not in form["accord"].as_field_group()


def test_une_option_encadree_porte_sa_precision():
    html = str(Essai()["cadre"])
    assert "Flagrance<small>Art. 60-1</small>" in html
    assert html.count("<small>") == 1


def test_le_resume_a_un_lien_par_champ_et_les_memes_mots():
    form = Essai({})
    points = points_a_corriger(form)
    assert points[0] == ("id_numero", "Complétez «\u00a0Numéro\u00a0».")
    assert [cible for cible, _ in points] == ["id_numero", "id_arme_0", "id_cadre_0", "id_accord"]
    page = str(form)
    assert "Il y a 4 points à corriger" in page
    assert all(f'href="#{cible}"' in page and f'id="{cible}"' in page for cible, _ in points)


def test_une_erreur_generale_figure_au_resume_sans_lien():
    form = Essai({"numero": "1", "arme": "NON", "cadre": "A", "accord": "on"})
    form.add_error(None, "Le dossier a changé.")
    resume = render_to_string("composants/resume_erreurs.html", {"form": form})
    assert "Il y a 1 point à corriger" in resume
    assert "<li>Le dossier a changé.</li>" in resume


def test_une_date_revient_au_format_du_navigateur():
    from datetime import date

    assert 'value="2025-11-24"' in str(Essai(initial={"jour": date(2025, 11, 24)})["jour"])


def test_un_formulaire_lie_garde_un_message_choisi():
    class Autre(Formulaire):
        jour = forms.CharField(label="Jour", error_messages={"required": "Indiquez la date des faits."})

    assert points_a_corriger(Autre({})) == [("id_jour", "Indiquez la date des faits.")]
