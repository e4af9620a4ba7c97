import { and, eq, isNull, lte, or } from "drizzle-orm";
import type { Database, Store } from "./open-store.ts";
import { deliveries, proposals } from "./schema/index.ts";

/** Which workspaces a loop of the server has to look after: everything else is asked of one workspace at a time. */
export function workspacesThatWait(
  db: Database,
): Pick<Store, "workspacesWithDueDeliveries" | "workspacesWithOverdueProposals"> {
  return {
    async workspacesWithDueDeliveries(now) {
      const isFree = or(isNull(deliveries.heldUntil), lte(deliveries.heldUntil, now));
      const rows = await db
        .selectDistinct({ id: deliveries.workspaceId })
        .from(deliveries)
        .where(and(eq(deliveries.state, "waiting"), lte(deliveries.nextAt, now), isFree));
      return rows.map(({ id }) => id).sort();
    },
    async workspacesWithOverdueProposals(now) {
      const rows = await db
        .selectDistinct({ id: proposals.workspaceId })
        .from(proposals)
        .where(and(eq(proposals.state, "proposed"), lte(proposals.expiresAt, now)));
      return rows.map(({ id }) => id).sort();
    },
  };
}
