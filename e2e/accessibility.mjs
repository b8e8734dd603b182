// axe over one page, in both languages, light and dark.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Throws with every finding of every combination.
export async function examine(page, path) {
  const findings = [];
  for (const language of ["de", "en"]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(withLanguage(path, language));
      await page.evaluate(source);
      const { violations } = await page.evaluate(
        (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }),
        standards,
      );
      for (const { id, help, nodes } of violations) {
        const places = nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary.split("\n")[1]?.trim() ?? ""}`);
        findings.push(`${language} ${colorScheme}: ${id} (${help}): ${places.join(" | ")}`);
      }
    }
  }
  if (findings.length > 0) throw new Error(findings.join("\n"));
}

export function withLanguage(path, language) {
  return `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
}
