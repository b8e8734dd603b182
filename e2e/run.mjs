// Runs every walk with and without JavaScript, then axe over every page.
// With KIEZ_E2E_DATABASE=postgres: the walks that need no demo Kiez, on an office that was set up on PostgreSQL.
// One line per walk; the last line counts them.

import { readdirSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { examine } from "./accessibility.mjs";
import { startBrowser, watchedContext } from "./browser.mjs";
import { pages, pathOf } from "./pages.mjs";
import { startOnPostgres } from "./postgres.mjs";
import { startProgram } from "./program.mjs";
import { signIn } from "./session.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const only = process.argv[2];
const walkPatience = 60_000;
const wholePatience = 20 * 60_000;

const onPostgres = process.env.KIEZ_E2E_DATABASE === "postgres";
const program = await (onPostgres ? startOnPostgres() : startProgram());
const { browser, stop } = await startBrowser();
const sessions = {};
let workspace;
let passed = 0;
let failed = 0;
const emergency = setTimeout(() => {
  console.log(`stopped: the walks took longer than ${wholePatience / 60_000} minutes`);
  failed += 1;
  void close();
}, wholePatience);

try {
  // The links work once, so the first two walks keep their sessions for all the others.
  await attempt("sign in as coordinator, with JavaScript", { javaScriptEnabled: true }, keepSession("coordinator"));
  await attempt("sign in as institution, without JavaScript", { javaScriptEnabled: false }, keepSession("institution"));
  if (program.links?.operator) await attempt("sign in as operator, with JavaScript", { javaScriptEnabled: true }, keepSession("operator"));
  for (const walk of await walks()) {
    for (const javaScriptEnabled of walk.javaScript ?? [true, false]) {
      const title = `${walk.name}, ${javaScriptEnabled ? "with" : "without"} JavaScript`;
      const options = { javaScriptEnabled, ...walk.options, storageState: sessions[walk.role] };
      await attempt(title, options, walk.walk, walk.expectedStatuses, walk.patience);
    }
  }
  // How a page looks does not depend on the database.
  for (const entry of onPostgres ? [] : pages) {
    await attempt(`axe: ${entry.name}`, { storageState: sessions[entry.role] }, async ({ page }) => {
      await examine(page, await pathOf(entry, page, workspace));
    }, entry.expectedStatuses);
  }
} finally {
  await close();
}

async function close() {
  clearTimeout(emergency);
  await stop();
  await program.stop();
  if (failed > 0 && program.log.length > 0) console.log(`What the program logged:\n${program.log.join("").slice(-6_000)}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

async function walks() {
  const folder = join(here, "walks");
  const names = readdirSync(folder).filter((name) => name.endsWith(".mjs")).sort();
  const all = await Promise.all(names.map((name) => import(pathToFileURL(join(folder, name)))));
  return all.filter((walk) => walk.anywhere || !onPostgres);
}

function keepSession(role) {
  return async ({ page, context, links }) => {
    if (!links[role]) throw new Error(`kiez demo printed no link for ${role}`);
    const led = await signIn(page, links[role]);
    // Whoever runs the installation has no project.
    if (led !== "/w") workspace = led;
    sessions[role] = await context.storageState();
  };
}

async function attempt(title, options, walk, expectedStatuses, patience = walkPatience) {
  const isSignIn = title.startsWith("sign in as");
  if (only && !isSignIn && !title.includes(only)) return;
  const started = Date.now();
  const { context, faults } = await watchedContext(browser, program.url, options, expectedStatuses);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  let problem;
  try {
    const links = program.links ?? {};
    await withPatience(patience, walk({ page, context, links, workspace, url: program.url, data: program.data, javaScript: options.javaScriptEnabled !== false }));
    if (faults.length > 0) problem = faults.join("\n");
  } catch (error) {
    problem = [error.message, ...faults].join("\n");
    await keepPicture(page, title);
  }
  await context.close();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (problem) {
    failed += 1;
    console.log(`✗ ${title} (${seconds} s)\n    ${problem.replaceAll("\n", "\n    ")}`);
  } else {
    passed += 1;
    console.log(`✓ ${title} (${seconds} s)`);
  }
}

function withPatience(patience, promise) {
  let timer;
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${patience / 1000} s`)), patience);
  });
  return Promise.race([promise, tooLong]).finally(() => clearTimeout(timer));
}

// What the page looked like when it went wrong; the walk's verdict does not depend on it.
async function keepPicture(page, title) {
  mkdirSync(join(here, "out"), { recursive: true });
  const file = join(here, "out", `${title.replaceAll(/[^a-zA-Z0-9]+/g, "-")}.png`);
  await page.screenshot({ path: file, fullPage: true }).catch(() => {});
}
