import { and, desc, eq } from "drizzle-orm";
import { todayIn } from "../../calendar-days.ts";
import type { RebalancingCheck, RebalancingSettings } from "../../contract/index.ts";
import { proposals, type WorkspaceStore } from "../../store/index.ts";
import { checkOf } from "./words.ts";

/** Days on which nothing is moved, by the calendar of the workspace. */
export function judgeBlackout({ guardRails }: RebalancingSettings, timeZone: string, now: Date): RebalancingCheck {
  const day = todayIn(timeZone, now);
  const found = guardRails.blackouts.find(({ from, to }) => from <= day && day <= to);
  if (found === undefined) return checkOf("blackout", "passed", { says: "fine", day });
  return checkOf("blackout", "blocked", { says: "blackout", day, ...found });
}

/**
 * Proposals of people that still wait. The run goes on: its own stands beside them, and whoever decides sees both. Those of earlier runs are
 * superseded by this one and say nothing.
 */
export async function judgeStanding(store: WorkspaceStore, timeZone: string, now: Date): Promise<RebalancingCheck> {
  const rows = await store.select(proposals, and(eq(proposals.state, "proposed"), eq(proposals.origin, "person")), {
    orderBy: desc(proposals.proposedAt),
  });
  const waiting = rows.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  const [newest] = waiting;
  if (newest === undefined) return checkOf("standing-proposal", "passed", { says: "fine" });
  return checkOf("standing-proposal", "passed", {
    ...{ says: "waits", proposals: waiting.length, name: newest.name, by: newest.proposerName },
    since: todayIn(timeZone, newest.proposedAt),
  });
}
