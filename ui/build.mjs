// Builds ui/dist from the locked npm packages and our own style sheets and scripts.
//
// Plain copying, no bundler: each file gets a name with the hash of its content, so that browsers
// may keep it for ever, and manifest.json says which name belongs to which file:
//   { "app.css": "app.1a2b3c4d5e.css", "htmx.js": "htmx.….js", … }
// All files lie beside each other, so a style sheet names a font by its bare file name.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const dist = join(here, "dist");

// One variable file per script instead of one per weight. The ranges are those of the letters that
// the files hold: a browser fetches the Arabic one only when a page has Arabic on it.
const latin =
  "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";
const latinExtended =
  "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF";
const arabic = "U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+200C-200E,U+2010-2011,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC";
const fonts = [
  { family: "Bricolage Grotesque", package: "bricolage-grotesque", weight: "200 800", subsets: { latin, "latin-ext": latinExtended } },
  { family: "Atkinson Hyperlegible Next", package: "atkinson-hyperlegible-next", weight: "200 800", subsets: { latin, "latin-ext": latinExtended } },
  { family: "Atkinson Hyperlegible Next", package: "atkinson-hyperlegible-next", weight: "200 800", style: "italic", subsets: { latin, "latin-ext": latinExtended } },
  { family: "Noto Sans Arabic", package: "noto-sans-arabic", weight: "100 900", subsets: { arabic } },
];

const manifest = {};
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const faces = fonts.flatMap((font) => Object.entries(font.subsets).map(([subset, range]) => face(font, subset, range)));
place("app.css", [...ourStyleSheets(), ...faces].join("\n"));
place("htmx.js", withoutSourceMap(readFileSync(join(packages, "htmx.org/dist/htmx.min.js"), "utf8")));
for (const name of ourFiles("src", ".js")) place(name, readFileSync(join(here, "src", name)));
for (const name of ourFiles("src/pictures", ".svg")) place(name, readFileSync(join(here, "src/pictures", name)));
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + "\n");
console.log(`${Object.keys(manifest).length} files in ui/dist`);

// Writes one file under its lasting name and returns that name.
function place(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const ending = extname(name);
  const lasting = `${basename(name, ending)}.${hash}${ending}`;
  writeFileSync(join(dist, lasting), content);
  manifest[name] = lasting;
  return lasting;
}

function face(font, subset, range) {
  const style = font.style ?? "normal";
  const source = `${font.package}-${subset}-wght-${style}.woff2`;
  const file = place(source, readFileSync(join(packages, "@fontsource-variable", font.package, "files", source)));
  return `@font-face{font-family:"${font.family}";font-style:${style};font-weight:${font.weight};font-display:swap;src:url("${file}") format("woff2");unicode-range:${range}}`;
}

// Our style sheets in the order of their names: the first one declares the layers.
function ourStyleSheets() {
  return ourFiles("src/css", ".css").map((name) => readFileSync(join(here, "src/css", name), "utf8"));
}

function ourFiles(folder, ending) {
  const path = join(here, folder);
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(ending)).sort() : [];
}

// The map is not shipped, and a browser's developer tools would ask for it in vain.
function withoutSourceMap(script) {
  return script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}
