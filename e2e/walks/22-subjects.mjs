// Somebody asks what is stored, who has seen it, that nobody works with it, and at last that it goes.

import { expectCount, expectEqual } from "../expect.mjs";

export const name = "a coordinator answers for the data of a shop and erases it";
export const role = "coordinator";
export const expectedStatuses = [404, 422];

export async function walk({ page, workspace }) {
  // A shop of its own, that no other walk looks for.
  await page.goto(`${workspace}/actors/new`);
  await page.locator("#name").fill("Schirmladen Regenbogen");
  await page.locator("#side").selectOption("business");
  await page.locator("main form button.main").click();
  await page.waitForURL(/\/actors\/[0-9a-f-]{36}$/);
  const inside = page.url();
  const shop = (await page.locator("main h1").innerText()).trim();
  await page.locator(`main a[href$="/data"]`).click();
  await page.waitForURL(/\/data$/);

  await page.locator(`main a[href$="/data/report"]`).click();
  await expectCount(page.locator("main h1", { hasText: shop }), 1, "the report with the name");
  await expectCount(page.locator("main section.stored").first(), 1, "what is stored");

  await page.goto(`${inside}/accesses`);
  await expectCount(page.locator("main tbody tr").first(), 1, "that the report was made");

  await page.goto(`${inside}/data`);
  await page.locator("#reason").fill("Adresse wird geprüft");
  await page.locator(`form[action$="/restrict"] button`).click();
  await expectCount(page.locator(".notice.caution", { hasText: "Adresse wird geprüft" }), 1, "what is restricted, and why");
  await page.locator(`form[action$="/lift"] button`).click();
  await expectCount(page.locator(".notice.caution", { hasText: "Adresse wird geprüft" }), 0, "what was lifted");

  await page.goto(`${inside}/erase`);
  await page.locator("#word").fill("nicht so");
  await page.locator(`form[action$="/erase"] button`).click();
  await expectCount(page.locator("#word-wrong"), 1, "that the name does not fit");
  expectEqual(await page.locator("#word").inputValue(), "nicht so", "the words come back");
  await page.locator("#word").fill(shop);
  await page.locator(`form[action$="/erase"] button`).click();
  await page.waitForURL(/\/actors$/);
  expectEqual((await page.goto(inside)).status(), 404, "a shop that is gone");
}
