// Expectations that say what was there instead.

export function expectEqual(found, wanted, what) {
  if (found !== wanted) throw new Error(`${what}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
}

export function expectTrue(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

/// At least `least` elements are on the page.
export async function expectCount(locator, least, what) {
  const found = await locator.count();
  if (found < least) throw new Error(`${what}: expected at least ${least}, found ${found}`);
}

export async function expectPath(page, wanted) {
  expectEqual(new URL(page.url()).pathname, wanted, "address");
}

/// Asks again until the answer is yes, for pages that change without a new address.
export async function expectSoon(question, what) {
  const patience = Date.now() + 8_000;
  while (Date.now() < patience) {
    if (await question().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not so, also after 8 s: ${what}`);
}
