import { randomUUID } from "node:crypto";
import { formerKeys, formerScenarios, type Warehouse } from "@touchline/sql";
import { eq } from "drizzle-orm";
import { Plan, ProposeInput } from "../contract/index.ts";
import { type Database, type Store, scenarios, serviceKeys, storeMarks } from "../store/index.ts";

const CARRIED_OVER = "keys and scenarios carried over";

/**
 * Keys and scenarios stood in the warehouse before there was a store for accounts: the first process that opens both copies them, once.
 * What cannot be read any more (a plan of a former version) was not shown before either, and stays behind.
 */
export async function carryOverToStore(warehouse: Warehouse, { db }: Store): Promise<void> {
  const [done] = await db.select().from(storeMarks).where(eq(storeMarks.name, CARRIED_OVER));
  if (done !== undefined) return;
  await db.transaction(async (tx) => {
    const [first] = await tx.insert(storeMarks).values({ name: CARRIED_OVER }).onConflictDoNothing().returning();
    if (first === undefined) return; // Another server was first.
    await carryKeys(warehouse, tx);
    await carryScenarios(warehouse, tx);
  });
}

/** True where something waits that the store does not know yet. */
export async function hasSomethingToCarry(warehouse: Warehouse): Promise<boolean> {
  return (await formerScenarios(warehouse)).length > 0 || (await formerKeys(warehouse)).length > 0;
}

async function carryKeys(warehouse: Warehouse, tx: Database): Promise<void> {
  for (const { createdAt, revokedAt, ...key } of await formerKeys(warehouse)) {
    await tx.insert(serviceKeys).values({
      ...key,
      ...{ id: randomUUID(), scopes: ["ingest"], createdBy: "touchline keys create" },
      ...{ createdAt: new Date(createdAt), revokedAt: revokedAt === null ? null : new Date(revokedAt) },
    });
  }
}

async function carryScenarios(warehouse: Warehouse, tx: Database): Promise<void> {
  for (const { workspaceId, scenarioId: id, name, runId: run, savedBy, savedAt, ...texts } of await formerScenarios(
    warehouse,
  )) {
    const input = ProposeInput.safeParse(JSON.parse(texts.input));
    const plan = Plan.safeParse(JSON.parse(texts.plan));
    if (!input.success || !plan.success) continue;
    await tx.insert(scenarios).values({
      ...{ workspaceId, id, name, nameKey: name.toLowerCase(), run, savedBy, savedAt: new Date(savedAt) },
      ...{ input: input.data, plan: plan.data },
    });
  }
}
