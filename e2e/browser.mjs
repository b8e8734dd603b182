// Chromium, and contexts that notice what no page may do: ask a foreign host, or log an error.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

// As root Chromium needs --no-sandbox; the others keep it from speaking to hosts of its maker.
const flags = [
  "--no-sandbox",
  // The map wants WebGL; a machine without a graphics card draws it in software.
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function startBrowser() {
  const executablePath = process.env.KIEZ_CHROMIUM ?? "/usr/bin/chromium";
  const profile = mkdtempSync(join(tmpdir(), "kiez-e2e-"));
  const browser = await chromium.launch({ executablePath, args: flags, env: { ...process.env, HOME: profile } });
  return {
    browser,
    stop: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/// A fresh context; `faults` fills with every foreign request and every error a page logs.
export async function watchedContext(browser, home, options = {}, expectedStatuses = []) {
  const context = await browser.newContext({ baseURL: home, locale: "de-DE", ...options });
  const faults = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    const isOurs = url.origin === new URL(home).origin || ["data:", "blob:", "about:"].includes(url.protocol);
    if (!isOurs) faults.push(`asked the foreign host ${url.host} for ${url.pathname}`);
  });
  context.on("response", (response) => {
    const status = response.status();
    if (status >= 400 && !expectedStatuses.includes(status)) faults.push(`${status} for ${response.url()}`);
  });
  context.on("weberror", (error) => faults.push(`script error: ${error.error().message}`));
  context.on("console", (message) => {
    // A refused request is judged above by its status; the browser's own remark on it says less.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      faults.push(`console: ${message.text()}`);
    }
  });
  return { context, faults };
}
