// Pages work without this; it adds what GOV.UK Frontend adds: counted characters, questions inside answers, focus on errors.
import { initAll } from "./govuk-frontend.min.js";

initAll();
