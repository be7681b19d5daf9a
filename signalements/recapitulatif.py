"""The letter in sections and lines: one text for the page that is checked, the recipient's page and the PDF."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from convention.models import Rattachement
from dossiers.classes import Classe
from dossiers.models import Personne
from dossiers.reprise import phrase, reprise_de
from presentation.temps import date_fr, heure_fr
from signalements import corps, grilles
from signalements.contenu import Lu
from signalements.parcours import pages_de
from signalements.reponses import Lesion, Portee, Violence

NON_RENSEIGNE = "Non renseigné"
AU_FEMININ = {
    "PHARMACIEN": "Pharmacienne",
    "INFIRMIER": "Infirmière",
    "AIDE_SOIGNANT": "Aide-soignante",
    "ASSISTANT_SOCIAL": "Assistante de service social",
    "ADMINISTRATIF": "Agente administrative",
}


@dataclass(frozen=True, slots=True)
class Ligne:
    """`identite` is the masked identity itself; `nominative` is masked with it. `champ`: the common field it says."""

    libelle: str
    valeur: str
    champ: str = ""
    identite: bool = False
    nominative: bool = False
    classe: Classe | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One group of lines; `etape` is the step that changes it."""

    titre: str
    etape: str
    lignes: list[Ligne] = field(default_factory=list)


def moment(valeur: datetime | None) -> str:
    """« lundi 24 novembre 2025, 1 h 25 », without « today »: a frozen text does not move."""
    return f"{date_fr(valeur)}, {heure_fr(valeur)}" if valeur else ""


def sections(lu: Lu, *, clair: bool = False, internes: bool = False) -> list[Section]:
    """Everything the recipient receives, step by step. Identities are masked unless `clair`.

    `internes` adds what the author alone reads again.
    """
    communes = {
        "personne": _personne(lu, clair),
        "faits": _faits(lu, clair),
        "danger": _danger(lu),
        "accord": _accord(lu),
        "abri": _abri(lu),
        "pieces": [Ligne("Pièce", piece.intitule) for piece in lu.pieces],
    }
    return [
        Section(page.libelle, page.code, _garder(lu, [*communes[page.code], *_propres(lu, page.code, clair, internes)]))
        for page in pages_de(lu.voie)
        if page.code in communes
    ]


def _propres(lu: Lu, etape: str, clair: bool, internes: bool) -> list[Ligne]:
    """The fields of the voie's own; those that identify somebody are masked with the identity."""
    reponses, lignes = lu.lettre.propres or {}, []
    for propre in lu.voie.propres_de(etape):
        if propre.interne and not internes:
            continue
        valeur, nominative = propre.dire(reponses.get(propre.nom)), propre.classe is Classe.IDENTITE
        lignes.append(
            Ligne(
                propre.intitule,
                "Masqué avec l’identité" if valeur and nominative and not clair else valeur,
                nominative=nominative,
                classe=propre.classe,
            )
        )
    return lignes


def _garder(lu: Lu, lignes: list[Ligne]) -> list[Ligne]:
    """The lines that say something this voie asks, in its words: what another voie wrote before is not shown."""
    return [
        replace(ligne, libelle=lu.voie.lignes.get(ligne.libelle, ligne.libelle))
        for ligne in lignes
        if ligne.valeur and (not ligne.champ or lu.voie.demande(ligne.champ))
    ]


def nom_de(personne: Personne | None, clair: bool) -> str:
    if personne is None:
        return NON_RENSEIGNE
    return personne.complete if clair else personne.masquee


def _personne(lu: Lu, clair: bool) -> list[Ligne]:
    concernee, lettre = lu.concernee, lu.lettre
    age = concernee.age if concernee else None
    majorite = "" if age is None else (", majeure" if age >= 18 else ", mineure")
    lignes = [
        Ligne("Identité", nom_de(concernee, clair), identite=True),
        Ligne(
            "Naissance",
            date_fr(concernee.naissance) if clair and concernee and concernee.naissance else "",
            nominative=True,
        ),
        Ligne("Âge", NON_RENSEIGNE if age is None else f"{age} ans{majorite}"),
        Ligne("Sexe", concernee.get_sexe_display() if concernee and concernee.sexe else ""),
        Ligne("Grossesse", lettre.get_etat_grossesse_display(), "etat_grossesse"),
        Ligne("Joindre sans risque", lettre.contact_sur, "contact_sur"),
        Ligne("À ne jamais utiliser", lettre.contact_interdit, "contact_interdit"),
    ]
    if "enfants" in lu.voie.blocs:
        lignes.append(Ligne(lu.voie.titre_enfants, _enfants(lu, clair), nominative=True, classe=Classe.SOCIAL))
    return lignes


def _enfants(lu: Lu, clair: bool) -> str:
    """Ages and whereabouts; the first names belong to the identity."""
    textes = []
    for enfant, autres in zip(lu.enfants, lu.lettre.enfants or [], strict=False):
        mots = [enfant.prenoms if clair else "", f"{enfant.age} ans" if enfant.age is not None else "âge inconnu"]
        present = {"OUI": "présent aux faits", "NON": "absent lors des faits"}.get(str(autres.get("present", "")), "")
        textes.append(", ".join(mot for mot in (*mots, present, str(autres.get("lieu", ""))) if mot))
    return "\n".join(textes)


def _faits(lu: Lu, clair: bool) -> list[Ligne]:
    lettre = lu.lettre
    lieu = lettre.get_lieu_faits_display() if lettre.lieu_faits and lu.voie.demande("lieu_faits") else ""
    violences = [Violence(code).label.lower() for code in lettre.types_violences or []]
    return [
        Ligne("Examen", moment(lettre.date_constat), "date_constat"),
        Ligne("Date des faits", lettre.date_faits, "date_faits"),
        Ligne("Lieu des faits", ", ".join(mot for mot in (lieu, lettre.commune_faits) if mot)),
        Ligne("Contexte", lettre.get_contexte_display() if lettre.contexte else "", "contexte"),
        Ligne("Violences décrites", ", ".join(violences).capitalize(), "types_violences"),
        Ligne("Agression sexuelle", lettre.get_agression_sexuelle_display(), "agression_sexuelle"),
        Ligne("Constatations", lettre.faits_observes, "faits_observes"),
        Ligne("Lésions", "\n".join(_lesions(lettre.lesions or [])), "lesions"),
        Ligne("Paroles rapportées", lettre.propos_rapportes, "propos_rapportes"),
        Ligne("Auteur désigné", _auteur(lu, clair), "auteur_nom", nominative=True),
        Ligne("Certificat", lettre.get_certificat_display(), "certificat"),
    ]


def _lesions(lesions: Iterable[Mapping[str, str]]) -> list[str]:
    """Each injury in words, under the number it bears on the diagram."""
    return [
        f"{numero}. "
        + ", ".join(
            mot
            for mot in (
                corps.LIBELLES[lesion["zone"]],
                Lesion(lesion["nature"]).label.lower(),
                lesion["dimensions"],
                lesion["couleur"],
            )
            if mot
        )
        for numero, lesion in enumerate(lesions, 1)
    ]


def _auteur(lu: Lu, clair: bool) -> str:
    lettre, designee = lu.lettre, lu.designee
    mots = [lettre.get_lien_auteur_display() if lu.voie.demande("lien_auteur") else ""]
    if designee and (designee.nom or designee.prenoms):
        mots.append(f"{designee.complete}, tel que la personne le désigne" if clair else "Identité masquée")
    mots.append(lettre.auteur_designe)
    return ". ".join(mot.rstrip(".") for mot in mots if mot) + ("." if any(mots) else "")


def _danger(lu: Lu) -> list[Ligne]:
    lettre = lu.lettre
    oui = {"OUI": "Oui, vie en danger selon le signataire", "NON": "Non"}
    lignes = []
    if "danger" in lu.voie.blocs:
        lignes = [
            Ligne("Danger immédiat", oui.get(lettre.danger_immediat, NON_RENSEIGNE)),
            Ligne("Ce qui fonde le danger", lettre.motif_danger),
        ]
    if "grilles" in lu.voie.blocs:
        emprise = {"OUI": "Oui, la personne n’est pas en mesure de se protéger", "NON": "Non"}
        lignes += [
            Ligne("Signes de danger", "\n".join(grilles.oui(lettre.grille_d, grilles.DANGER, lu.sexe))),
            Ligne("Emprise", emprise.get(lettre.emprise, NON_RENSEIGNE)),
            Ligne("Ce qui fonde l’emprise", lettre.motif_emprise),
            Ligne("Signes d’emprise", "\n".join(grilles.oui(lettre.grille_e, grilles.EMPRISE, lu.sexe))),
        ]
    return [*lignes, Ligne("Crainte de représailles", lettre.crainte_represailles, "crainte_represailles")]


def _accord(lu: Lu) -> list[Ligne]:
    lettre = lu.lettre
    if "accord" not in lu.voie.blocs:
        return []
    reponse = lettre.get_accord_display() if lettre.accord else NON_RENSEIGNE
    quand = f", {moment(lettre.accord_date)}" if lettre.accord_date else ""
    portee = [Portee(code).label for code in lettre.accord_portee or []]
    lignes = [
        Ligne("Accord recherché", {"OUI": "Oui", "NON": "Non"}.get(lettre.accord_recherche, ""), "accord_recherche"),
        Ligne("Réponse", f"{reponse}{quand}"),
        Ligne("Ses mots", lettre.accord_paroles),
        Ligne("Accord écrit", "Écrit, daté et signé" if lettre.accord_ecrit else "", "accord_ecrit"),
        Ligne("L’accord couvre", "\n".join(portee), "accord_portee"),
    ]
    if "information" in lu.voie.blocs:
        lignes.append(Ligne("Information de la personne", dire_information(lu)))
    return lignes


def dire_information(lu: Lu) -> str:
    """Whether the person was told of the sending, when and by whom, or why she was not."""
    lettre = lu.lettre
    if lettre.information == "FAITE":
        par = f", par {lettre.information_par}" if lettre.information_par else ""
        quand = f" {moment(lettre.information_date)}" if lettre.information_date else ""
        return f"Informée du signalement{quand}{par}"
    if lettre.information:
        return f"{lettre.get_information_display()}. Motif\u00a0: {lettre.motif_non_information}"
    return NON_RENSEIGNE


def _abri(lu: Lu) -> list[Ligne]:
    lettre = lu.lettre
    present = {"OUI": "Oui", "NON": "Non", "NSP": "Ne sait pas"}.get(lettre.auteur_present_hopital, "")
    return [
        Ligne("Mesures prises", lettre.mesures, "mesures"),
        Ligne("Hébergement", lettre.get_hebergement_display(), "hebergement"),
        Ligne("Auteur désigné sur le site", present, "auteur_present_hopital"),
        Ligne("Plainte", lettre.get_plainte_display(), "plainte"),
    ]


def signataire(lu: Lu) -> list[Ligne]:
    """Who signs, in what quality."""
    lettre = lu.lettre
    profession = Rattachement.Profession(lettre.profession).label if lettre.profession else ""
    if lettre.signataire_nom.startswith("Mme "):
        profession = AU_FEMININ.get(lettre.profession, profession)
    appel = (
        f"{moment(lettre.date_appel)}, {lettre.interlocuteur}".strip(", ") if lettre.date_appel else "Aucun appel noté"
    )
    return [
        Ligne("Signataire", lettre.signataire_nom),
        Ligne("Qualité", profession),
        Ligne("N° RPPS", lettre.signataire_matricule or NON_RENSEIGNE),
        Ligne("Service", lu.dossier.service_emetteur.nom_externe if lu.voie.discret else lettre.signataire_service),
        Ligne("Rappeler au", lettre.telephone_rappel or NON_RENSEIGNE),
        Ligne("Appel", appel),
        *_papier(lu),
    ]


def _papier(lu: Lu) -> list[Ligne]:
    """Both times, when the letter was first written on paper."""
    reprise = reprise_de(lu.dossier)
    return [Ligne("Formulaire papier", f"{reprise.numero}. {phrase(reprise)}")] if reprise else []
