// An institution posts a need in its own name and sees what meets it; the directory does not exist for it.

import { expectCount, expectEqual } from "../expect.mjs";

export const name = "an institution posts a need";
export const anywhere = true;
export const role = "institution";
export const expectedStatuses = [404];

export async function walk({ page, workspace, javaScript }) {
  const words = `Unser Garten braucht Erde und Pflanzen (${javaScript ? "mit" : "ohne"} Skript)`;
  await page.goto(`${workspace}/needs/new`);
  await page.locator("textarea[name=text]").fill(words);
  await page.locator("main form button.main").click();
  await page.waitForURL(/\/needs\/[0-9a-f-]{36}$/);
  await expectCount(page.locator("main .quote", { hasText: words }), 1, "the need on its page");
  await page.goto(`${workspace}/needs?q=${encodeURIComponent("Erde und Pflanzen")}`);
  await expectCount(page.locator("main tbody th", { hasText: words }), 1, "the need in the list");

  const hidden = await page.goto(`${workspace}/actors`);
  expectEqual(hidden.status(), 404, "the directory for an institution");
}
