// Security keys: asks the browser for the key's answer, then lets the form go. The server verifies everything.
const REFUS = "La clé n’a pas répondu. Touchez-la à nouveau, ou choisissez un autre moyen.";

function octets(texte) {
  const base64 = texte.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64.padEnd(Math.ceil(base64.length / 4) * 4, "=")), (c) => c.charCodeAt(0));
}

function texte(tampon) {
  const lettres = Array.from(new Uint8Array(tampon), (octet) => String.fromCharCode(octet)).join("");
  return btoa(lettres).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function preparer({ publicKey: options }) {
  const pret = { ...options, challenge: octets(options.challenge) };
  if (options.user) pret.user = { ...options.user, id: octets(options.user.id) };
  for (const liste of ["allowCredentials", "excludeCredentials"]) {
    if (options[liste]) pret[liste] = options[liste].map((cle) => ({ ...cle, id: octets(cle.id) }));
  }
  return { publicKey: pret };
}

function decrire(cle) {
  const response = {};
  for (const nom of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (cle.response[nom]) response[nom] = texte(cle.response[nom]);
  }
  return { id: cle.id, rawId: texte(cle.rawId), type: cle.type, response, clientExtensionResults: {} };
}

for (const formulaire of document.querySelectorAll("form[data-cle]")) {
  const etat = formulaire.querySelector("[data-cle-etat]");
  const bouton = formulaire.querySelector('button[type="submit"]');
  if (!navigator.credentials || !window.PublicKeyCredential) {
    etat.textContent = "Ce navigateur ne sait pas lire une clé de sécurité. Utilisez une application de codes.";
    continue;
  }
  etat.textContent = "";
  bouton.addEventListener("click", async (evenement) => {
    evenement.preventDefault();
    etat.textContent = "Touchez votre clé quand elle clignote.";
    try {
      const demande = preparer(JSON.parse(formulaire.dataset.options));
      const cle = await (formulaire.dataset.cle === "creer"
        ? navigator.credentials.create(demande) : navigator.credentials.get(demande));
      formulaire.querySelector('[name="cle"]').value = JSON.stringify(decrire(cle));
      formulaire.submit();
    } catch {
      etat.textContent = REFUS;
    }
  });
}
