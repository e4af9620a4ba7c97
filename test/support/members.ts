import type { Role } from "@touchline/server/contract";
import type { House } from "@touchline/server/house";
import { join } from "../../server/src/accounts/memberships.ts";
import { Answers } from "../../server/src/answers/index.ts";
import { users } from "../../server/src/store/index.ts";
import type { RequestContext } from "../../server/src/trpc.ts";

/** What of a house a procedure reaches; those that decide on plans need the store alone. */
type Reached = Pick<House, "store"> & Partial<House>;

/** What a request of a member carries once they are signed in: procedures prove the membership themselves. */
export async function requestOf(
  house: Reached,
  workspaceId: string,
  name: string,
  role: Role,
): Promise<RequestContext> {
  const store = await house.store();
  const at = new Date();
  const person = { id: `${name} of ${workspaceId}`, name, email: `${name}@${workspaceId}.example` };
  await store.db
    .insert(users)
    .values({ ...person, createdAt: at, updatedAt: at })
    .onConflictDoNothing();
  await join(store.db, person.id, workspaceId, role);
  const request = { id: "r1", ip: "192.0.2.7", userAgent: "a browser", headers: new Headers() };
  const context = {
    answers: new Answers(),
    accounts: { store },
    request: { ...request, cookie: () => null, setCookies: () => undefined, isFromHere: false },
    who: { ...person, sessionId: "s1", hasSecondFactor: false },
    workspaceName: workspaceId,
    openWorkspace: async (id: string) => house.workspace?.(id),
    inTurn: (_user: string, work: () => Promise<unknown>) => work(),
    isDemo: false,
    enterDemo: async () => null,
    dataFolder: house.dataFolder,
    spoolFolder: house.spoolFolder,
  };
  return context as unknown as RequestContext;
}
