// A form that is refused comes back with every word, a sentence at the field, and nothing saved.

import { expectCount, expectEqual } from "../expect.mjs";

export const name = "a refused form keeps the person's words";
export const anywhere = true;
export const role = "coordinator";
export const expectedStatuses = [422];

export async function walk({ page, workspace }) {
  const words = "Wir brauchen jemanden, der mit uns Fahrräder repariert";
  await page.goto(`${workspace}/needs/new`);
  await page.locator("textarea[name=text]").fill(words);
  await page.locator("input[name=radius_m]").fill("ganz nah");
  await page.locator("main form button.main").click();
  await page.locator("main [role=alert]").waitFor();
  expectEqual(await page.locator("textarea[name=text]").inputValue(), words, "the text");
  expectEqual(await page.locator("input[name=radius_m]").inputValue(), "ganz nah", "the field that was refused");
  await expectCount(page.locator("main .wrong", { hasText: /\S/ }), 1, "a sentence at the field");
  await page.goto(`${workspace}/needs?q=${encodeURIComponent("Fahrräder repariert")}`);
  expectEqual(await page.locator("main tbody tr").count(), 0, "needs saved by a refused form");
}
