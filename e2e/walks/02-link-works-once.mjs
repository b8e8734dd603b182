// A sign-in link that was used shows no button any more and says so; the session goes on.

import { expectCount, expectEqual, expectPath } from "../expect.mjs";

export const name = "a link works once";
export const anywhere = true;
export const role = "coordinator";
export const expectedStatuses = [404];

export async function walk({ page, links, workspace }) {
  await page.goto(links.coordinator);
  await expectCount(page.locator("main h1"), 1, "a heading that says the link was used");
  expectEqual(await page.locator("main form button").count(), 0, "buttons behind a used link");
  await page.goto(workspace);
  await expectPath(page, workspace);
}
