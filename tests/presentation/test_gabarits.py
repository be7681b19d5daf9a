"""The tags and includes, as the page authors use them."""

import re
from datetime import timedelta
from types import SimpleNamespace as Objet

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.loader import render_to_string
from django.utils import timezone

from presentation.temps import NBSP


def rendre(gabarit: str, **valeurs: object) -> str:
    return engines["django"].from_string("{% load presentation %}" + gabarit).render(valeurs).strip()


def test_un_verdict_negatif_desactive_le_bouton_et_dit_pourquoi():
    html = rendre('{% refus v "Préparer la réponse" %}', v=Objet(permis=False, raison="L’accord du médecin manque."))
    assert re.search(r'<button type="submit" class="btn" disabled aria-describedby="(\S+)">', html)
    assert f'id="{re.search(r"aria-describedby=.(.+?).>", html).group(1)}">L’accord du médecin manque.' in html


def test_un_verdict_positif_donne_un_bouton_qui_envoie_son_geste():
    html = rendre('{% refus v "Clore" nom="geste" valeur="clore" ton="primary" %}', v=Objet(permis=True, raison=""))
    assert html == '<button type="submit" class="btn btn--primary" name="geste" value="clore">Clore</button>'


@pytest.mark.parametrize(
    ("numero", "lien", "lisible"),
    [
        ("0353014010", "tel:0353014010", "03 53 01 40 10"),
        ("03 53 01.40-10", "tel:0353014010", "03 53 01 40 10"),
        ("+33353014010", "tel:+33353014010", "+33 3 53 01 40 10"),
        ("3919", "tel:3919", "39 19"),
        ("17", "tel:17", "17"),
    ],
)
def test_un_telephone_se_lit_par_paires_et_se_compose_d_un_doigt(numero, lien, lisible):
    attendu = f'<a class="tel" href="{lien}">{lisible.replace(" ", NBSP)}</a>'
    assert rendre("{% telephone n %}", n=numero) == attendu


def test_une_valeur_hostile_est_echappee_partout():
    hostile = "<script>x</script>"
    ligne = Objet(libelle=hostile, valeur=hostile, url="")
    html = rendre('{% alerte titre=h %}{{ h }}{% endalerte %}{% fil h "/" h %}{% famille "sante" h %}', h=hostile)
    html += render_to_string("composants/recapitulatif.html", {"lignes": [ligne]})
    html += render_to_string(
        "composants/chronologie.html", {"evenements": [Objet(titre=hostile, quand=timezone.now())]}
    )
    assert "<script>" not in html


def test_un_delai_en_cours_porte_son_heure_pour_le_script():
    html = rendre("{% delai e debut=d %}", e=timezone.now() + timedelta(hours=2), d=timezone.now() - timedelta(hours=3))
    assert "t-warn" in html
    assert "data-echeance=" in html
    assert "data-debut=" in html
    assert '<time datetime="' in html


def test_un_delai_suspendu_ou_tenu_ne_bouge_plus():
    echeance = timezone.now() + timedelta(hours=2)
    assert "data-delai " not in rendre("{% delai e suspendu=True %}", e=echeance)
    assert "data-delai " not in rendre("{% delai e tenu_le=t %}", e=echeance, t=timezone.now())


def test_sans_echeance_rien_ne_s_affiche():
    assert rendre("{% delai e %}", e=None) == ""


def test_le_fil_nomme_la_page_courante_sans_lien():
    html = rendre('{% fil "Accueil" "/" "Mon compte" %}')
    assert '<li><a href="/">Accueil</a></li><li aria-current="page">Mon compte</li>' in html


def test_une_page_en_panne_s_affiche_sans_aucun_contexte(settings):
    settings.TELEPHONE_GARDE = "0353014000"
    html = render_to_string("500.html")
    assert "tel:0353014000" in html
    assert "tel:17" in html


@pytest.mark.parametrize("gabarit", ["403.html", "403_csrf.html", "404.html", "429.html"])
def test_une_page_d_erreur_donne_toujours_un_numero(gabarit):
    assert "tel:0353014000" in render_to_string(gabarit, {"telephone_garde": "0353014000"})


def test_un_visiteur_ne_voit_ni_navigation_ni_outils():
    page = render_to_string("layout/page.html", {"user": AnonymousUser(), "navigation": [], "mode_demonstration": True})
    assert "Démonstration." in page
    assert "data-masquer" not in page
    assert "Navigation principale" not in page


@pytest.mark.parametrize("gabarit", ["layout/page.html", "layout/public.html", "500.html"])
def test_aucun_style_ni_script_dans_la_page(gabarit):
    page = render_to_string(gabarit, {"user": AnonymousUser()})
    assert "style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
