import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { type Database, users } from "../store/index.ts";
import type { Accounts } from "./accounts.ts";
import { join } from "./memberships.ts";
import { hashPassword } from "./password-hash.ts";
import { createPerson, personByEmail, setPassword } from "./people.ts";
import type { RequestFacts } from "./request-facts.ts";
import type { SignedIn } from "./sessions.ts";

const EMAIL = "demo@touchline.localhost";

/** Where a folder that showed the simulated shop is served to people: the demo's owner is out, and in nobody's way. */
export async function retireDemoOwner(db: Database): Promise<void> {
  await db.delete(users).where(eq(users.email, EMAIL));
}

/** The owner of the simulated shop: signs in by itself, with a password that nobody knows and no process shares. */
export class DemoOwner {
  readonly #accounts: Accounts;
  readonly #password = randomBytes(24).toString("base64url");

  private constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  static async prepare(accounts: Accounts, workspaceId: string): Promise<DemoOwner> {
    const owner = new DemoOwner(accounts);
    const hash = await hashPassword(owner.#password);
    await accounts.store.db.transaction(async (tx) => {
      const known = await personByEmail(tx, EMAIL);
      if (known !== null) return setPassword(tx, known.id, hash);
      const person = await createPerson(tx, { name: "Demo", email: EMAIL, hash });
      await join(tx, person.id, workspaceId, "owner");
    });
    return owner;
  }

  /** Signs a browser of this machine in. @returns null for any other one */
  async enter(request: RequestFacts): Promise<SignedIn | null> {
    if (!request.isFromHere) return null;
    const { response, headers } = await this.#accounts.engine.api.signInEmail({
      body: { email: EMAIL, password: this.#password },
      ...{ headers: request.headers, returnHeaders: true },
    });
    request.setCookies(headers.getSetCookie());
    if (!("token" in response)) return null;
    const { id, name, email } = response.user;
    return { sessionId: "", id, name, email, hasSecondFactor: false, factors: "password" };
  }
}
