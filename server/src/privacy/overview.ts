import { consentBySource, countIdentified, forgottenHashes } from "@touchline/sql";
import type { PrivacyOverview } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { planRetention } from "./apply-retention.ts";

/** What the workspace holds about people, what allows it, and what goes when. */
export async function fetchPrivacyOverview(workspace: Workspace, now = new Date()): Promise<PrivacyOverview> {
  const { warehouse } = workspace;
  const [bases, { identifiers, expired }] = [
    await workspace.setting("legal-basis"),
    await planRetention(workspace, now),
  ];
  const counted = await warehouse.ask(consentBySource, {});
  const silent = Object.keys(bases)
    .filter((source) => counted.every((row) => row.source !== source))
    .map((source) => ({ source, touchpoints: 0, consented: 0, refused: 0 }));
  return {
    stored: await countIdentified(warehouse),
    retention: await workspace.setting("retention"),
    sources: [...counted, ...silent].map((row) => ({
      ...row,
      basis: bases[row.source] ?? null,
      unsaid: row.touchpoints - row.consented - row.refused,
    })),
    due: { rows: [identifiers, expired].flatMap(Object.values<number>).reduce((sum, rows) => sum + rows, 0) },
    forgotten: await warehouse.askOne(forgottenHashes, {}),
  };
}
