"""The shape of each data file: the fields it must have, those it may have."""

from accounts.roles import Role
from convention.models import Institution
from fiches.contenu import CHAMPS, CODES, FACULTATIFS
from fiches.forme import booleen, choix, entier, facultatif, jour, liste, motif, objet, texte

SLUG = motif(r"[a-z0-9]+(-[a-z0-9]+)*", "violences-couple")
INSTITUTION = motif(r"[A-Z][A-Z0-9-]{0,19}", "CHV")
TELEPHONE = motif(r"0\d( \d\d){4}", "03 53 01 40 00")
INDICATEUR = objet({"intitule": texte(200)}, en_plus={"unite": texte(40), "cible": entier()})
ACTION = objet(
    {"code": SLUG, "intitule": texte(300)},
    en_plus={
        "pilote": INSTITUTION,
        "partenaires": liste(INSTITUTION),
        "echeance": jour(),
        "indicateurs": liste(INDICATEUR),
    },
)
AXE = objet({"code": SLUG, "intitule": texte(200), "actions": liste(ACTION, minimum=1)})
ETAPE = objet(
    {"commune": texte(80)},
    en_plus={"periode": texte(120), "stands_annonces": texte(120), "equipes_annoncees": texte(120)},
)
EVENEMENT = objet(
    {"code": SLUG, "titre": texte(200), "etapes": liste(ETAPE, minimum=1)},
    en_plus={
        "description": texte(5000),
        "duree": texte(80),
        "pilote": INSTITUTION,
        "partenaires": liste(INSTITUTION),
        "autres_partenaires": texte(300),
    },
)
FORME_CONVENTION = objet(
    {
        "convention": objet(
            {
                "code": SLUG,
                "genre": SLUG,
                "titre": texte(200),
                "version": texte(20),
                "etablissement": CODES,
                "signee_le": jour(),
                "publiee_le": facultatif(jour()),
                "lieu": facultatif(texte(80)),
                "objet": texte(5000),
                "suivi": facultatif(texte(5000)),
                "historique": liste(
                    objet({"date": motif(r"\d{4}(-\d\d){0,2}", "2024-09"), "titre": texte(120), "texte": texte(1000)})
                ),
            },
            en_plus={"preavis_mois": facultatif(entier()), "role_referent": choix(Role.values)},
        ),
        "institutions": liste(
            objet(
                {
                    "code": INSTITUTION,
                    "nom": texte(200),
                    "nom_court": texte(80),
                    "famille": choix(Institution.Famille.values),
                    "signataire": booleen(),
                    "commune": facultatif(texte(80)),
                }
            )
        ),
    },
    en_plus={
        # A party is a signatory whose person the text names, or an institution alone.
        "parties": liste(INSTITUTION, minimum=1),
        "correspondants": liste(INSTITUTION),
        "signataires": liste(
            objet(
                {
                    "ordre": entier(),
                    "institution": CODES,
                    "civilite": texte(10),
                    "prenom": texte(80),
                    "nom": texte(80),
                    "titre": texte(200),
                }
            ),
            minimum=1,
        ),
        "thematiques": liste(
            objet({"code": SLUG, "ordre": entier(), "intitule": texte(200), "communique": booleen()}), minimum=1
        ),
        "axes": liste(AXE, minimum=1),
        "evenements": liste(EVENEMENT, minimum=1),
        "mention": texte(300),
        "articles": liste(objet({"id": SLUG, "titre": texte(160), "texte": texte(8000)}), minimum=1),
    },
)
FORME_SERVICES = objet(
    {
        "services": liste(
            objet(
                {
                    "code": motif(r"[A-Z][A-Z0-9-]{0,19}", "CHV-URG"),
                    "institution": CODES,
                    "nom": texte(120),
                    "nom_externe": texte(160),
                    "domaine": SLUG,
                    "telephone": TELEPHONE,
                    "telephone_garde": facultatif(TELEPHONE),
                    "courriel": facultatif(motif(r"[^@\s]+@[^@\s]+\.[a-z]+", "service@chv.test")),
                    "horaires": texte(80),
                    "verifie_le": jour(),
                    "permanence": booleen(),
                    "remplacant": facultatif(CODES),
                }
            ),
            minimum=1,
            maximum=2000,
        )
    }
)
FORME_REFERENCES = objet(
    {
        "references": liste(
            objet(
                {
                    "cle": CODES,
                    "code": texte(120),
                    "article": texte(60),
                    "alinea": facultatif(texte(40)),
                    "libelle": texte(300),
                    "debut": jour(),
                    "fin": facultatif(jour()),
                    "successeur": facultatif(CODES),
                    "a_verifier": booleen(),
                }
            ),
            minimum=1,
            maximum=2000,
        )
    }
)
FORME_FICHE = objet(
    {**CHAMPS, "numero": entier(), "code": SLUG, "thematique": SLUG, "titre": texte(160), "verifie_le": jour()},
    en_plus=FACULTATIFS,
)
HORS_DU_CONTENU = {"numero", "code", "thematique", "titre", "verifie_le"}
