// The main job: a need is entered, and what meets it is there with reasons; "why not?" has an answer.

import { expectCount, expectTrue } from "../expect.mjs";

export const name = "a need shows what meets it, and why";
export const anywhere = true;
export const role = "coordinator";

export async function walk({ page, workspace }) {
  await page.goto(`${workspace}/needs/new`);
  await page.locator("textarea[name=text]").fill("Die Kinder suchen Holzreste und Bretter zum Bauen und Basteln");
  await page.locator("main form button.main").click();
  await page.waitForURL(/\/needs\/[0-9a-f-]{36}$/);
  await expectCount(page.locator("ol.suggestions > li"), 1, "suggestions for a need of wood");
  await expectCount(page.locator("ol.suggestions > li").first().locator(".why li"), 1, "reasons of the first suggestion");
  const first = (await page.locator("ol.suggestions > li").allInnerTexts()).slice(0, 3);
  expectTrue(first.some((text) => /Tischlerei/.test(text)), `the joiner's offcuts are among the first three: ${first.join(" / ")}`);

  await page.locator("main a[href$='/why-not']").click();
  const choices = page.locator("select[name=offer] option:not([value=''])");
  await expectCount(choices, 1, "offers to ask about");
  await page.locator("select[name=offer]").selectOption({ index: await choices.count() });
  await page.locator("main form button").click();
  await expectCount(page.locator("section[aria-labelledby=answer] :is(li, p)"), 1, "an answer to why not");
}
