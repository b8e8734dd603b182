// A shop agrees to be seen, in writing: it is on the public pages. Its owner opens the letter's link on a phone and takes it
// back: it is gone from them, and the coordinator sees why. An idea is taken further.

import { watchedContext } from "../browser.mjs";
import { expectCount, expectEqual, expectTrue } from "../expect.mjs";

export const name = "a shop agrees, and its owner takes that back by a link";
export const role = "coordinator";
export const expectedStatuses = [404, 422];

export async function walk({ page, context, workspace, url }) {
  await page.goto(`${workspace}/actors?q=Polsterei`);
  await page.locator("main tbody th a").first().click();
  await page.waitForURL(/\/actors\/[0-9a-f-]{36}$/);
  const inside = page.url();
  const everybodys = inside.replace("/w/", "/p/");
  expectEqual((await page.goto(everybodys)).status(), 404, "a shop that has not agreed");

  await page.goto(inside);
  await record(page);
  await page.locator(".publish a").click();
  expectEqual(page.url(), everybodys, "where everybody sees it");
  await expectCount(page.locator("main h1", { hasText: "Polsterei" }), 1, "its name");

  await page.goto(inside);
  await page.locator("section.links button[value=my_page]").click();
  const link = await page.locator("#link").inputValue();
  await expectCount(page.locator(".letter svg.qr"), 1, "a code on the letter");
  await withdrawOnAPhone(context, url, link);
  expectEqual((await page.goto(everybodys)).status(), 404, "a shop that has taken it back");
  await page.goto(inside);
  await expectCount(page.locator(".consents td", { hasText: "über einen Link" }), 1, "how it was taken back");
  await expectCount(page.locator(".links td", { hasText: "zurückgenommen" }), 1, "what the link was used for");

  await takeFurther(page, workspace);
}

/// Without evidence it is not noted, and nothing of what was filled in is lost.
async function record(page) {
  await page.locator(".consents details summary", { hasText: "Notieren" }).click();
  const form = page.locator(".consent-form");
  await form.locator("input[name=web]").check();
  await form.locator("input[name=heard][value=paper]").check();
  await form.locator("input[name=who_said]").fill("Bernd Sonnenschein");
  await form.locator("button[value=given]").click();
  await expectCount(page.locator("#consent_note-wrong"), 1, "paper lies somewhere");
  expectTrue(await form.locator("input[name=web]").isChecked(), "what was ticked stays ticked");
  await form.locator("input[name=consent_note]").fill("Ordner Einwilligungen");
  await form.locator("button[value=given]").click();
  await page.waitForURL(/#consents$/);
  await expectCount(page.locator(".consents td", { hasText: "Bernd Sonnenschein, auf Papier: Ordner Einwilligungen" }), 1, "the evidence");
}

async function withdrawOnAPhone(context, url, link) {
  const options = { viewport: { width: 375, height: 740 }, javaScriptEnabled: false };
  const { context: own, faults } = await watchedContext(context.browser(), url, options, []);
  try {
    const phone = await own.newPage();
    const path = new URL(link).pathname;
    await phone.goto(`${path}?lang=tr`);
    await expectCount(phone.locator("html[lang=tr] h2", { hasText: "İzin verdikleriniz" }), 1, "the page in Turkish");
    await phone.goto(`${path}?lang=de`);
    const web = phone.locator(".permissions li", { has: phone.locator("input[value=web]") });
    await web.locator("button[value=withdrew]").click();
    await expectCount(phone.locator(".toast", { hasText: "Das gilt sofort" }), 1, "it says so");
    await expectCount(web.locator("button[value=gave]"), 1, "a button to agree again");
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
    expectTrue(wide <= 375, `the page fits the phone (${wide})`);
    expectEqual(faults.length, 0, faults.join("\n"));
  } finally {
    await own.close();
  }
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
