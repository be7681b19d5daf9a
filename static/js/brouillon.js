// Autosave: <form data-brouillon="address"> is posted five seconds after a change, until the server has it.
const DELAI = 5000;
const PATIENCE = 1500;
const CONFLIT = "Cette page a été modifiée dans une autre fenêtre. Rien n’est écrasé\u00a0: enregistrez-la pour voir les deux textes.";
const FERMEE = "Non enregistré\u00a0: votre session est fermée. Laissez cette page ouverte et identifiez-vous dans un autre onglet.";
class SessionFermee extends Error {}

function heureFr(date) {
  const minutes = date.getMinutes();
  return `${date.getHours()}\u00a0h` + (minutes ? `\u00a0${String(minutes).padStart(2, "0")}` : "");
}

function donnees(formulaire) {
  const contenu = new FormData(formulaire);
  for (const [nom, valeur] of [...contenu]) if (valeur instanceof File) contenu.delete(nom);
  return contenu;
}

// On a slow line, one types before this script arrives: that is a change too. The copy says how this browser itself
// writes the value that the server gave (line breaks, numbers).
function dejaTape(formulaire) {
  const change = (champ) => {
    if (["checkbox", "radio"].includes(champ.type)) return champ.checked !== champ.defaultChecked;
    const copie = champ.cloneNode();
    copie.value = champ.defaultValue;
    return champ.value !== copie.value;
  };
  return [...formulaire.querySelectorAll("textarea, input:not([type=hidden], [type=file])")].some(change)
    || [...formulaire.querySelectorAll("option")].some((choix) => choix.defaultSelected && !choix.selected);
}

// Signing in again in another tab kills the token of this page: the same person's new one stands in the same page.
async function reprendreLeJeton() {
  const reponse = await fetch(location.href, { redirect: "manual" });
  const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
  const jeton = page.querySelector('[name="csrfmiddlewaretoken"]')?.value;
  if (!jeton || page.body.dataset.qui !== document.body.dataset.qui) return;
  for (const champ of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) champ.value = jeton;
}

class Brouillon {
  constructor(formulaire) {
    this.formulaire = formulaire;
    this.etat = formulaire.querySelector("[data-brouillon-etat]") ?? document.querySelector("[data-brouillon-etat]");
    this.version = 0;
    this.enregistree = 0;
    this.minuterie = null;
    this.arrete = false;
    this.conflit = false;
    formulaire.addEventListener("input", () => this.modifier());
    formulaire.addEventListener("change", () => this.modifier());
    formulaire.addEventListener("submit", (evenement) => { if (!evenement.defaultPrevented) this.arrete = true; });
    addEventListener("pageshow", (retour) => {
      this.arrete = false;
      if (retour.persisted) reprendreLeJeton().catch(() => {});
    });
    addEventListener("beforeunload", (evenement) => { if (this.enAttente && !this.arrete) evenement.preventDefault(); });
    addEventListener("pagehide", () => this.partir());
    if (dejaTape(formulaire)) this.modifier();
  }

  get enAttente() { return this.version !== this.enregistree; }

  modifier() {
    this.version += 1;
    if (!this.conflit) this.minuterie ??= setTimeout(() => this.enregistrer(), DELAI);
  }

  async enregistrer() {
    const version = this.version;
    try {
      const reponse = await this.poster(false);
      if (reponse.status === 409) return this.suspendre();
      if (reponse.status === 403) await reprendreLeJeton();
      if (reponse.type === "opaqueredirect") throw new SessionFermee();
      if (!reponse.ok) throw new Error(String(reponse.status));
      const message = await this.lire(reponse);
      this.enregistree = version;
      if (message) return this.arreter(message);
      this.dire(`Enregistré à ${heureFr(new Date())}`, "status");
    } catch (echec) {
      this.dire(echec instanceof SessionFermee ? FERMEE : "Non enregistré. Nouvel essai dans 5\u00a0secondes.", "alert");
    }
    this.minuterie = this.enAttente && !this.arrete ? setTimeout(() => this.enregistrer(), DELAI) : null;
  }

  poster(survivre) {
    const jeton = this.formulaire.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? "";
    return fetch(this.formulaire.dataset.brouillon, {
      method: "POST", body: donnees(this.formulaire), keepalive: survivre, redirect: "manual",
      headers: { "X-CSRFToken": jeton, "X-Requested-With": "fetch", Accept: "application/json" },
    });
  }

  // The server may answer nothing (204), or JSON {version, verrou_a}; {message}: kept, but this window must stop.
  async lire(reponse) {
    if (!reponse.headers.get("content-type")?.includes("json")) return null;
    const { version, verrou_a: verrouA, message } = await reponse.json();
    const champ = this.formulaire.querySelector('[name="version"]');
    if (champ && version !== undefined) champ.value = version;
    if (verrouA) document.body.dataset.verrouA = verrouA;
    return message;
  }

  // Another window wrote here: no more autosave, but what is on screen is still guarded when one leaves.
  suspendre() {
    this.conflit = true;
    this.dire(CONFLIT, "alert");
  }

  arreter(message) {
    this.arrete = true;
    this.dire(message, "alert");
  }

  partir() {
    if (this.enAttente && !this.arrete && !this.conflit) this.poster(true).catch(() => {});
  }

  dire(texte, role) {
    if (!this.etat) return;
    this.etat.setAttribute("role", role);
    this.etat.classList.toggle("is-echec", role === "alert");
    this.etat.textContent = texte;
  }
}

const brouillons = [...document.querySelectorAll("form[data-brouillon]")].map((formulaire) => new Brouillon(formulaire));

// « Masquer »: hide at once, give the draft a moment to reach the server, then lock.
document.addEventListener("submit", async (evenement) => {
  const attente = brouillons.filter((brouillon) => brouillon.enAttente && !brouillon.arrete && !brouillon.conflit);
  if (!evenement.target.matches("[data-masquer]") || !attente.length) return;
  evenement.preventDefault();
  document.documentElement.classList.add("est-masque");
  const delai = new Promise((resoudre) => { setTimeout(resoudre, PATIENCE); });
  await Promise.race([Promise.all(attente.map((brouillon) => brouillon.enregistrer())), delai]);
  for (const brouillon of attente) brouillon.arrete = true;
  evenement.target.submit();
});
