// Expectations that say what was there instead.

export function expectEqual(found, wanted, what) {
  if (found !== wanted) throw new Error(`${what}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
}

export function expectTrue(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

/// How long a page may take to become what is expected, on a busy machine.
const patience = 8_000;

/// At least `least` elements are on the page, or soon will be: a click is over before the page it leads to is there.
export async function expectCount(locator, least, what) {
  const found = await settled(() => locator.count(), (count) => count >= least);
  if (!(found >= least)) throw new Error(`${what}: expected at least ${least}, found ${found}`);
}

export async function expectPath(page, wanted) {
  const path = async () => new URL(page.url()).pathname;
  expectEqual(await settled(path, (found) => found === wanted), wanted, "address");
}

/// Asks until the answer is good, or patience is over; the last answer. A page that is being left answers nothing.
async function settled(ask, isGood) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (isGood(answer) || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/// Asks again until the answer is yes, for pages that change without a new address.
export async function expectSoon(question, what) {
  if (await settled(question, Boolean)) return;
  throw new Error(`not so, also after 8 s: ${what}`);
}
