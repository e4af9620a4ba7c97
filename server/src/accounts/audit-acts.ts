import type { NewAuditEntry, StoreTransaction } from "../store/index.ts";
import { membershipsOf } from "./memberships.ts";
import { actorOf, type RequestFacts } from "./request-facts.ts";

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The chain of what belongs to no workspace. */
export const INSTALLATION = "";

/** What somebody did with their own account, told to every workspace where they belong; to the house where there is none. */
export async function auditOwnAct(
  store: StoreTransaction,
  person: Person,
  request: RequestFacts,
  act: Pick<NewAuditEntry, "action" | "before" | "after">,
): Promise<void> {
  const own = await membershipsOf(store.db, person.id);
  const chains = own.length === 0 ? [INSTALLATION] : own.map(({ id }) => id);
  for (const chain of chains) {
    await store
      .in(chain)
      .audit({ ...act, actor: actorOf(person, request), subject: { kind: "person", id: person.id } });
  }
}
