"""The pages of accounts: who opens them, what they show, what they never show."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention.models import DemandeDouble, Habilitation
from convention.rattachements import rattacher
from documents.marque import demarquer
from dossiers.brouillons import commencer as commencer_brouillon
from tests.architecture.adresses import adresses, valeurs_d_exemple
from tests.convention.gens import MOTIF, acteur, administrateur, client, compte
from tests.distribution import NOMS, Distribution
from tests.signalements.situation import JETON, brouillon, transmis

LECTEURS = {"admin_chv", "dpo", "referente"}
DANGEREUX = ("=1+1", "+33", "-2", "@SOMME(A1)", "\t=1", "\r=1")


def formulaire(distribution: Distribution, **autres: object) -> dict[str, object]:
    return {
        "prenom": "Ada",
        "nom": "Courtois",
        "courriel": "ada.courtois@demo.test",
        "service": distribution.service("CHV-DAJ").pk,
        "role": "JURISTE",
        "debut_le": timezone.localdate().isoformat(),
        "motif": MOTIF,
        **autres,
    }


def test_seuls_les_gerants_et_les_lecteurs_ouvrent_les_comptes(distribution: Distribution) -> None:
    cle = distribution.utilisateur("soignante").cle
    for nom in NOMS:
        navigateur = client(distribution.utilisateur(nom))
        attendu = 200 if nom in LECTEURS else 403
        for adresse in ("/comptes/", f"/comptes/{cle}/", "/comptes/revue/CHV/"):
            assert navigateur.get(adresse).status_code == attendu, (nom, adresse)
        assert navigateur.get("/comptes/approbations/").status_code == 200


def test_un_administrateur_ne_connait_pas_les_comptes_des_autres_maisons(distribution: Distribution) -> None:
    opj = distribution.utilisateur("opj")
    navigateur = client(distribution.utilisateur("admin_chv"))
    assert opj.nom not in navigateur.get("/comptes/").content.decode()
    for suite in ("", "droit/", "depart/"):
        assert navigateur.get(f"/comptes/{opj.cle}/{suite}").status_code == 404
    for suite in ("suspendre/", "rouvrir/"):
        assert navigateur.post(f"/comptes/{opj.cle}/{suite}", {"motif": "securite"}).status_code == 404
    assert navigateur.get("/comptes/revue/POLICE/").status_code == 404
    opj.refresh_from_db()
    assert opj.is_active


@pytest.mark.parametrize("nom", ["dpo", "referente"])
def test_les_lecteurs_lisent_sans_rien_pouvoir_changer(distribution: Distribution, nom: str) -> None:
    distribution.utilisateur("admin_chv")
    soignante, navigateur = distribution.utilisateur("soignante"), client(distribution.utilisateur(nom))
    page = navigateur.get(f"/comptes/{soignante.cle}/").content.decode()
    assert "Suspendre maintenant" not in page
    assert "Enregistrer un départ" not in page
    assert navigateur.get(f"/comptes/{soignante.cle}/droit/").status_code == 403
    assert navigateur.get(f"/comptes/{soignante.cle}/depart/").status_code == 403
    assert navigateur.get("/comptes/inviter/").status_code == 403
    assert navigateur.get("/comptes/inviter/CHV/").status_code == 403
    navigateur.post(f"/comptes/{soignante.cle}/suspendre/", {"motif": "securite"})
    soignante.refresh_from_db()
    assert soignante.is_active


def test_la_referente_invite_le_premier_administrateur_d_un_partenaire(distribution: Distribution) -> None:
    distribution.utilisateur("admin_chv")
    navigateur = client(distribution.utilisateur("referente"))
    assert "/comptes/inviter/GENDARMERIE/" in navigateur.get("/comptes/").content.decode()
    saisie = formulaire(distribution, service=distribution.service("GEND-COB1").pk, role="ADMIN_INSTITUTION")
    assert navigateur.post("/comptes/inviter/GENDARMERIE/", saisie).status_code == 302
    assert DemandeDouble.objects.get().institution.code == "GENDARMERIE"
    assert "Ada Courtois" in client(distribution.utilisateur("dpo")).get("/comptes/approbations/").content.decode()


def test_une_invitation_va_du_formulaire_au_compte(distribution: Distribution) -> None:
    premier, second = administrateur(distribution, "CHV", 1), administrateur(distribution, "CHV", 2)
    reponse = client(premier).post("/comptes/inviter/", formulaire(distribution), follow=True)
    assert "second administrateur" in reponse.content.decode()
    demande = DemandeDouble.objects.get()
    page = client(second).get("/comptes/approbations/").content.decode()
    assert "Ada Courtois" in page
    assert MOTIF in page
    assert (
        "Ada Courtois" not in client(distribution.utilisateur("juriste")).get("/comptes/approbations/").content.decode()
    )
    client(premier).post(f"/comptes/approbations/{demande.cle}/", {"geste": "approuver"})
    assert not User.objects.filter(courriel="ada.courtois@demo.test").exists()
    etranger = client(distribution.utilisateur("juriste"))
    assert etranger.post(f"/comptes/approbations/{demande.cle}/", {"geste": "approuver"}).status_code == 404
    client(second).post(f"/comptes/approbations/{demande.cle}/", {"geste": "approuver"})
    assert acteur(User.objects.get(courriel="ada.courtois@demo.test")).a(Role.JURISTE)


def test_les_actes_sur_les_comptes_demandent_une_preuve_d_identite_recente(distribution: Distribution) -> None:
    admin, soignante = distribution.utilisateur("admin_chv"), distribution.utilisateur("soignante")
    navigateur = client(admin, eleve=False)
    for adresse in ("/comptes/inviter/", f"/comptes/{soignante.cle}/droit/", f"/comptes/{soignante.cle}/depart/"):
        reponse = navigateur.get(adresse)
        assert reponse.status_code == 302
        assert reponse.headers["Location"].startswith("/confirmer/")
    navigateur.post(f"/comptes/{soignante.cle}/suspendre/", {"motif": "securite"})
    soignante.refresh_from_db()
    assert not soignante.is_active


def test_une_saisie_incomplete_dit_quoi_faire_et_garde_ce_qui_est_tape(distribution: Distribution) -> None:
    navigateur = client(distribution.utilisateur("admin_chv"))
    saisie = formulaire(distribution, role="MEDECIN_RESPONSABLE", motif="trop court", nom="Garde-Moi")
    page = navigateur.post("/comptes/inviter/", saisie).content.decode()
    for phrase in ("Choisissez la profession", "au moins 20 caractères", "Garde-Moi", "Donnez le numéro RPPS"):
        assert phrase in page
    page = navigateur.post("/comptes/inviter/", formulaire(distribution, institution=1)).content.decode()
    assert "un champ que la page ne demande pas" in page
    autre = formulaire(distribution, service=distribution.service("POLICE-CSP").pk)
    assert "field--error" in navigateur.post("/comptes/inviter/", autre).content.decode()
    assert not Habilitation.objects.exists()


def test_la_liste_coute_autant_pour_une_personne_que_pour_cent(
    distribution: Distribution, django_assert_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    navigateur = client(distribution.utilisateur("admin_chv"))
    navigateur.get("/comptes/")
    with CaptureQueriesContext(connection) as peu:
        navigateur.get("/comptes/")
    for rang in range(100):
        compte(distribution, f"agent-{rang:03d}@demo.test", "CHV-URG", Role.SOIGNANT, nom=f"Agent{rang:03d}")
    with CaptureQueriesContext(connection) as beaucoup:
        page = navigateur.get("/comptes/").content.decode()
    assert len(beaucoup) == len(peu)
    assert page.count('class="rowlink"') == 50


def test_les_pages_se_suivent_sans_perdre_ni_repeter_personne(distribution: Distribution) -> None:
    navigateur = client(distribution.utilisateur("admin_chv"))
    for rang in range(120):
        compte(distribution, f"agent-{rang:03d}@demo.test", "CHV-URG", Role.SOIGNANT, nom="Même", prenom=f"P{rang % 7}")
    vus: list[str] = []
    donnees: dict[str, str] = {}
    for _ in range(5):
        page = navigateur.post("/comptes/", donnees).content.decode()
        vus += re.findall(r'class="rowlink" href="/comptes/([0-9a-f-]+)/"', page)
        suite = re.search(r'name="apres" value="([0-9a-f-]+)"', page)
        if suite is None:
            break
        donnees = {"apres": suite.group(1)}
    assert len(vus) == len(set(vus)) == 121


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        ({"texte": "maillard"}, {"infirmiere"}),
        ({"role": "JURISTE"}, {"juriste"}),
        ({"etat": "suspendu"}, {"cadre"}),
        ({"etat": "invite", "role": "SOIGNANT"}, {"soignante", "infirmiere"}),
        ({"role": "INCONNU"}, {"soignante", "infirmiere", "juriste", "cadre", "admin_chv"}),
    ],
)
def test_la_liste_se_filtre(distribution: Distribution, filtre: dict[str, str], attendus: set[str]) -> None:
    from convention import comptes

    gens = {nom: distribution.utilisateur(nom) for nom in ("soignante", "infirmiere", "juriste", "cadre", "admin_chv")}
    comptes.suspendre(utilisateur=gens["cadre"], motif="absence", acteur=distribution.acteur("admin_chv"))
    page = client(gens["admin_chv"]).post("/comptes/", filtre).content.decode()
    trouves = set(re.findall(r'class="rowlink" href="/comptes/([0-9a-f-]+)/"', page))
    assert trouves == {str(gens[nom].cle) for nom in attendus}


def test_l_administratrice_ne_lit_aucune_donnee_d_un_dossier_nulle_part(distribution: Distribution) -> None:
    """The canaries over every address, as the account manager of the hospital."""
    distribution.utilisateur("parquet")
    soignante = distribution.acteur("soignante")
    valeurs = valeurs_d_exemple(distribution)
    envoye, ecrit = transmis(soignante), brouillon(soignante)
    commencer_brouillon(genre="signalement", acteur=soignante)
    distribution.utilisateur("infirmiere")
    navigateur = client(distribution.utilisateur("admin_chv"))
    navigateur.raise_request_exception = False
    fuites, visites, personnels = [], 0, {"cle": soignante.cle, "code": "CHV", "numero": 1}
    for adresse in adresses():
        if adresse.nom in {"accounts:deconnexion", "accounts:masquer", "accounts:verrouille"}:
            continue
        espace, cles = adresse.nom.split(":")[0], {nom for _, nom in adresse.parametres}
        jeux = [valeurs.get(espace, {}), {"cle": envoye.cle}] if cles else [{}]
        jeux += [{"cle": ecrit.cle}] if espace == "signalements" and cles else []
        jeux += [personnels] if espace == "convention" and cles else []
        for jeu in jeux:
            page = navigateur.get(adresse.visite(jeu)).content.decode(errors="ignore")
            visites += 1
            fuites += [
                (adresse.nom, canari) for canari in JETON.values() if canari.startswith("CANARI-") and canari in page
            ]
    assert fuites == []
    assert visites >= 100
    depart = navigateur.get(f"/comptes/{soignante.cle}/depart/").content.decode()
    assert envoye.reference in depart
    assert "CANARI" not in depart


def test_la_collegue_qui_reprend_un_signalement_ouvre_la_page_de_l_auteur(distribution: Distribution) -> None:
    from convention.departs import partir

    distribution.utilisateur("parquet")
    dossier = transmis(distribution.acteur("soignante"))
    collegue = distribution.utilisateur("infirmiere")
    partir(
        partant=distribution.utilisateur("soignante"),
        successeurs={dossier.cle: collegue},
        acteur=distribution.acteur("admin_chv"),
    )
    reponse = client(collegue).get(f"/signalements/{dossier.cle}/consultation/", follow=True)
    assert reponse.status_code == 200
    assert dossier.reference in reponse.content.decode()
    assert dossier.reference in client(collegue).get("/signalements/").content.decode()


def test_la_revue_va_de_l_ouverture_a_la_cloture(distribution: Distribution) -> None:
    admin, second = administrateur(distribution, "CHV", 1), administrateur(distribution, "CHV", 2)
    soignante = distribution.utilisateur("soignante")
    rattacher(utilisateur=soignante, service=distribution.service("CHV-DAJ"), role=Role.JURISTE, acteur=None)
    soignante.rattachements.update(debut_le=timezone.localdate() - timedelta(days=400))
    navigateur, autre = client(admin), client(second)
    assert "La revue des droits est à faire" in navigateur.get("/comptes/").content.decode()
    navigateur.post("/comptes/revue/CHV/geste/", {"geste": "ouvrir"})
    from convention.models import RevueDroits

    revue = RevueDroits.objects.get()
    assert revue.lignes.count() == 4
    navigateur.post("/comptes/revue/CHV/geste/", {"geste": "clore"})
    revue.refresh_from_db()
    assert revue.close_le is None
    for ligne in revue.lignes.select_related("rattachement"):
        sienne = ligne.rattachement.utilisateur_id == admin.pk
        geste = "terminer" if ligne.rattachement.role == Role.JURISTE else "confirmer"
        navigateur.post(f"/comptes/revue/CHV/{ligne.pk}/", {"geste": geste})
        ligne.refresh_from_db()
        assert bool(ligne.decision) is not sienne
        if sienne:
            autre.post(f"/comptes/revue/CHV/{ligne.pk}/", {"geste": "confirmer"})
    navigateur.post("/comptes/revue/CHV/geste/", {"geste": "clore"})
    revue.refresh_from_db()
    assert revue.close_par == admin
    assert acteur(soignante).roles == {Role.SOIGNANT}
    assert "La revue des droits est à faire" not in navigateur.get("/comptes/").content.decode()


def test_l_export_de_la_revue_n_a_aucune_cellule_active(distribution: Distribution) -> None:
    from tests.rapport import consigner

    admin = administrateur(distribution, "CHV", 1)
    for rang, texte in enumerate(DANGEREUX):
        compte(distribution, f"piege-{rang}@demo.test", "CHV-URG", Role.SOIGNANT, nom=f"{texte}x", prenom=texte)
    navigateur = client(admin)
    navigateur.post("/comptes/revue/CHV/geste/", {"geste": "ouvrir"})
    reponse = navigateur.get("/comptes/revue/CHV/export/")
    assert reponse.headers["Content-Disposition"].startswith("attachment")
    lignes = demarquer(reponse.content)[0].decode("utf-8-sig").splitlines()
    cellules = [cellule.strip('"') for ligne in lignes[1:] for cellule in ligne.split(";")]
    actives = [c for c in cellules if c[:1] in "=+-@\t\r" and c and not re.fullmatch(r"-?\d+", c)]
    consigner("revue-export", cellules=len(cellules), actives=len(actives))
    assert actives == []
    assert len(lignes) == 1 + 1 + len(DANGEREUX)
    assert client(admin, eleve=False).get("/comptes/revue/CHV/export/").status_code == 302
