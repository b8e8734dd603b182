// The round table: a sentence, Enter, the next. Nothing else is touched between two cards.

import { expectCount, expectSoon, expectTrue } from "../expect.mjs";

export const name = "cards are typed one after the other";
export const anywhere = true;
export const role = "coordinator";

export async function walk({ page, workspace, javaScript }) {
  const suffix = javaScript ? "mit Skript" : "ohne Skript";
  const cards = [`Holzreste zum Basteln ${suffix}`, `Vorlesepate für dienstags ${suffix}`, `Farbe für den Zaun ${suffix}`];
  await page.goto(`${workspace}/cards`);
  await page.locator("input[name=what][value=need]").check();
  const guest = `Chor ${suffix}`;
  await page.locator("input[name=said_by]").fill(guest);
  await page.locator("input[name=text]").focus();
  const started = Date.now();
  for (const card of cards) {
    const field = page.locator("input[name=text]");
    // With the script a part of the page is replaced, without it the page loads anew: both must end here.
    const ready = () => field.evaluate((element) => element === document.activeElement && element.value === "");
    await expectSoon(ready, "an empty field with the focus waits for the next card");
    await page.keyboard.type(card);
    await page.keyboard.press("Enter");
    await page.locator(".wall li", { hasText: card }).first().waitFor();
  }
  const seconds = (Date.now() - started) / 1000 / cards.length;
  expectTrue(seconds < 5, `a card takes ${seconds.toFixed(1)} s beyond the typing; 40 cards must fit 10 minutes`);
  await expectCount(page.locator("main [role=status]", { hasText: /\S/ }), 1, "a word that the card was kept");
  expectTrue(await page.locator("input[name=what][value=need]").isChecked(), "the kind of card stayed as it was");
  const named = page.locator(".wall li", { hasText: suffix }).filter({ hasText: guest });
  await expectCount(named, cards.length, "each card keeps the name that stands on it");
}
