// Somebody is invited by mail: the letter lies in the folder of the demo, its link signs in, the log tells of it. Then the same person
// asks for a link at the door.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { watchedContext } from "../browser.mjs";
import { expectEqual, expectTrue } from "../expect.mjs";

export const name = "mail";
export const role = "coordinator";

export async function walk({ page, context, workspace, url, data, javaScript }) {
  const email = `${javaScript ? "mia" : "max"}@example.org`;
  await page.goto(`${workspace}/members?lang=de`);
  await page.locator("input[name=name]").fill(email.split("@")[0]);
  await page.locator("form input[name=email]").fill(email);
  await page.locator("select[name=actor]").selectOption({ index: 1 });
  expectTrue(await page.locator("input[name=mail]").isChecked(), "a mail is proposed");
  await page.locator(".invite button.main").click();
  await page.locator(".toast").waitFor();
  const letter = await arrived(data, email, /Ihr Zugang zu|Ihr =/);
  const { context: own, faults } = await watchedContext(context.browser(), url, { javaScriptEnabled: javaScript });
  try {
    const home = await own.newPage();
    home.setDefaultTimeout(10_000);
    await home.goto(linkIn(letter));
    await home.locator("main form button.main").click();
    await home.waitForURL(/\/w\/[^/]+$/);
    await home.locator("form[action='/sign-out'] button").click();
    await home.waitForURL(/\/sign-in$/);
    await home.locator("a[href='/sign-in/mail']").click();
    await home.locator("input[name=email]").fill(email);
    await home.locator("main form button.main").click();
    await home.waitForURL(/asked=1/);
    await home.goto(linkIn(await arrived(data, email, /Ihr Link zum Anmelden/)));
    await home.locator("main form button.main").click();
    await home.waitForURL(/\/w\/[^/]+$/);
  } finally {
    await own.close();
  }
  expectEqual(faults.join("\n"), "", "faults");
  await page.goto(`${workspace}/mail?lang=de`);
  expectTrue((await page.locator("tbody tr").first().textContent()).includes("verschickt"), "the log tells of it");
}

/// The letter to somebody with such a subject, once the server has written it.
async function arrived(data, email, subject) {
  const folder = join(data, "mail");
  for (let turn = 0; turn < 80; turn += 1) {
    const letters = existing(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    const found = letters.find((letter) => letter.includes(email) && subject.test(letter));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`no letter to ${email} came within 20 seconds`);
}

function existing(folder) {
  try {
    return readdirSync(folder).filter((file) => file.endsWith(".eml"));
  } catch {
    return [];
  }
}

/// Quoted-printable breaks long lines.
function linkIn(letter) {
  const plain = letter.replaceAll("=\r\n", "").replaceAll("=\n", "");
  return plain.match(/http:\/\/\S+\/link\/[0-9a-f]{32}/)[0];
}
