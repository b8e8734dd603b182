// A suggestion is put first, put off and excluded; what was decided stands below and is taken back.

import { expectCount, expectEqual, expectTrue } from "../expect.mjs";

export const name = "a coordinator decides about a suggestion";
export const role = "coordinator";

export async function walk({ page, workspace }) {
  await page.goto(`${workspace}/needs/new`);
  await page.locator("textarea[name=text]").fill("Bretter und Holz für ein Hochbeet");
  await page.locator("main form button.main").click();
  await page.waitForURL(/\/needs\/[0-9a-f-]{36}$/);
  const suggestions = page.locator("ol.suggestions > li");
  await expectCount(suggestions, 2, "suggestions to decide about");
  const title = async (at) => (await suggestions.nth(at).locator("h3").innerText()).trim();
  const decide = async (at, decision) => {
    await suggestions.nth(at).locator("details.verdict summary").click();
    await suggestions.nth(at).locator(`button[value=${decision}]`).click();
    await page.waitForURL(/#found$/);
  };

  const second = await title(1);
  await decide(1, "pin");
  expectEqual(await title(0), second, "the pinned one stands first");
  await expectCount(suggestions.nth(0).locator(".kicker"), 1, "a word that it is pinned");

  const put = await title(1);
  await decide(1, "later");
  const decided = page.locator(".decided li");
  await expectCount(decided.filter({ hasText: put }), 1, "the one that was put off, among the decided");
  expectTrue(!(await suggestions.allInnerTexts()).some((text) => text.startsWith(put)), "it is suggested no more");
  await decided.filter({ hasText: put }).locator("button").click();
  await page.waitForURL(/#found$/);
  expectTrue((await suggestions.allInnerTexts()).some((text) => text.includes(put)), "taken back, it is suggested again");

  // Beside a move of the week the same can be decided, and the plan comes back without the pair.
  await page.goto(`${workspace}/moves?hours=12`);
  const moves = page.locator("ol.moves > li");
  const pair = async (at) => `${await moves.nth(at).locator("h2").innerText()} | ${await moves.nth(at).locator(".meets").innerText()}`;
  const first = await pair(0);
  await moves.nth(0).locator("details.verdict summary").click();
  await moves.nth(0).locator("button[value=later]").click();
  await page.waitForURL(/\/moves\?hours=12$/);
  const left = await Promise.all([...Array(await moves.count()).keys()].map(pair));
  expectTrue(!left.includes(first), `${first} is put off: ${left.join(" / ")}`);
}
