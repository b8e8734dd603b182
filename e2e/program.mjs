// Starts the built program on a free port, by default with the demo Kiez, and stops it again.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const patience = 120_000;

/// The built program.
export function kiez() {
  const program = process.env.KIEZ_PROGRAM ?? join(root, "target/debug/kiez");
  if (!existsSync(program)) {
    throw new Error(`${program} is not there: build it with \`cargo build --workspace\` or name it by KIEZ_PROGRAM`);
  }
  return program;
}

/// The demo Kiez: resolves to { url, links, stop, log } once the program has said where it listens.
export function startProgram() {
  return serve(["demo", "--no-browser", "--port", "0", "--format", "json"]);
}

/// A command that serves: resolves to what it greets with, and { stop, log }.
export function serve(words) {
  const child = spawn(kiez(), words, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  child.stderr.on("data", (bytes) => log.push(bytes.toString()));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`said nothing for ${patience / 1000} s`), patience);
    const fail = (why) => {
      clearTimeout(timer);
      child.kill();
      reject(new Error(`kiez ${words[0]} ${why}\n${log.join("")}`));
    };
    child.on("error", (error) => fail(`cannot be started: ${error.message}`));
    child.on("exit", (status) => fail(`ended with status ${status} before it served anything`));
    let heard = "";
    child.stdout.on("data", (bytes) => {
      heard += bytes.toString();
      const greeting = firstObject(heard);
      if (!greeting) return;
      clearTimeout(timer);
      child.removeAllListeners("exit");
      resolve({ ...greeting, log, stop: () => stop(child) });
    });
  });
}

function firstObject(heard) {
  for (const line of heard.split("\n").slice(0, -1)) {
    try {
      const object = JSON.parse(line);
      if (object.url) return object;
    } catch {
      // Not the greeting yet; the program may say other things first.
    }
  }
  return undefined;
}

function stop(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const hard = setTimeout(() => child.kill("SIGKILL"), 5_000);
    child.on("exit", () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
