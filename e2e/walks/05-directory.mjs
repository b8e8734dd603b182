// The directory: filtered to one name, opened, and back; nobody found is said in words.

import { expectCount, expectEqual } from "../expect.mjs";

export const name = "the directory finds an actor";
export const anywhere = true;
export const role = "coordinator";

export async function walk({ page, workspace }) {
  await page.goto(`${workspace}/actors`);
  const rows = page.locator("main tbody tr");
  await expectCount(rows, 3, "actors in the demo Kiez");
  const wanted = (await rows.nth(1).locator("th").innerText()).trim();
  await page.locator("input[name=q]").fill(wanted);
  await page.locator("form.filters button").click();
  await page.waitForURL(/q=/);
  await expectCount(page.locator("main tbody th", { hasText: wanted }), 1, `${wanted} among the found`);
  await page.locator("main tbody th a", { hasText: wanted }).first().click();
  await page.waitForURL(/\/actors\/[0-9a-f-]{36}$/);
  expectEqual((await page.locator("main h1").innerText()).trim(), wanted, "the actor's page");

  await page.goto(`${workspace}/actors?q=xyzzyxyzzy`);
  expectEqual(await page.locator("main tbody tr").count(), 0, "actors called xyzzyxyzzy");
  await expectCount(page.locator("main .empty", { hasText: /\S/ }), 1, "a sentence that nobody was found");
}
