"""« Pourquoi ne puis-je pas ? »: each reason on the page is the verdict of the workflow, for every state and person."""

import html

from dossiers.lecteurs import empechements
from dossiers.models import Dossier
from dossiers.registre import type_de
from tests.contrats.fabrique import fabriques
from tests.distribution import Distribution
from tests.rapport import consigner


def test_chaque_raison_vient_du_verdict_de_chaque_transition_pour_chacun(distribution: Distribution) -> None:
    raisons = ecarts = 0
    for fabrique in fabriques().values():
        dossier = fabrique.ouvrir(distribution)
        workflow = type_de(dossier).workflow
        for nom in (fabrique.auteur, *fabrique.lecteurs):
            acteur = distribution.acteur(nom)
            for etat in workflow.etats:
                lu = Dossier.objects.get(pk=dossier.pk)
                lu.etat = etat
                dites = {un.transition.nom: un.raison for un in empechements(lu, acteur)}
                for transition in workflow.transitions:
                    verdict = workflow.verdict(transition, lu, acteur)
                    ecarts += dites.get(transition, "") != verdict.raison
                    raisons += not verdict
    consigner("pourquoi", raisons=raisons, ecarts=ecarts)
    assert raisons >= 200
    assert ecarts == 0


def test_la_page_du_dossier_mene_aux_deux_questions_et_dit_chaque_raison(distribution: Distribution) -> None:
    pages = 0
    for fabrique in fabriques().values():
        dossier = fabrique.ouvrir(distribution)
        for nom in (fabrique.auteur, *fabrique.lecteurs):
            client = distribution.client(nom)
            page = client.get(type_de(dossier).adresse(dossier, distribution.acteur(nom)), follow=True)
            lien = f"/dossiers/{dossier.cle}/acces/"
            assert f'href="{lien}"' in page.content.decode(), (fabrique.nature, nom)
            assert f'href="{lien}#pourquoi"' in page.content.decode()
            acces = html.unescape(client.get(lien).content.decode())
            for un in empechements(dossier, distribution.acteur(nom)):
                assert un.raison in acces, (nom, un.transition.nom)
                assert un.transition.libelle in acces
            pages += 1
        etranger = distribution.client(fabrique.etranger)
        assert etranger.get(f"/dossiers/{dossier.cle}/acces/").status_code == 404
    assert pages >= 7


def test_le_requerant_ne_lit_ni_le_service_ni_les_noms_de_l_hopital(distribution: Distribution) -> None:
    fabrique = fabriques()["requisitions"]
    dossier = fabrique.ouvrir(distribution)
    page = distribution.client("opj").get(f"/dossiers/{dossier.cle}/acces/").content.decode()
    for service in ("CHV-DAJ", "CHV-URG"):
        assert distribution.service(service).nom not in page
    assert distribution.utilisateur("juriste").nom_complet not in page
    assert "accueil des autorités" in page
