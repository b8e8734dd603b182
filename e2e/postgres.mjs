// An office as an operator sets it up: `kiez init`, files imported, accounts added, `kiez serve`; everything on a
// PostgreSQL database of its own that goes with the run.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { kiez, serve } from "./program.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const patience = 60_000;

const files = {
  "actors.csv": [
    "name,street,house_number,lat,lon,branch",
    "Tischlerei Holzwurm,Graefestraße,12,52.4912,13.4178,carpenter",
    "Bäckerei Ayşe,Graefestraße,7,52.4930,13.4165,bakery",
    "Fahrradladen Speiche,Dieffenbachstraße,30,52.4925,13.4190,bicycle",
    "Kita Sonnenblume,Urbanstraße,48,52.4899,13.4151,kindergarten",
  ],
  "cards.csv": [
    "what,text,who",
    "offer,Verschnitt und Bretter zum Abholen,Tischlerei Holzwurm",
    "offer,Ein Blick in die Backstube für kleine Gruppen,Bäckerei Ayşe",
    "need,Wer repariert mit uns die Roller?,Kita Sonnenblume",
  ],
};

/// Resolves to { url, links, stop, log } as `startProgram` does.
export async function startOnPostgres() {
  const database = await startDatabase();
  const folder = mkdtempSync(join(tmpdir(), "kiez-e2e-"));
  const place = ["--data", join(folder, "data"), "--database-url", database.url];
  try {
    const links = setUp(folder, place);
    const server = await serve(["serve", ...place, "--listen", "127.0.0.1:0", "--format", "json"]);
    const here = (link) => new URL(new URL(link).pathname, server.url).href;
    const stop = async () => {
      await server.stop();
      cleanUp(folder, database);
    };
    return { ...server, links: { coordinator: here(links.coordinator), institution: here(links.institution) }, stop };
  } catch (error) {
    cleanUp(folder, database);
    throw error;
  }
}

function setUp(folder, place) {
  const call = (...words) => execFileSync(kiez(), [...words, ...place], { encoding: "utf8", cwd: folder });
  const coordinator = JSON.parse(call("init", "--slug", "graefekiez", "--format", "json")).link;
  for (const [name, lines] of Object.entries(files)) {
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
    call("import", name.replace(".csv", ""), name, "--quiet");
  }
  const rows = call("dump", "--canonical").trim().split("\n").map((line) => JSON.parse(line));
  const kita = rows.find(({ table, row }) => table === "actor" && row.name === "Kita Sonnenblume").row.id;
  const member = ["--name", "Jonas", "--role", "institution", "--actor", kita, "--format", "json", "--quiet"];
  return { coordinator, institution: JSON.parse(call("user", "add", ...member))[0].link };
}

function startDatabase() {
  const program = process.env.KIEZ_TEST_DATABASE ?? join(root, "target/debug/kiez-test-database");
  // It ends with its standard input, also when this process dies.
  const child = spawn(program, [], { stdio: ["pipe", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${program} said nothing for ${patience / 1000} s`)), patience);
    child.on("error", (error) => reject(new Error(`${program} cannot be started: ${error.message}`)));
    child.on("exit", (status) => reject(new Error(`there is no PostgreSQL to walk on (${program} ended with ${status})`)));
    let heard = "";
    child.stdout.on("data", (bytes) => {
      heard += bytes.toString();
      if (!heard.includes("\n")) return;
      clearTimeout(timer);
      resolve({ url: heard.split("\n")[0], stop: () => child.stdin.end() });
    });
  });
}

function cleanUp(folder, database) {
  rmSync(folder, { recursive: true, force: true });
  database.stop();
}
