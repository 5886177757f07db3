// Passkeys need the browser's own dialogue, so this is the one part of signing in that works with JavaScript only: what
// belongs to it is hidden until this has run, and the link by e-mail always works.
//
// A form marked data-passkey="create" or "get" asks `data-options` what to ask the browser for, and sends what the browser
// answers, with the form's own fields, to where the form leads.

const fromText = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withBytes = (list) => (list ?? []).map((each) => ({ ...each, id: fromText(each.id) }));

async function ask(kind, options) {
  const publicKey = { ...options, challenge: fromText(options.challenge) };
  if (kind === "create") {
    publicKey.user = { ...options.user, id: fromText(options.user.id) };
    publicKey.excludeCredentials = withBytes(options.excludeCredentials);
    return navigator.credentials.create({ publicKey });
  }
  publicKey.allowCredentials = withBytes(options.allowCredentials);
  return navigator.credentials.get({ publicKey });
}

function asJson(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
}

async function sent(address, fields) {
  const answer = await fetch(address, { method: "POST", body: fields, credentials: "same-origin" });
  if (!answer.headers.get("content-type")?.includes("json")) throw new Error(String(answer.status));
  return answer.json();
}

async function run(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  try {
    const options = await sent(form.dataset.options, new FormData(form));
    const fields = new FormData(form);
    fields.set("answer", asJson(await ask(form.dataset.passkey, options)));
    const outcome = await sent(form.action, fields);
    if (outcome.next) return window.location.assign(outcome.next);
    problem.textContent = outcome.problem;
  } catch (error) {
    problem.textContent =
      error.name === "InvalidStateError"
        ? "This device has a passkey for your account already."
        : "The passkey was not used. Try again, or ask for a link by email.";
  }
  problem.hidden = false;
  problem.focus();
}

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey-part]")) part.hidden = false;
  for (const without of document.querySelectorAll("[data-passkey-missing]")) without.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(form);
    });
  }
}
