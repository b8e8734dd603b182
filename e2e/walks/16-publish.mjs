// A shop agrees to be seen: one button puts it on the public pages, one takes it back. An idea is taken further.

import { expectCount, expectEqual } from "../expect.mjs";

export const name = "a coordinator publishes a shop and takes it back";
export const role = "coordinator";
export const expectedStatuses = [404];

export async function walk({ page, workspace }) {
  await page.goto(`${workspace}/actors?q=Polsterei`);
  await page.locator("main tbody th a").first().click();
  await page.waitForURL(/\/actors\/[0-9a-f-]{36}$/);
  const inside = page.url();
  const everybodys = inside.replace("/w/", "/p/");
  expectEqual((await page.goto(everybodys)).status(), 404, "a shop that has not agreed");

  await page.goto(inside);
  await page.locator("form.publish button[value=yes]").click();
  await expectCount(page.locator("form.publish button[value=no]"), 1, "a button that takes it back");
  await page.locator("form.publish a").click();
  expectEqual(page.url(), everybodys, "where everybody sees it");
  await expectCount(page.locator("main h1", { hasText: "Polsterei" }), 1, "its name");

  await page.goto(inside);
  await page.locator("form.publish button[value=no]").click();
  await expectCount(page.locator("form.publish button[value=yes]"), 1, "a button that shows it again");
  expectEqual((await page.goto(everybodys)).status(), 404, "a shop that was taken back");

  await takeFurther(page, workspace);
}

async function takeFurther(page, workspace) {
  await page.goto(`${workspace}/ideas`);
  const idea = page.locator("li.idea", { has: page.locator("button[value=shelve]") }).first();
  const words = (await idea.locator("p").first().innerText()).trim();
  await idea.locator("button[value=shelve]").click();
  const shelved = page.locator("li.idea", { hasText: words });
  await expectCount(shelved.locator(".mark.shelved"), 1, "the idea, laid aside");
  await shelved.locator("button[value=take_up]").click();
  await expectCount(page.locator("li.idea", { hasText: words }).locator(".mark.noted"), 1, "the idea, taken up again");
}
