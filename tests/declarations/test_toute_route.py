"""The behaviour of ANY route without a named patient: a new module inherits these sentences."""

import pytest
from django.urls import reverse

from dossiers.models import Participation
from dossiers.models.participation import Part
from signalements.champs import Genre
from signalements.controles import CONTROLES
from signalements.declarations.routes import ROUTES
from signalements.declarations.situations_fictives import EMETTEURS, SITUATIONS
from signalements.models import Suite
from signalements.voies import VOIES
from tests.coffre_ouvert import lire as lire_fichier
from tests.declarations.situation import ECRIVENT, lettre_de, prete, transmise
from tests.imprime import texte

CODES = sorted(ROUTES)
REGLES = {"objet-illicite", "violence-personnel", "sans-identite", "infraction-etablissement", "alerte-surete"}


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("code", CODES)
def test_une_route_est_complete(code):
    route = ROUTES[code]
    noms = [propre.nom for propre in route.propres]
    assert len(noms) == len(set(noms))
    assert code not in VOIES
    assert set(route.controles) <= set(CONTROLES)
    assert {"C07", "C60"} <= set(route.controles)
    assert {propre.etape for propre in route.propres} == {page.code for page in route.parcours}
    assert route.internes <= set(noms)
    assert not route.precision or route.propre(route.precision).genre is Genre.CHOIX
    assert set(route.suites) <= set(dict(Suite._meta.get_field("suite_type").flatchoices))
    assert route.regle in REGLES
    assert set(SITUATIONS[code](0)) == set(noms)
    assert EMETTEURS[code]
    for propre in (*route.propres, *route.suite):
        assert bool(propre.choix) == (propre.genre in {Genre.CHOIX, Genre.PLUSIEURS}), propre.nom


@pytest.mark.parametrize("code", CODES)
def test_une_route_se_transmet_et_dit_dehors_tout_ce_qui_n_est_pas_interne(code, distribution):
    dossier = transmise(distribution.acteur(ECRIVENT[code]), code)
    route, lettre = ROUTES[code], lettre_de(dossier)
    roles = list(Participation.objects.filter(content_object=dossier).order_by("pk").values_list("role", flat=True))
    assert roles == [Part.Role.DESTINATAIRE, *[Part.Role.COPIE] * len(route.copies)]
    assert not dossier.personnes.exists()
    pdf = (
        texte(lire_fichier(dossier.pieces.exclude(document=None).get().fichier))
        .replace("\n", " ")
        .replace("\u00a0", " ")
    )
    for propre in route.propres:
        dite = propre.dire(lettre.propres.get(propre.nom)).split("\n")[0].replace("\u00a0", " ")
        if propre.genre in {Genre.LIGNE, Genre.TEXTE} and dite:
            assert (dite in pdf) is (propre.nom not in route.internes), propre.nom
        if propre.nom in route.internes:
            assert propre.libelle.removesuffix("\u00a0?") not in pdf, propre.nom


@pytest.mark.parametrize("code", CODES)
def test_chaque_page_s_affiche_se_reenregistre_et_ne_perd_rien(code, distribution):
    qui = ECRIVENT[code]
    dossier, client = prete(distribution.acteur(qui), code), distribution.client(qui)
    avant = lettre_de(dossier).propres
    for page in ROUTES[code].parcours:
        adresse = reverse("declarations:page", args=[dossier.cle, page.code])
        affichee = client.get(adresse)
        assert page.libelle in lu(affichee)
        form = affichee.context["form"]
        saisie = {champ.html_name: champ.value() for champ in form.propres if champ.value() not in (None, "")}
        for propre in ROUTES[code].propres_de(page.code):
            if propre.genre is Genre.MOMENT and saisie.get(propre.nom):
                saisie[propre.nom] = saisie[propre.nom].strftime("%Y-%m-%dT%H:%M")
        reponse = client.post(adresse, saisie)
        assert reponse.status_code == 302, (page.code, reponse.context and reponse.context["form"].errors)
    apres = lettre_de(dossier).propres
    differents = {nom for nom in avant if (avant[nom] or None) != (apres[nom] or None)}
    moments = {propre.nom for propre in ROUTES[code].propres if propre.genre is Genre.MOMENT}
    assert differents <= moments
    verifier = lu(client.get(reverse("declarations:verifier", args=[dossier.cle])))
    assert "À corriger avant l’envoi" not in verifier
    apercu = client.get(reverse("declarations:apercu", args=[dossier.cle]))
    assert "Aperçu avant envoi" in texte(apercu.content)


@pytest.mark.parametrize("code", CODES)
def test_la_fiche_ouvre_chaque_route(code):
    from fiches import actes

    assert actes.adresse_de(f"signalement:{code}") == f"/declarations/nouvelle/{ROUTES[code].adresse}/"


@pytest.mark.parametrize("code", CODES)
def test_la_premiere_page_dit_ce_qu_il_ne_faut_pas_ecrire(code, distribution):
    page = lu(distribution.client(ECRIVENT[code]).get(reverse("declarations:nouvelle", args=[ROUTES[code].adresse])))
    for phrase in (*ROUTES[code].taire, *ROUTES[code].convient, ROUTES[code].bouton):
        assert phrase.replace("\u00a0", " ") in page


@pytest.mark.parametrize("code", CODES)
def test_ce_qu_une_suite_demande_se_garde_et_se_dit(code):
    for propre in ROUTES[code].suite:
        assert not propre.choix, "the demonstration writes a figure or a day"
        assert propre.genre in {Genre.LIGNE, Genre.JOUR}
        assert propre.dire("2026-11-20")
