// Read a JSON list of texts; write a list of what Mermaid has against each, null for those that it accepts.
// Packages are those beside this file (npm ci), or in the folder that CUTAWAY_NODE names.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = process.env.CUTAWAY_NODE ?? dirname(fileURLToPath(import.meta.url));
const require = createRequire(`${folder}/package.json`);
const load = (name) => import(pathToFileURL(require.resolve(name)));

const { JSDOM } = (await load("jsdom")).default;
const { window } = new JSDOM("<body></body>"); // DOMPurify asks for one
globalThis.window = window;
globalThis.document = window.document;
const mermaid = (await load("mermaid")).default;
mermaid.initialize({ startOnLoad: false }); // so that its limits are those that it has by default

const faults = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    await mermaid.parse(text);
    faults.push(null);
  } catch (fault) {
    faults.push(String(fault?.message ?? fault));
  }
}
process.stdout.write(JSON.stringify(faults));
