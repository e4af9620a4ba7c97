import type { Finding, HealthReport, Severity } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { fetchAnswers } from "./answers.ts";
import { judgeBookings } from "./judge-bookings.ts";
import { judgeFeeds } from "./judge-feeds.ts";
import { judgeLedger } from "./judge-ledger.ts";

const ORDER: Readonly<Record<Severity, number>> = { act: 0, watch: 1, ok: 2 };

/** Every rule of data health held against the workspace as it is now. */
export function fetchHealth(workspace: Workspace, now = new Date()): Promise<HealthReport> {
  // A page that is opened twice is answered once.
  return workspace.once("health", async () => {
    const thresholds = await workspace.setting("health");
    const checkedAt = now.toISOString();
    const answers = await fetchAnswers(workspace, thresholds, checkedAt);
    const findings: Finding[] = [
      ...judgeLedger(answers, thresholds),
      ...judgeFeeds(answers, thresholds),
      ...judgeBookings(answers, thresholds),
    ];
    return {
      checkedAt,
      findings: findings.sort((a, b) => ORDER[a.severity] - ORDER[b.severity]),
      platformDays: answers.platform,
    };
  });
}
