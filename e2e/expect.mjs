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
