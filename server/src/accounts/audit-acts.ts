import type { Database, NewAuditEntry, StoreTransaction } from "../store/index.ts";
import { membershipsOf } from "./memberships.ts";
import { actorOf, type RequestFacts } from "./request-facts.ts";

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The chain of what belongs to no workspace. */
export const INSTALLATION = "";

/** The chains that are told of somebody: of the workspaces where they belong, or of the house. */
export async function chainsOf(db: Database, userId: string): Promise<string[]> {
  const own = await membershipsOf(db, userId);
  return own.length === 0 ? [INSTALLATION] : own.map(({ id }) => id);
}

/** What somebody did with their own account, told to every workspace where they belong; to the house where there is none. */
export async function auditOwnAct(
  store: StoreTransaction,
  person: Person,
  request: RequestFacts,
  act: Pick<NewAuditEntry, "action" | "before" | "after">,
): Promise<void> {
  for (const chain of await chainsOf(store.db, person.id)) {
    await store
      .in(chain)
      .audit({ ...act, actor: actorOf(person, request), subject: { kind: "person", id: person.id } });
  }
}
