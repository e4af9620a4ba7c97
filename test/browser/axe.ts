import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly {
    readonly target: readonly unknown[];
    readonly html: string;
    readonly any: { message: string }[];
  }[];
}

/** WCAG 2.0 to 2.2, levels A and AA; targets of 24 pixels are asked for by name, because axe leaves that one out by itself. */
const ALL = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  rules: { "target-size": { enabled: true } },
};
/** What another theme can break. */
const COLOURS = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

/** @returns what is wrong with the page as it stands, a line each: the rule, where, and why */
export async function findBarriers(page: Page, scope: "all" | "colours" = "all"): Promise<string[]> {
  // What is evaluated by the test is outside of the content security policy.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(SOURCE);
  const options = JSON.stringify({ ...(scope === "all" ? ALL : COLOURS), resultTypes: ["violations"] });
  const found = (await page.evaluate(`axe.run(document, ${options}).then(({ violations, passes }) => ({
    violations: violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ target, html, any }) => ({ target, html, any })) })),
    passes: passes.length,
  }))`)) as { violations: Finding[]; passes: number };
  if (found.passes === 0) return ["axe has looked at nothing"];
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html, any }) => `${id}: ${target.join(" ")} ${any[0]?.message ?? help} ${html.slice(0, 160)}`),
  );
}
