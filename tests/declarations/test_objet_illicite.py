"""An object found goes to the police without a name: the whole way, and everything that must not go with it."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from dossiers.classes import Classe
from dossiers.models import Participation, Personne
from dossiers.models.participation import Part
from signalements import instruction
from signalements.controles import CONTROLES, Faits
from signalements.declarations import envoi
from signalements.declarations.routes import ROUTES
from signalements.models import Declaration, Suite
from signalements.remise import ControlesBloquants
from tests.coffre_ouvert import lire as lire_fichier
from tests.declarations.situation import lettre_de, prete, recue, signature, transmise
from tests.imprime import texte
from transitions.verdict import Niveau

CT07B = {
    "categorie": "STUPEFIANT",
    "description": "Douze sachets d’herbe séchée dans une veste.",
    "decouvert_par_1": "Camille Ferrand",
    "decouvert_par_2": "Zoé Maillard",
    "scelle_no": "S-2026-0000012345",
}


def trouve(numero: str, urgence: str = "ORDINAIRE", appel: bool = False, **reponses: object) -> Niveau | None:
    constat = CONTROLES[numero](Faits("OBJET_ILLICITE", urgence=urgence, appel=appel, propres=CT07B | reponses))
    return constat.niveau if constat else None


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


def test_le_modele_n_a_aucune_colonne_d_identite_ni_de_sante():
    assert {Classe.IDENTITE, Classe.MEDICAL}.isdisjoint(Declaration.CLASSES.values())
    for route in ROUTES.values():
        for propre in (*route.propres, *route.suite):
            assert propre.classe not in {Classe.IDENTITE, Classe.MEDICAL}, propre.nom
            assert "patient" not in propre.nom, propre.nom


@pytest.mark.django_db
def test_la_base_refuse_qu_une_identite_se_rattache_a_une_declaration(soignante):
    dossier = prete(soignante)
    with pytest.raises(DatabaseError, match="aucune identite"), transaction.atomic():
        Personne.objects.create(dossier=dossier, nom="Untel")
    assert not dossier.personnes.exists()


@pytest.mark.parametrize(
    "texte_saisi",
    [
        "Trouvé sur M. Dupont",
        "Veste de Mme X, 12 sachets",
        "IPP 4512",
        "Numéro 8012345678",
        "Dans la chambre 214",
        "Au pied du lit 3",
        "Patiente Lefebvre",
        "Né le 3 mai",
        "Jean MARTIN",
    ],
)
def test_c16_un_nom_un_numero_ou_une_chambre_retiennent_l_envoi(texte_saisi):
    assert trouve("C16", description=texte_saisi) is Niveau.BLOQUANT
    assert trouve("C16", conditionnement=texte_saisi) is Niveau.BLOQUANT


def test_c16_laisse_l_objet_le_scelle_et_les_agents():
    assert trouve("C16") is None
    assert trouve("C16", description="Couteau pliant, lame de 9 cm. Le patient l’a remis.", quantite="18 g") is None


def test_c70_une_arme_sans_appel_se_dit_et_ne_bloque_pas():
    assert trouve("C70", urgence="IMMEDIATE") is Niveau.ALERTE
    assert trouve("C70", urgence="IMMEDIATE", appel=True) is None
    assert trouve("C70") is None


@pytest.mark.parametrize("second", ["", "Camille Ferrand", " camille ferrand "])
def test_c71_deux_agents_sont_deux(second):
    assert trouve("C71", decouvert_par_2=second) is Niveau.BLOQUANT
    assert trouve("C71") is None


def test_la_remise_part_figee_et_ne_porte_ni_agent_ni_coffre_ni_service(soignante):
    dossier = transmise(soignante)
    lettre = lettre_de(dossier)
    assert lettre.fige_le
    assert lettre.empreinte
    assert dossier.reference.startswith("SIG-")
    roles = list(Participation.objects.filter(content_object=dossier).order_by("pk").values_list("role", flat=True))
    assert roles == [Part.Role.DESTINATAIRE, Part.Role.COPIE, Part.Role.COPIE]
    document = dossier.pieces.get()
    assert {s.code for s in document.remise_a.all()} == {"POLICE-CSP", "CHV-SECU", "CHV-GARDE"}
    pdf = texte(lire_fichier(document.fichier))
    for mention in (
        "Bordereau de remise d’un objet",
        "S-2026-118",
        "Douze sachets",
        "Stupéfiant",
        "accueil des autorités",
    ):
        assert mention in pdf, mention
    for interdite in ("Zoé Maillard", "Coffre 2", dossier.service_emetteur.nom, "Patient", "chambre"):
        assert interdite not in pdf, interdite


def test_un_nom_retient_l_envoi_et_rien_ne_part(soignante):
    dossier = prete(soignante, description="Trouvé dans la veste de M. Dupont")
    with pytest.raises(ControlesBloquants) as refus:
        envoi.transmettre(dossier=dossier, acteur=soignante, signature=signature())
    assert [c.numero for c in refus.value.constats if c.bloque] == ["C16"]


@pytest.mark.parametrize("service", ["PARQUET-PERM", "CRIP-59", "MA-GREFFE", "SPREF-SEC"])
def test_c07_personne_d_autre_que_les_forces_de_l_ordre_ne_le_recoit(service, soignante):
    with pytest.raises(ControlesBloquants) as refus:
        envoi.transmettre(dossier=prete(soignante), acteur=soignante, signature=signature(service))
    assert [c.numero for c in refus.value.constats if c.bloque] == ["C07"]


def test_une_arme_a_feu_rend_l_envoi_urgent(soignante):
    assert transmise(soignante, categorie="ARME_FEU").urgence == "IMMEDIATE"
    assert transmise(soignante).urgence == "ORDINAIRE"


def test_le_commissariat_trouve_la_remise_dans_sa_boite_et_y_repond(soignante, distribution):
    dossier, client = transmise(soignante), distribution.client("opj")
    boite = lu(client.get(reverse("signalements:parquet")))
    assert dossier.reference in boite
    assert "Objet illicite trouvé" in boite
    page = lu(client.get(reverse("declarations:dossier", args=[dossier.cle])))
    assert "Douze sachets" in page
    assert "Accuser réception" in page
    for interdite in ("Zoé Maillard", "Coffre 2", dossier.service_emetteur.nom):
        assert interdite not in page, interdite
    client.post(reverse("declarations:geste", args=[dossier.cle, "accuser"]))
    saisie = {"cle": "0b1e7d3a-0a0a-4c3e-8a3a-1f1f1f1f1f1f", "suite_type": "REMIS", "jour": "2026-11-20"}
    sans = client.post(reverse("declarations:suite", args=[dossier.cle]), saisie)
    assert "Indiquez le numéro du récépissé." in lu(sans)
    complete = saisie | {"recepisse": "R-77", "matricule": "598877", "information": "Scellé reçu intact."}
    assert client.post(reverse("declarations:suite", args=[dossier.cle]), complete).status_code == 302
    assert Suite.objects.get().propres == {"recepisse": "R-77", "matricule": "598877"}
    suivi = lu(distribution.client("soignante").get(reverse("declarations:dossier", args=[dossier.cle])))
    for mention in ("Objet reçu contre récépissé", "R-77", "598877", "Scellé reçu intact."):
        assert mention in suivi
    client.post(reverse("declarations:geste", args=[dossier.cle, "clore"]))
    dossier.refresh_from_db()
    assert dossier.etat == "CLOS"


def test_l_auteur_ne_repond_pas_a_la_place_de_la_police(soignante, opj, distribution):
    dossier = recue(soignante, opj)
    assert distribution.client("soignante").get(reverse("declarations:suite", args=[dossier.cle])).status_code == 403
    assert distribution.client("securite").get(reverse("declarations:suite", args=[dossier.cle])).status_code == 403


@pytest.mark.parametrize("qui", ["infirmiere", "cadre", "parquet", "etranger", "crip", "prefecture", "gendarme"])
def test_les_autres_ne_savent_rien(qui, soignante, distribution):
    dossier = transmise(soignante)
    for nom in ("dossier", "verifier", "apercu", "suite"):
        reponse = distribution.client(qui).get(reverse(f"declarations:{nom}", args=[dossier.cle]))
        assert reponse.status_code == 404, (qui, nom)


def test_le_parquet_ne_commence_pas_une_remise(distribution):
    reponse = distribution.client("parquet").get(reverse("declarations:nouvelle", args=["objet-illicite"]))
    assert "Votre rôle n’écrit pas cette déclaration" in lu(reponse)
    assert (
        distribution.client("parquet")
        .post(reverse("declarations:nouvelle", args=["objet-illicite"]), {"cle": "x"})
        .status_code
        == 403
    )


def test_un_complement_n_introduit_pas_de_nom(soignante, distribution):
    dossier, client = transmise(soignante), distribution.client("soignante")
    adresse = reverse("declarations:completer", args=[dossier.cle])
    saisie = {"cle": "0b1e7d3a-0a0a-4c3e-8a3a-1f1f1f1f1f1e", "texte": "C’était la veste de M. Dupont."}
    refus = client.post(adresse, saisie)
    assert "ressemble à un nom" in lu(refus)
    assert not dossier.complements.exists()
    assert client.post(adresse, saisie | {"texte": "Un treizième sachet, même scellé."}).status_code == 302
    assert dossier.complements.get().texte == "Un treizième sachet, même scellé."


def test_la_demande_de_complement_arrete_le_delai_et_la_reponse_le_relance(soignante, opj):
    dossier = recue(soignante, opj)
    dossier = instruction.demander_complement(dossier=dossier, acteur=opj, texte="Quel poids ?")
    assert dossier.etat == "COMPLEMENT_DEMANDE"
    instruction.completer(dossier=dossier, acteur=soignante, cle=dossier.cle, texte="18 g")
    dossier.refresh_from_db()
    assert dossier.etat == "SUITES_EN_COURS"


def test_ce_qui_est_saisi_de_travers_revient_avec_sa_phrase(soignante, distribution):
    dossier, client = prete(soignante), distribution.client("soignante")
    adresse = reverse("declarations:page", args=[dossier.cle, "decouverte"])
    page = lu(client.post(adresse, {"description": "Sachet bleu", "decouvert_le": "2031-01-01T10:00"}))
    for phrase in ("Choisissez la nature apparente", "Sachet bleu", "Ce moment est dans le futur"):
        assert phrase in page
    reprise = lu(client.get(adresse))
    assert "Sachet bleu" in reprise


def test_la_fiche_ouvre_la_remise(distribution):
    from fiches import actes

    assert actes.adresse_de("signalement:OBJET_ILLICITE") == "/declarations/nouvelle/objet-illicite/"
