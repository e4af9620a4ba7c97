import { and, eq, lte } from "drizzle-orm";
import { tell } from "../notifications/index.ts";
import { type Actor, proposals, type WorkspaceStore } from "../store/index.ts";
import { expiredNotice } from "./notices.ts";
import { factsOf, subjectOf } from "./proposal-facts.ts";

/** Nobody decided: the clock did. */
const CLOCK: Actor = { kind: "system", id: "expiry", name: "Touchline", ip: null, userAgent: null };

/**
 * Writes down what can no longer be approved. Whoever looks at proposals calls it first, and so does a loop of the server; of several at
 * once one writes. @returns how many
 */
export async function expireOverdue(store: WorkspaceStore, now: Date): Promise<number> {
  const overdue = and(eq(proposals.state, "proposed"), lte(proposals.expiresAt, now))!;
  if ((await store.count(proposals, overdue)) === 0) return 0;
  return store.transaction(async (tx) => {
    const decision = { decidedBy: CLOCK.id, deciderName: CLOCK.name, decidedAt: now, remark: "" };
    const rows = await tx.update(proposals, { state: "expired", ...decision }, overdue);
    for (const row of rows) {
      const [before, after] = [factsOf({ ...row, state: "proposed" }), factsOf(row)];
      await tx.audit({ actor: CLOCK, action: "proposals.expire", subject: subjectOf(row), before, after });
      await tell(tx, expiredNotice(row));
    }
    return rows.length;
  });
}
