import type { HealthReport } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { fetchHealth } from "./report.ts";

const HOUR_MS = 3_600_000;

/** The report of data as it is, at most an hour old: for pages that show the state of health beside other things. */
export async function rememberHealth(workspace: Workspace, now: Date): Promise<HealthReport> {
  const watermark = await workspace.watermark();
  const hour = Math.floor(now.getTime() / HOUR_MS);
  return workspace.remember(JSON.stringify(["health", watermark, hour]), () => fetchHealth(workspace, now));
}

/** Checks that found something, each once, at its most severe. */
export function countChecks({ findings }: HealthReport): { act: number; watch: number; checks: number } {
  const rulesOf = (severity: string) =>
    new Set(findings.filter((finding) => finding.severity === severity).map(({ rule }) => rule));
  const act = rulesOf("act");
  const watch = [...rulesOf("watch")].filter((rule) => !act.has(rule));
  return { act: act.size, watch: watch.length, checks: new Set(findings.map(({ rule }) => rule)).size };
}
