// Large files: <form data-morceaux="address"> sends its file by chunks before it is submitted, and resumes after a cut.
// Without this script the form carries the file itself, up to the ordinary limit.
const GROS = 8 * 1024 * 1024;
const ESSAIS = 6;
const PAUSE = 2000;
const SESSION = "Votre session a pris fin. Reconnectez-vous, puis choisissez le même fichier\u00a0: l’envoi reprend où il en est.";
const COUPURE = "La connexion est coupée. Choisissez de nouveau ce fichier\u00a0: l’envoi reprend où il en est.";

class Arret extends Error {}

async function poster(formulaire, adresse, corps) {
  const jeton = formulaire.querySelector('[name="csrfmiddlewaretoken"]').value;
  const reponse = await fetch(adresse, { method: "POST", body: corps, redirect: "manual", headers: { "X-CSRFToken": jeton, "X-Requested-With": "fetch", Accept: "application/json" } });
  if (reponse.status === 409) throw new Arret((await reponse.json()).message);
  if (reponse.type === "opaqueredirect" || [401, 403, 404].includes(reponse.status)) throw new Arret(SESSION);
  if (!reponse.ok) throw new Error(String(reponse.status));
  return reponse.json();
}

async function insister(geste) {
  for (let essai = 1; ; essai += 1) {
    try {
      return await geste();
    } catch (erreur) {
      if (erreur instanceof Arret) throw erreur;
      if (essai === ESSAIS) throw new Arret(COUPURE);
      await new Promise((suite) => setTimeout(suite, PAUSE * essai));
    }
  }
}

async function envoyer(formulaire, fichier, montrer) {
  const adresse = formulaire.dataset.morceaux;
  const debut = new URLSearchParams({ nom: fichier.name, taille: fichier.size });
  let etat = await insister(() => poster(formulaire, adresse, debut));
  while (etat.recus < fichier.size) {
    montrer(etat.recus / fichier.size);
    const place = etat.recus;
    const morceau = new Blob([fichier.slice(place, place + etat.morceau)], { type: "application/octet-stream" });
    etat = await insister(() => poster(formulaire, `${adresse}?${new URLSearchParams({ envoi: etat.envoi, place })}`, morceau));
  }
  montrer(1);
  return etat.envoi;
}

function suivre(formulaire) {
  const choix = formulaire.querySelector('input[type="file"]');
  const cle = formulaire.querySelector("[data-morceaux-cle]");
  const bloc = formulaire.querySelector("[data-morceaux-bloc]");
  const dire = bloc.querySelector("[data-morceaux-etat]");
  const barre = bloc.querySelector("progress");
  let occupe = false;
  formulaire.addEventListener("submit", async (evenement) => {
    const fichier = choix.files[0];
    if (!occupe && (!fichier || fichier.size <= GROS)) return;
    evenement.preventDefault();
    if (occupe) return;
    occupe = true;
    bloc.hidden = false;
    const montrer = (part) => {
      barre.value = Math.floor(part * 100);
      dire.textContent = part === 1 ? "Fichier envoyé. Vérification en cours." : `Envoi du fichier\u00a0: ${barre.value}\u00a0%`;
    };
    try {
      cle.value = await envoyer(formulaire, fichier, montrer);
      choix.value = "";
      choix.required = false;
      formulaire.submit();
    } catch (erreur) {
      dire.textContent = erreur instanceof Arret ? erreur.message : COUPURE;
      occupe = false;
    }
  });
}

for (const formulaire of document.querySelectorAll("form[data-morceaux]")) suivre(formulaire);
