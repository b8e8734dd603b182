// Signing in: a link alone changes nothing, the button behind it does.

/// Follows a one-time link, presses its button, and returns the path of the workspace it leads to.
export async function signIn(page, link) {
  await page.goto(link);
  await page.locator("main form button").first().click();
  await page.waitForURL((url) => /^\/w\/[^/]+$/.test(url.pathname));
  return new URL(page.url()).pathname;
}
