// Pages work without this; it adds what GOV.UK Frontend adds: counted characters, questions inside answers, focus on errors.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// A form is sent to the address of its page, and the skip link leaves "#main-content" there, which would take the focus
// from the error summary of the page that comes back.
document.addEventListener("submit", () => history.replaceState(null, "", location.pathname + location.search));
