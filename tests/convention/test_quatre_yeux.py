"""Four eyes (SEC-08): every act of the product, every way round it."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention import acces_perdus, comptes, habilitations, quatre_yeux
from convention.models import DemandeDouble, Habilitation, Institution, PriseDeFonction, Rattachement
from convention.quatre_yeux import Acte, ApprobationRefusee, acte_de, approuvee, approuver, demander, refuser
from convention.rattachements import rattacher, terminer
from journal.models import Entree
from tests.accounts.identite import enroler
from tests.convention.accord import demander_changement
from tests.convention.gens import MOTIF, acteur, administrateur, compte, donnees
from tests.distribution import Distribution
from tests.rapport import consigner
from transitions.verdict import OUI, non

ESSAI = "essai.detruire"
TEXTES = {"version": 1}
ADMIN = Role.ADMIN_INSTITUTION


@pytest.fixture(autouse=True)
def _acte_d_essai(monkeypatch: pytest.MonkeyPatch) -> None:
    """An act like those of the other floors: its requester runs it, once approved."""
    TEXTES["version"] = 1
    monkeypatch.setattr(quatre_yeux, "_actes", dict(quatre_yeux._actes))
    administre = lambda a, d: OUI if a.a(ADMIN) and d.institution_id in a.institutions else non("Non.")  # noqa: E731
    quatre_yeux.enregistrer(
        Acte(ESSAI, "Détruire un essai", administre, lambda cle: dict(TEXTES), peut_demander=administre)
    )


class Scene:
    """A request made by the first administrator of a house, and its lawful second."""

    def __init__(self, distribution: Distribution, maison: str) -> None:
        self.distribution, self.maison = distribution, maison
        self.premier = administrateur(distribution, maison, 1, matricule="RPPS-77 01")
        self.second = administrateur(distribution, maison, 2)
        self.demande: DemandeDouble
        self.changer: Callable[[], Any]

    def repondre(self, utilisateur: User, lecture: Any = None) -> None:
        contenu = acte_de(self.demande.acte).contenu(self.demande.objet)
        approuver(demande=self.demande, contenu=contenu, acteur=lecture or acteur(utilisateur))


def _ouvrir(maison: str, service: str, role: Role, qualite: str) -> Callable[[Distribution], Scene]:
    def scene(distribution: Distribution) -> Scene:
        s = Scene(distribution, maison)
        valeurs = donnees(distribution, service, role, qualite=qualite, matricule="HAB-4411")
        ligne = habilitations.proposer(
            acteur=acteur(s.premier),
            institution=Institution.objects.get(code=maison),
            donnees=valeurs,
            motif=MOTIF,
        )
        s.demande = DemandeDouble.objects.get(objet=ligne.cle)
        s.changer = lambda: Habilitation.objects.filter(pk=ligne.pk).update(
            qualite="OPJ" if qualite != "OPJ" else "APJ"
        )
        return s

    return scene


def _reactiver(distribution: Distribution) -> Scene:
    s = Scene(distribution, "POLICE")
    opj = distribution.utilisateur("opj")
    comptes.suspendre(utilisateur=opj, motif="securite", acteur=acteur(s.second))
    s.demande = comptes.demander_reactivation(utilisateur=opj, motif=MOTIF, acteur=acteur(s.premier))
    s.changer = lambda: rattacher(
        utilisateur=opj, service=distribution.service("POLICE-SUR"), role=Role.ENQUETEUR, acteur=None
    )
    return s


def _rendre_acces(distribution: Distribution) -> Scene:
    s = Scene(distribution, "POLICE")
    opj = distribution.utilisateur("opj")
    enroler(opj)
    s.demande = acces_perdus.demander(utilisateur=opj, motif=MOTIF, acteur=acteur(s.premier))
    s.changer = lambda: User.objects.filter(pk=opj.pk).update(last_login=timezone.now())
    return s


def _titulaire(distribution: Distribution) -> Scene:
    s = Scene(distribution, "POLICE")
    prise = demander_changement(distribution, acteur=acteur(s.premier), motif=MOTIF)
    s.demande = DemandeDouble.objects.get(objet=prise.cle)
    s.changer = lambda: PriseDeFonction.objects.filter(pk=prise.pk).update(titre="Commissaire général")
    return s


def _essai(distribution: Distribution) -> Scene:
    s = Scene(distribution, "CHV")
    s.demande = demander(acte=ESSAI, objet=uuid.uuid4(), contenu=dict(TEXTES), motif=MOTIF, acteur=acteur(s.premier))
    s.changer = lambda: TEXTES.update(version=2)
    return s


ACTES: dict[str, Callable[[Distribution], Scene]] = {
    "compte de parquet": _ouvrir("PARQUET", "PARQUET-PERM", Role.PARQUET, "SUBSTITUT"),
    "compte de police": _ouvrir("POLICE", "POLICE-CSP", Role.ENQUETEUR, "OPJ"),
    "réouverture": _reactiver,
    "accès perdu": _rendre_acces,
    "titulaire": _titulaire,
    "acte d’un autre étage": _essai,
}


def le_demandeur(s: Scene) -> None:
    s.repondre(s.premier)


def le_meme_matricule(s: Scene) -> None:
    s.repondre(administrateur(s.distribution, s.maison, 3, matricule="rpps7701"))


def la_meme_adresse(s: Scene) -> None:
    locale = s.premier.courriel.partition("@")[0]
    s.repondre(compte(s.distribution, f"{locale}+bis@autre.test", _service(s), ADMIN, nom="Tout Autre"))


def la_meme_adresse_autrement(s: Scene) -> None:
    locale = s.premier.courriel.partition("@")[0].replace("-", ".")
    s.repondre(compte(s.distribution, f"{locale}@sso.test", _service(s), ADMIN, nom="Tout Autre"))


def le_meme_nom(s: Scene) -> None:
    double = compte(s.distribution, "inconnu@demo.test", _service(s), ADMIN, prenom=s.premier.nom.upper(), nom="Aléx")
    s.repondre(double)


def un_compte_suspendu(s: Scene) -> None:
    lecture = acteur(s.second)
    comptes.fermer(utilisateur=s.second, motif="securite", acteur=acteur(s.premier))
    s.repondre(s.second, lecture)


def un_role_perdu(s: Scene) -> None:
    lecture = acteur(s.second)
    terminer(rattachement=s.second.rattachements.get(), acteur=acteur(s.premier))
    s.repondre(s.second, lecture)


def un_role_change(s: Scene) -> None:
    lecture = acteur(s.second)
    Rattachement.objects.filter(utilisateur=s.second).update(role=Role.ORDRE)
    s.repondre(s.second, lecture)


def une_autre_maison(s: Scene) -> None:
    s.repondre(administrateur(s.distribution, "CHV" if s.maison != "CHV" else "POLICE", 4))


def un_simple_agent(s: Scene) -> None:
    s.repondre(s.distribution.utilisateur("juriste"))


def apres_24_heures(s: Scene) -> None:
    with vieillir(s.demande):
        s.repondre(s.second)


def un_contenu_change(s: Scene) -> None:
    s.changer()
    s.repondre(s.second)


def une_demande_deja_refusee(s: Scene) -> None:
    refuser(demande=s.demande, motif="Inconnu de nos services.", acteur=acteur(s.second))
    s.repondre(s.second)


def un_demandeur_suspendu(s: Scene) -> None:
    comptes.fermer(utilisateur=s.premier, motif="securite", acteur=acteur(s.second))
    s.repondre(s.second)


def un_demandeur_sans_role(s: Scene) -> None:
    terminer(rattachement=s.premier.rattachements.get(), acteur=acteur(s.second))
    s.repondre(s.second)


def _service(s: Scene) -> str:
    return s.premier.rattachements.get().service.code


class vieillir:
    """Now, a second after the request has expired."""

    def __init__(self, demande: DemandeDouble) -> None:
        import time_machine

        self.voyage = time_machine.travel(demande.expire_le + timedelta(seconds=1), tick=False)

    def __enter__(self) -> None:
        self.voyage.start()

    def __exit__(self, *_: object) -> None:
        self.voyage.stop()


# Each way round, and the words that prove it was refused for what it is.
CONTOURNEMENTS = {
    le_demandeur: "une autre personne",
    le_meme_matricule: "RPPS ou matricule",
    la_meme_adresse: "même adresse",
    la_meme_adresse_autrement: "même adresse",
    le_meme_nom: "même nom",
    un_compte_suspendu: "suspendu",
    un_role_perdu: "",
    un_role_change: "",
    une_autre_maison: "",
    un_simple_agent: "",
    apres_24_heures: "24 heures",
    un_contenu_change: "a changé",
    une_demande_deja_refusee: "a été refusée",
    un_demandeur_suspendu: "n’en a plus le droit",
    un_demandeur_sans_role: "n’en a plus le droit",
}


def test_aucun_contournement_ne_donne_une_approbation(distribution: Distribution) -> None:
    tentatives, passes, mal_dits = 0, [], []
    for nom, preparer in ACTES.items():
        for tenter, mots in CONTOURNEMENTS.items():
            point = transaction.savepoint()
            s = preparer(distribution)
            try:
                tenter(s)
            except ApprobationRefusee as refus:
                if not str(refus).endswith(".") or mots not in str(refus):
                    mal_dits.append((nom, tenter.__name__, str(refus)))
            else:
                passes.append((nom, tenter.__name__))
            s.demande.refresh_from_db()
            if s.demande.approuvee_le:
                passes.append((nom, tenter.__name__, "écrite"))
            tentatives += 1
            transaction.savepoint_rollback(point)
            TEXTES["version"] = 1
            distribution._utilisateurs.clear()
    consigner("sec-08", actes=len(ACTES), contournements=len(passes), tentatives=tentatives)
    assert passes == []
    assert mal_dits == []
    assert tentatives >= 10 * len(ACTES)


@pytest.mark.parametrize("nom", ACTES)
def test_la_seconde_personne_approuve_et_l_acte_se_fait_une_fois(distribution: Distribution, nom: str) -> None:
    s = ACTES[nom](distribution)
    contenu = acte_de(s.demande.acte).contenu(s.demande.objet)
    s.repondre(s.second)
    assert s.demande.approuvee_par == s.second
    if nom == "acte d’un autre étage":
        assert not approuvee(ESSAI, uuid.uuid4(), contenu)
        assert not approuvee(ESSAI, s.demande.objet, {"version": 3})
        assert approuvee(ESSAI, s.demande.objet, contenu)
    assert not approuvee(s.demande.acte, s.demande.objet, contenu)
    with pytest.raises(ApprobationRefusee, match="déjà reçu"):
        s.repondre(s.second)
    traces = Entree.objects.filter(objet="approbation", cle=s.demande.cle).order_by("pk")
    assert [trace.action for trace in traces.filter(resultat="fait")] == ["demander_approbation", "approuver"]
    assert MOTIF not in "".join(trace.contenu for trace in traces)


def test_une_approbation_perd_sa_valeur_avec_ceux_qui_l_ont_donnee(distribution: Distribution) -> None:
    s = _essai(distribution)
    s.repondre(s.second)
    comptes.fermer(utilisateur=s.second, motif="securite", acteur=acteur(s.premier))
    assert not approuvee(ESSAI, s.demande.objet, dict(TEXTES))


def test_une_approbation_ne_sert_plus_apres_24_heures(distribution: Distribution) -> None:
    s = _essai(distribution)
    s.repondre(s.second)
    with vieillir(s.demande):
        assert not approuvee(ESSAI, s.demande.objet, dict(TEXTES))


def test_un_motif_trop_court_ou_une_demande_double_sont_refuses(distribution: Distribution) -> None:
    s = _essai(distribution)
    for motif in ("", "trop court", " " * 60):
        with pytest.raises(ApprobationRefusee, match="motif"):
            demander(acte=ESSAI, objet=uuid.uuid4(), contenu={}, motif=motif, acteur=acteur(s.premier))
    with pytest.raises(ApprobationRefusee, match="attend déjà"):
        demander(acte=ESSAI, objet=s.demande.objet, contenu=dict(TEXTES), motif=MOTIF, acteur=acteur(s.premier))
    with pytest.raises(ApprobationRefusee):
        demander(acte=ESSAI, objet=uuid.uuid4(), contenu={}, motif=MOTIF, acteur=distribution.acteur("soignante"))
    with pytest.raises(KeyError):
        demander(acte="inconnu", objet=uuid.uuid4(), contenu={}, motif=MOTIF, acteur=acteur(s.premier))


def test_la_base_refuse_elle_meme_qu_une_personne_compte_double(distribution: Distribution) -> None:
    s = _essai(distribution)
    lignes = DemandeDouble.objects.filter(pk=s.demande.pk)
    for champs in (
        {"approuvee_par": s.premier, "approuvee_le": timezone.now()},
        {"approuvee_par": s.second},
        {"approuvee_par": s.second, "approuvee_le": s.demande.expire_le + timedelta(hours=1)},
        {"consommee_le": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            lignes.update(**champs)


@pytest.mark.parametrize("champ", ["empreinte", "motif", "acte", "expire_le"])
def test_la_base_fige_ce_qui_a_ete_demande(distribution: Distribution, champ: str) -> None:
    s = _essai(distribution)
    valeur: Any = s.demande.expire_le + timedelta(days=9) if champ == "expire_le" else "autre"
    with pytest.raises((InternalError, ProgrammingError, IntegrityError)), transaction.atomic():
        DemandeDouble.objects.filter(pk=s.demande.pk).update(**{champ: valeur})


def test_le_demandeur_retire_sa_demande_et_un_etranger_ne_peut_pas_la_refuser(distribution: Distribution) -> None:
    s = _essai(distribution)
    with pytest.raises(ApprobationRefusee):
        refuser(demande=s.demande, motif="", acteur=distribution.acteur("juriste"))
    refuser(demande=s.demande, motif="", acteur=acteur(s.premier))
    with pytest.raises(ApprobationRefusee, match="refusée"):
        s.repondre(s.second)
    assert Entree.objects.filter(action="retirer_demande", cle=s.demande.cle).exists()


@pytest.mark.django_db(transaction=True)
def test_deux_approbations_au_meme_instant_n_en_font_qu_une() -> None:
    distribution = Distribution()
    s = _essai(distribution)
    troisieme = administrateur(distribution, "CHV", 5)
    depart, reussites, refus = threading.Barrier(2), [], []

    def tenter(utilisateur: User) -> None:
        lecture = acteur(utilisateur)
        demande = DemandeDouble.objects.get(pk=s.demande.pk)
        depart.wait(timeout=20)
        try:
            approuver(demande=demande, contenu=dict(TEXTES), acteur=lecture)
            reussites.append(utilisateur.pk)
        except ApprobationRefusee as raison:
            refus.append(str(raison))
        finally:
            connection.close()

    fils = [threading.Thread(target=tenter, args=(u,)) for u in (s.second, troisieme)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=30)
    assert len(reussites) == 1
    assert len(refus) == 1
    assert "déjà reçu" in refus[0]
