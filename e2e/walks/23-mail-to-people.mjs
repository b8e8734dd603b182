// A shop asks for the link to its own page: the coordinator sends it, the letter lies in the folder of the demo, its link shows
// the shop and says until when. Without a tick or a consent nothing would go out.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expectCount, expectTrue } from "../expect.mjs";

export const name = "a link to the own page by mail";
export const role = "coordinator";

export async function walk({ page, workspace, data }) {
  await page.goto(`${workspace}/actors?q=Radwerk&lang=de`);
  await page.locator("main tbody th a").first().click();
  await page.waitForURL(/\/actors\/[0-9a-f-]{36}$/);
  const form = page.locator("form", { has: page.locator("#link-mail") });
  await form.locator("input[name=asked]").check();
  await form.locator("button").click();
  await page.waitForURL(/mailed=/);
  await expectCount(page.locator(".links .toast"), 1, "it says so");
  const letter = await arrived(data, /werkstatt@radwerk\.example/);
  const link = new URL(letter.match(/http:\/\/\S+\/l\/[0-9a-f]{32}/)[0]);
  await page.goto(`${link.pathname}?lang=de`);
  await expectCount(page.locator("main h1", { hasText: "Radwerk" }), 1, "the own page");
  await page.goto(`${workspace}/mail?lang=de`);
  const row = page.locator("tbody tr", { hasText: "werkstatt@radwerk.example" }).first();
  expectTrue((await row.textContent()).includes("Ihre Seite"), "the log tells of it");
}

/// The letter to an address, once the server has written it.
async function arrived(data, address) {
  const folder = join(data, "mail");
  for (let turn = 0; turn < 80; turn += 1) {
    const found = existing(folder)
      .map((file) => readFileSync(join(folder, file), "utf8").replaceAll("=\r\n", "").replaceAll("=\n", ""))
      .find((letter) => address.test(letter) && letter.includes("/l/"));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error("no letter came within 20 seconds");
}

function existing(folder) {
  try {
    return readdirSync(folder).filter((file) => file.endsWith(".eml"));
  } catch {
    return [];
  }
}
