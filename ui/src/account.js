// Passkeys: hands a question of the program to the browser and the device's answer back, in an ordinary form.
// Also opens the printer for the sheet of emergency codes. Everything else on these pages works without.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const named = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

async function create({ publicKey }) {
  const options = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: named(publicKey.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey: options });
  const { attestationObject, clientDataJSON } = made.response;
  const response = { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) };
  return { id: made.id, rawId: text(made.rawId), type: made.type, response };
}

async function get({ publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: named(publicKey.allowCredentials) };
  const shown = await navigator.credentials.get({ publicKey: options });
  const { authenticatorData, clientDataJSON, signature, userHandle } = shown.response;
  const response = {
    authenticatorData: text(authenticatorData),
    clientDataJSON: text(clientDataJSON),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  };
  return { id: shown.id, rawId: text(shown.rawId), type: shown.type, response };
}

async function ask(form) {
  const body = new URLSearchParams({ form_token: form.elements.form_token?.value ?? "" });
  const answer = await fetch(form.dataset.start, { method: "POST", headers: { accept: "application/json" }, body });
  const { ceremony, options } = await answer.json();
  const said = await (form.dataset.passkey === "create" ? create(options) : get(options));
  form.elements.ceremony.value = ceremony;
  form.elements.credential.value = JSON.stringify(said);
  form.submit();
}

function prepare(form) {
  const elsewhere = form.parentElement.querySelector("[data-elsewhere]");
  if (location.origin !== form.dataset.origin) {
    // A device keeps its keys for one address; this page was opened under another.
    elsewhere?.removeAttribute("hidden");
    return;
  }
  const [button, trouble] = [form.querySelector("button"), form.querySelector("[data-trouble]")];
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    trouble.hidden = true;
    ask(form).catch(() => {
      trouble.hidden = false;
      button.disabled = false;
      button.focus();
    });
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(prepare);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
