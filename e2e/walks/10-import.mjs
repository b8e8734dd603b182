// A list from a spreadsheet: looked at first, taken in, corrected by hand, taken in again, settled, taken back.

import { expectCount, expectEqual, expectPath, expectTrue } from "../expect.mjs";

export const name = "a file is looked at, taken in, settled and taken back";
export const role = "coordinator";
// The first file cannot be read.
export const expectedStatuses = [422];

const REASON = "Leer, und nichts in der Zeile sagt, worum es geht: Bitte den Namen oder die Branche ausfüllen.";

export async function walk({ page, workspace, javaScript }) {
  const shop = javaScript ? "Korbflechterei mit Skript" : "Korbflechterei ohne Skript";
  const list = (street, place) => ({
    name: `laeden-${javaScript ? "mit" : "ohne"}.csv`,
    mimeType: "text/csv",
    buffer: Buffer.from(`id,name,street,house_number,city\n1,${shop},${street},7,${place}\n2,,,,\n`),
  });
  await page.goto(`${workspace}/imports/new`);
  await page.locator("select[name=kind]").selectOption("premises");
  const cut = `{"type": "FeatureCollection",\n "features": [`;
  const broken = { name: "läden.geojson", mimeType: "application/json", buffer: Buffer.from(cut) };
  await page.locator("input[type=file]").setInputFiles(broken);
  await page.locator("main form button.main").click();
  const wrong = await page.locator("#file-wrong").innerText();
  expectTrue(wrong.startsWith("läden.geojson, Zeile 2, Spalte "), `where the file is wrong, in German: ${wrong}`);
  expectTrue(wrong.includes("Die Datei hört mittendrin auf"), `what is wrong, in German: ${wrong}`);
  expectEqual(await page.locator("select[name=kind]").inputValue(), "premises", "what was chosen stays");
  expectEqual(await page.locator("main [lang=en]").count(), 0, "English words on the German form");

  await sendFile(page, workspace, list("Seilergasse", "Berlin"));
  await expectCount(page.locator("main table tbody tr"), 1, "the empty row is shown before anything is stored");
  const reason = await page.locator("main table tbody tr td").nth(1).innerText();
  expectEqual(reason, REASON, "why the row is left out");
  await page.goto(`${workspace}/actors?q=${encodeURIComponent(shop)}`);
  expectEqual(await page.locator("main tbody th a").count(), 0, "actors stored by looking at a file");

  await sendFile(page, workspace, list("Seilergasse", "Berlin"));
  await page.locator("button[value=take]").click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
  const first = page.url();
  await expectCount(page.locator("main a[href$='refused.csv']"), 1, "a way to what was left out");
  expectEqual(await page.locator("main table tbody tr td").nth(1).innerText(), REASON, "the reason, kept in German");
  expectEqual(await page.locator("main [lang=en]").count(), 0, "English words on the German page");

  await page.goto(`${workspace}/actors?q=${encodeURIComponent(shop)}`);
  const actor = await page.locator("main tbody th a").first().getAttribute("href");
  await page.goto(`${actor}/edit`);
  await page.locator("input[name=city]").fill("Seilerkiez");
  await page.locator("main form button.main").click();
  await sendFile(page, workspace, list("Seilergasse", "Kreuzberg"));
  await page.locator("button[value=take]").click();
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);

  await page.goto(`${workspace}/differences`);
  const row = page.locator("main tbody tr", { hasText: shop });
  expectTrue((await row.innerText()).includes("Seilerkiez"), "what a person wrote stands beside the file's word");
  await row.locator("button[value=theirs]").click();
  await expectPath(page, `${workspace}/differences`);
  expectEqual(await page.locator("main tbody tr", { hasText: shop }).count(), 0, "questions left after the answer");
  await page.goto(actor);
  await expectCount(page.locator("main dd", { hasText: "Kreuzberg" }), 1, "the file's word holds now");

  await page.goto(first);
  await page.locator("main a[href$='/revert']").click();
  await page.locator("main form button.main").click();
  await page.waitForURL(/\/imports\?reverted/);
  await expectCount(page.locator("main [role=status]"), 1, "a word on what was taken back");
  await page.goto(actor);
  await expectCount(page.locator("main dd", { hasText: "Kreuzberg" }), 1, "what a person has saved since stays");
}

async function sendFile(page, workspace, file) {
  await page.goto(`${workspace}/imports/new`);
  await page.locator("input[type=file]").setInputFiles(file);
  await page.locator("main form button.main").click();
  await page.waitForURL(/\/imports\/uploads\//);
}
