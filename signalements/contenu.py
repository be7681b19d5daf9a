"""The letter read as a whole: the facts given to the controls, and the canonical content that is hashed and frozen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from convention.acteur import Acteur, rattachements_valides
from convention.annuaire import fraicheur
from convention.models import Service
from dossiers.models import Dossier, Personne, Piece
from dossiers.reprise import reprise_de
from signalements import grilles
from signalements.controles import Faits
from signalements.models import Signalement
from signalements.policies import place_d_auteur
from signalements.voies import Voie, voie_de
from signalements.voies.modele import Feuille

TRENTE_JOURS = timedelta(days=30)
CHAMPS = tuple(
    nom for nom in Signalement.CLASSES if nom not in {"etapes", "base_legale", "destinataire", "motif_decision"}
)


@dataclass(frozen=True, slots=True)
class Lu:
    """A signalement loaded once: envelope, letter, identities, pieces, voie."""

    dossier: Dossier
    lettre: Signalement
    personnes: Sequence[Personne]
    pieces: Sequence[Piece]
    voie: Voie

    @property
    def concernee(self) -> Personne | None:
        return next((personne for personne in self.personnes if personne.role == Personne.Role.CONCERNEE), None)

    @property
    def designee(self) -> Personne | None:
        return next((personne for personne in self.personnes if personne.role == Personne.Role.DESIGNEE), None)

    @property
    def enfants(self) -> list[Personne]:
        return [personne for personne in self.personnes if personne.role == Personne.Role.ENFANT]

    @property
    def sexe(self) -> str:
        return self.concernee.sexe if self.concernee else ""

    @property
    def feuilles(self) -> list[Feuille]:
        """The sheets to print for this person and these answers; an age that is not known is an adult's."""
        mineure = self.concernee is not None and self.concernee.age is not None and self.concernee.age < 18
        donnees = (self.lettre.propres or {}).items()
        return [
            feuille
            for feuille in self.voie.feuilles
            if not (feuille.adulte and mineure) and feuille.reponses.items() <= donnees
        ]


def lire(dossier: Dossier) -> Lu:
    """Load the letter and what hangs on it: three queries."""
    lettre = Signalement.objects.select_related("base_legale", "destinataire__institution").get(pk=dossier.pk)
    pieces = dossier.pieces.filter(document=None).select_related("fichier").prefetch_related("complements")
    voie = voie_de(dossier.variante)
    return Lu(
        dossier=dossier,
        lettre=lettre,
        personnes=list(dossier.personnes.all()),
        pieces=[piece for piece in pieces if not piece.complements.all() and voie.admet_piece(piece.intitule)],
        voie=voie,
    )


def age_au(naissance: date, jour: date) -> int:
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))


def rassembler(lu: Lu, acteur: Acteur) -> Faits:
    """What the controls may know, from the letter as it stands."""
    lettre, concernee, voie = lu.lettre, lu.concernee, lu.voie
    place, destinataire, base = place_d_auteur(acteur), lettre.destinataire, lettre.base_legale
    return Faits(
        voie=voie.code,
        age=concernee.age if concernee else None,
        lien_auteur=lettre.lien_auteur,
        danger_immediat=lettre.danger_immediat,
        danger_motive=bool(lettre.motif_danger.strip()),
        emprise=lettre.emprise,
        emprise_motivee=bool(lettre.motif_emprise.strip()),
        **_accord_et_information(lettre),
        profession=lettre.profession or (place.profession if place else ""),
        a_examine=lettre.a_examine,
        attestation_conscience=lettre.attestation_conscience,
        destinataire=adresse(destinataire) if destinataire else ("", ""),
        destinataires_admis=voie.destinataires,
        **fraicheur(destinataire),
        base_debut=base.debut if base else None,
        base_fin=base.fin if base else None,
        date_constat=timezone.localtime(lettre.date_constat) if lettre.date_constat else None,
        urgence=lu.dossier.urgence,
        appel=lettre.date_appel is not None,
        appel_le=timezone.localtime(lettre.date_appel) if lettre.date_appel else None,
        enfants=len(lu.enfants),
        arme=arme_notee(lettre),
        auteur_present=lettre.auteur_present_hopital,
        ages_admis=voie.ages,
        professions_admises=voie.professions,
        copies=frozenset(map(adresse, copies_de(lu))),
        enfants_lies=lu.dossier.liens_sortants.count(),
        identite=bool(concernee and concernee.nom and concernee.prenoms),
        date_faits=lettre.date_faits,
        commune=lettre.commune_faits if voie.demande("commune_faits") else "",
        pieces=frozenset(piece.intitule for piece in lu.pieces),
        faits_ecrits=lettre.faits_observes,
        paroles=lettre.propos_rapportes,
        propres=lettre.propres or {},
    )


def _accord_et_information(lettre: Signalement) -> dict[str, Any]:
    return {
        "accord_recherche": lettre.accord_recherche,
        "accord": lettre.accord,
        "accord_ecrit": lettre.accord_ecrit,
        "accord_portee": frozenset(lettre.accord_portee or ()),
        "information": lettre.information,
        "non_information_motivee": bool(lettre.motif_non_information.strip()),
    }


def a_un_doublon(lu: Lu, acteur: Acteur) -> bool:
    """One's own case of the same voie for a person of the same name, within thirty days."""
    if lu.concernee is None or not lu.concernee.index_nom:
        return False
    recents = Dossier.objects.visibles_par(acteur).filter(
        variante=lu.voie.code, cree_par_id=acteur.utilisateur_id, cree_le__gte=timezone.now() - TRENTE_JOURS
    )
    memes = Personne.objects.filter(role=Personne.Role.CONCERNEE, index_nom=lu.concernee.index_nom)
    return memes.filter(dossier__in=recents.exclude(pk=lu.dossier.pk)).exists()


def travaille_ici(lu: Lu) -> bool:
    """Whether somebody of the author's house bears the person's names: perhaps the same, perhaps not."""
    if lu.concernee is None or not (lu.concernee.nom and lu.concernee.prenoms):
        return False
    return (
        rattachements_valides()
        .filter(
            service__institution_id=lu.dossier.service_emetteur.institution_id,
            utilisateur__nom__iexact=lu.concernee.nom.strip(),
            utilisateur__prenom__iexact=lu.concernee.prenoms.split()[0],
        )
        .exists()
    )


def arme_notee(lettre: Signalement) -> bool:
    """Whether one of the signs of danger is a weapon."""
    reponses = (lettre.grille_d or {}).get("reponses", {})
    return any(reponses.get(code) == "OUI" for code in grilles.ARMES)


def adresse(service: Service) -> tuple[str, str]:
    """A service as a legal basis names it: its institution and what it is for."""
    return service.institution.code, service.domaine


def copies_dues(lu: Lu) -> tuple[str, ...]:
    """The codes of the services that the law puts in copy of this case."""
    return lu.voie.copies_pour(lu.concernee.age if lu.concernee else None, lu.lettre.propres or {})


def copies_de(lu: Lu) -> list[Service]:
    """The services that receive the same document at once, as the directory has them."""
    return services_de(copies_dues(lu))


def services_de(codes: Iterable[str]) -> list[Service]:
    codes = tuple(codes)
    return list(Service.objects.select_related("institution").filter(code__in=codes)) if codes else []


def nom_dit(lu: Lu, service: Service) -> str:
    """The name of a service in copy, as the document prints it: a discreet one names the institution alone."""
    return service.institution.nom if lu.voie.discret else service.nom_externe


def canonique(lu: Lu) -> dict[str, Any]:
    """The content whose hash freezes the letter: everything the recipient receives, identities and pieces included."""
    lettre = lu.lettre
    reprise = reprise_de(lu.dossier)
    return {
        **({"papier": [reprise.numero, reprise.rempli_le, reprise.saisi_le]} if reprise else {}),
        "reference": lu.dossier.reference,
        "voie": lu.voie.code,
        "base": lettre.base_legale.cle if lettre.base_legale else "",
        "destinataire": lettre.destinataire.code if lettre.destinataire else "",
        "copies": list(copies_dues(lu)),
        "personnes": [
            {nom: getattr(personne, nom) for nom in ("role", "nom", "prenoms", "naissance", "age", "sexe")}
            for personne in lu.personnes
        ],
        "pieces": [{"intitule": piece.intitule, "empreinte": piece.fichier.empreinte} for piece in lu.pieces],
        **{nom: getattr(lettre, nom) for nom in CHAMPS},
    }
