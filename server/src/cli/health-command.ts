import { type Finding, HEALTH_RULE_NAMES, HEALTH_RULES, type HealthRuleName } from "../contract/index.ts";
import { fetchHealth } from "../health/index.ts";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, printable } from "./io.ts";

export interface HealthOptions {
  readonly workspace: string;
  readonly rule?: string;
  /** Exit code 1 when something needs to act. */
  readonly strict: boolean;
  readonly json: boolean;
}

function requireRule(name: string): HealthRuleName {
  const rule = HEALTH_RULE_NAMES.find((known) => known === name);
  if (rule === undefined) {
    throw new UserError(`--rule: "${name}" is not known; choose ${HEALTH_RULE_NAMES.join(", ")}`, { exitCode: 2 });
  }
  return rule;
}

/** `touchline health`: every rule held against the data, the most severe findings first. */
export async function runHealth(house: House, options: HealthOptions, io: CommandIo): Promise<number> {
  const rule = options.rule === undefined ? undefined : requireRule(options.rule);
  const report = await fetchHealth(await house.workspace(options.workspace));
  const findings = report.findings.filter((finding) => rule === undefined || finding.rule === rule);
  const shown = { ...report, findings };
  io.stdout(options.json ? `${JSON.stringify(shown)}\n` : drawFindings(findings));
  return options.strict && findings.some(({ severity }) => severity === "act") ? 1 : 0;
}

const HEADS = { act: "Act", watch: "Watch", ok: "Fine" } as const;

function drawFindings(findings: readonly Finding[]): string {
  const parts = (["act", "watch", "ok"] as const).flatMap((severity) => {
    const of = findings.filter((finding) => finding.severity === severity);
    if (of.length === 0) return [];
    return [`${HEADS[severity]} (${of.length})\n${of.map(drawFinding).join("")}`];
  });
  return parts.join("\n");
}

function drawFinding({ rule, severity, sentence }: Finding): string {
  const lines = [`  ${rule.padEnd(22)} ${printable(sentence)}`];
  if (severity !== "ok") lines.push(`  ${"".padEnd(22)} ${HEALTH_RULES[rule].remedy}`);
  return `${lines.join("\n")}\n`;
}
