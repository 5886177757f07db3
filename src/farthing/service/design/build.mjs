// Builds what static/design holds from the packages in package.json, and carries axe-core to the browser tests.
// The result is committed, so nothing of this is needed to set up or to run Farthing.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const built = join(here, "static", "design");
const tests = join(here, "..", "..", "..", "..", "tests", "browser");
const images = ["icon-close-cross-black.svg", "icon-document.svg", "icon-tag-remove-cross-white.svg",
  "icon-tag-remove-cross.svg", "icon-toggle-plus-minus.svg"];

mkdirSync(join(built, "images"), { recursive: true });
mkdirSync(tests, { recursive: true });

// The packages say where their sources are; a file of ours must not lead a browser to an address that is not there.
const withoutSourceMap = (text) => text.replace(/\/\/# sourceMappingURL=.*\s*$/, "").trimEnd() + "\n";

const css = sass.compile(join(here, "farthing.scss"), { loadPaths: [here, packages], quietDeps: true, style: "compressed" });
writeFileSync(join(built, "farthing.css"), css.css + "\n");

const script = readFileSync(join(packages, "govuk-frontend/dist/govuk/govuk-frontend.min.js"), "utf8");
writeFileSync(join(built, "govuk-frontend.min.js"), withoutSourceMap(script));

for (const image of images)
  copyFileSync(join(packages, "@ministryofjustice/frontend/moj/assets/images", image), join(built, "images", image));

writeFileSync(join(tests, "axe.min.js"), withoutSourceMap(readFileSync(join(packages, "axe-core/axe.min.js"), "utf8")));
