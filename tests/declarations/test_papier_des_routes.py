"""The blank form of each declaration: the very questions of its pages, and the way back into a draft."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.papier import formulaires, numeroter
from dossiers.reprise import reprise_de
from signalements.champs import Genre
from signalements.declarations.papier import CODES, FORMULAIRES, formulaire_de
from signalements.declarations.routes import ROUTES
from tests.declarations.situation import brouillon


def test_chaque_route_a_son_papier_dans_la_mallette_de_l_hopital():
    assert set(CODES) == set(ROUTES)
    assert {formulaire.code for formulaire in FORMULAIRES} <= {f.code for f in formulaires(hospitalier=True)}
    assert not {f.code for f in formulaires(hospitalier=False)} & set(CODES.values())


@pytest.mark.parametrize("code", sorted(ROUTES))
def test_le_papier_pose_chaque_question_de_la_route(code):
    route, papier = ROUTES[code], formulaire_de(ROUTES[code])
    poses = {champ.libelle: champ for section in papier.sections for champ in section.champs}
    for propre in route.propres:
        assert propre.libelle in poses, propre.nom
        if propre.genre in {Genre.CHOIX, Genre.PLUSIEURS, Genre.OUI_NON}:
            assert poses[propre.libelle].cases, propre.nom


def test_un_papier_rempli_devient_un_brouillon_qui_dit_son_heure(soignante, distribution):
    dossier, client = brouillon(soignante, "SANS_IDENTITE"), distribution.client("soignante")
    adresse = reverse("declarations:papier", args=[dossier.cle])
    rempli_le = timezone.localtime() - timedelta(hours=3)
    hier = timezone.localdate() - timedelta(days=1)

    def saisir(papier):
        numero = numeroter(papier, institution="CHV", jour=hier, rang=1)
        return client.post(adresse, {"numero": numero, "rempli_le": f"{rempli_le:%Y-%m-%dT%H:%M}"})

    refusee = saisir(formulaire_de(ROUTES["OBJET_ILLICITE"]))
    assert "autre formulaire" in refusee.content.decode()
    assert saisir(formulaire_de(ROUTES["SANS_IDENTITE"])).status_code == 302
    assert reprise_de(dossier).numero.startswith("P-INC-")
    assert distribution.client("infirmiere").get(adresse).status_code == 404
