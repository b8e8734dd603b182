// Signing in: a link alone changes nothing, the button behind it does.

import { createHmac } from "node:crypto";

const password = "vier kleine Holzreste";

/// Follows a one-time link, presses its button, and returns the path of the workspace it leads to. Where a second
/// factor is still to be set up, that is done on the way.
export async function signIn(page, link) {
  await page.goto(link);
  await page.locator("main form button").first().click();
  await page.waitForURL((url) => url.pathname === "/account" || /^\/w(\/[^/]+)?$/.test(url.pathname));
  if (new URL(page.url()).pathname === "/account") {
    await setPassword(page, "coordination@example.org");
    await setUpApp(page);
    await page.locator(".page-head a.button").click();
    await page.waitForURL((url) => /^\/w\/[^/]+$/.test(url.pathname));
  }
  return new URL(page.url()).pathname;
}

/// Sets a password on the page of the own access; returns it.
export async function setPassword(page, email) {
  const form = page.locator("form[action='/account/password']");
  await form.locator("input[name=email]").fill(email);
  await form.locator("input[name=password]").fill(password);
  await form.locator("button").click();
  await page.waitForURL(/done=password/);
  return password;
}

/// Sets up an app that makes codes; returns its secret.
export async function setUpApp(page) {
  await page.locator("form[action='/account/codes'] button").click();
  const secret = (await page.locator("code.secret").textContent()).replaceAll(" ", "");
  await page.locator("form[action='/account/codes/confirm'] input[name=code]").fill(codeOf(secret));
  await page.locator("form[action='/account/codes/confirm'] button").click();
  await page.waitForURL(/done=codes/);
  return secret;
}

/// The code that an app would show now (RFC 6238, with what every app takes for granted).
export function codeOf(secret) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = Array.from(secret, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(moment).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
