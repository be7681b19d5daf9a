"""The conclusion of a tree as one reader sees it: crossed with the profession; texts, contacts and act of today."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from convention.annuaire import Ligne, lignes_de
from fiches import contenu as contenus
from fiches.actes import adresse_de
from fiches.arbre.modele import AVIS, REPONSES, Conclusion
from fiches.arbre.secret import NON, OUI, STATUT, Croisement, Profession, Table, repondre
from fiches.connus import table_en_vigueur
from fiches.models import ReferenceLegale, VersionFiche

# Where the rattachement names no profession, the role does; anybody else starts from the narrowest permission.
PAR_ROLE = {
    Role.SECURITE: "SECURITE",
    Role.GARDE: "GARDE",
    Role.DIRECTION: "DIRECTION",
    Role.SOCIAL: "ASSISTANT_SOCIAL",
}
PAR_DEFAUT = Profession("ADMINISTRATIF", "Agent administratif", "ADMINISTRATIF")
TONS = {OUI: ("ok", "check"), NON: ("danger", "hand")}


@dataclass(frozen=True, slots=True)
class Base:
    """A legal reference and whether it may still be used today."""

    reference: ReferenceLegale
    expire: bool


@dataclass(frozen=True, slots=True)
class Conseil:
    """`croisement` is None when the answer does not depend on the profession."""

    conclusion: Conclusion
    croisement: Croisement | None
    profession: Profession
    professions: tuple[Profession, ...]
    bases: list[Base]
    contacts: list[Ligne]
    acte: str | None

    @property
    def permis(self) -> str:
        if self.croisement:
            return self.croisement.permis
        return {"OUI": OUI, "NON": NON}.get(self.conclusion.reponse, STATUT)

    @property
    def phrase(self) -> str:
        return self.croisement.phrase if self.croisement else f"{REPONSES[self.conclusion.reponse]}."

    @property
    def ton(self) -> str:
        return TONS.get(self.permis, ("warn", "scale"))[0]

    @property
    def icone(self) -> str:
        return TONS.get(self.permis, ("warn", "scale"))[1]

    @property
    def avis(self) -> list[str]:
        return [AVIS[code] for code in self.conclusion.avis]

    @property
    def refuse(self) -> bool:
        """The situation has a text, but not for this profession: what the sheet says to do is for others."""
        return self.permis == NON and self.conclusion.reponse != "NON"


def table_de(contenu: contenus.Contenu) -> Table | None:
    """A version that carries its own table speaks by it; any other by the one in force."""
    return contenu.secret or table_en_vigueur()


def profession_de(table: Table | None, acteur: Acteur, choisie: str = "") -> Profession:
    """The profession chosen, else the one of the rattachement, else of the role."""
    if table is None:
        return PAR_DEFAUT
    codes = [
        choisie,
        *(place.profession for place in acteur.places),
        *(PAR_ROLE.get(r, "") for r in sorted(acteur.roles)),
    ]
    trouvees = (table.profession(code) for code in (*codes, PAR_DEFAUT.code) if code)
    return next((profession for profession in trouvees if profession), PAR_DEFAUT)


def conseiller(version: VersionFiche, conclusion: Conclusion, acteur: Acteur, choisie: str = "") -> Conseil:
    contenu = contenus.lire(version.contenu)
    table = table_de(contenu)
    profession = profession_de(table, acteur, choisie)
    croisement = repondre(table, conclusion.derogations, profession) if table and conclusion.derogations else None
    cles = list(dict.fromkeys((*conclusion.bases, *_cles(croisement))))
    concerne = bool({str(role) for role in acteur.roles} & set(contenu.public))
    conseil = Conseil(
        conclusion=conclusion,
        croisement=croisement,
        profession=profession,
        professions=table.professions if table else (),
        bases=_bases(cles),
        contacts=lignes_de(list(conclusion.appeler), acteur),
        acte=adresse_de(conclusion.acte["cible"], acteur) if concerne else None,
    )
    return conseil


def _cles(croisement: Croisement | None) -> list[str]:
    return [cle for ligne, _ in croisement.lignes for cle in ligne.references] if croisement else []


def _bases(cles: list[str]) -> list[Base]:
    lignes = ReferenceLegale.objects.in_bulk(cles, field_name="cle")
    jour = timezone.localdate()
    return [
        Base(lignes[cle], bool((fin := lignes[cle].fin) and fin < jour) or lignes[cle].debut > jour)
        for cle in cles
        if cle in lignes
    ]
