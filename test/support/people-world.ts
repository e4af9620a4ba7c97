import { randomBytes, randomUUID, scryptSync } from "node:crypto";
import { type Accounts, openAccounts, type SsoSettings } from "@touchline/server/accounts";
import type { Role } from "@touchline/server/contract";
import { createApp, type Desk, type IntakeDoors, listen, openDoors, usualPatience } from "@touchline/server/http";
import type { Express, RequestHandler } from "express";
import { Answers } from "../../server/src/answers/index.ts";
import { Caller, type CallerOptions, PASSWORD } from "./sign-in.ts";
import { openWorld, type World } from "./world.ts";

type Store = Accounts["store"];
type Mail = Parameters<Accounts["sendMail"]>[0];

/** Somebody with an account. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Signed in with their password. */
  readonly caller: Caller;
}

/** A house with accounts in this process, its whole HTTP server, and people in it. */
export interface PeopleWorld {
  readonly world: World;
  readonly url: string;
  readonly app: Express;
  /** Where web pages send events; the app reaches it once the data is ready. */
  readonly collector: RequestHandler;
  readonly accounts: Accounts;
  readonly store: Store;
  /** What was sent so far. */
  readonly mails: readonly Mail[];
  /** What went wrong after its request was answered. */
  readonly failures: readonly unknown[];
  /** Makes somebody with roles in workspaces, who is signed in and looks at the first of them. */
  person(name: string, roles: Readonly<Record<string, Role>>): Promise<Person>;
  /** A browser in which nobody is signed in. */
  nobody(options?: CallerOptions): Caller;
  /** Rows of the store of accounts. */
  rows<R = Record<string, unknown>>(sql: string): Promise<R[]>;
  close(): Promise<void>;
}

interface PeopleWorldOptions {
  /** The address that people reach the server by; its own by default. */
  readonly publicUrl?: string;
  readonly sso?: (url: string) => Promise<SsoSettings>;
  readonly sendMail?: (mail: Mail) => Promise<void>;
  readonly rates?: Parameters<typeof createApp>[0]["rates"];
}

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A hash of the same form that costs next to nothing: what a sign-in costs is not what these tests are about. */
function cheapHash(password: string): string {
  const salt = randomBytes(16);
  const key = scryptSync(password, salt, 32, { N: 16, r: 8, p: 1 });
  return `scrypt$16$8$1$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/** The statement that gives somebody the password of these tests. */
export function cheapCredential(userId: string): string {
  return `INSERT INTO credentials (id, account_id, provider_id, user_id, password, created_at, updated_at)
    VALUES ('${randomUUID()}', '${userId}', 'credential', '${userId}', '${cheapHash(PASSWORD)}', now(), now())`;
}

export async function openPeopleWorld({
  publicUrl,
  sso,
  sendMail,
  rates,
}: PeopleWorldOptions = {}): Promise<PeopleWorld> {
  const world = await openWorld();
  const { house } = world;
  const store = await house.store();
  const mails: Mail[] = [];
  const failures: unknown[] = [];
  const callers: Caller[] = [];
  let desk: Desk | null = null;
  const doors: IntakeDoors = openDoors(house);
  const app = createApp({
    ...{ pageFolder: house.dataFolder, hosts: new Set(["localhost", "127.0.0.1"]) },
    ...{ desk: () => desk, doors: () => doors, isSecure: publicUrl?.startsWith("https://") ?? false },
    // Each browser has an address of its own, so that limits by address count people as they do elsewhere.
    ...{ isProxyTrusted: true, ...(rates === undefined ? {} : { rates }) },
    ...(publicUrl === undefined ? {} : { url: publicUrl }),
  });
  const { server, url } = await listen(app, 0, "127.0.0.1", usualPatience(true));
  const accounts = await openAccounts({
    ...{ store, secret: house.secret, url: publicUrl ?? url },
    sso: (await sso?.(url)) ?? null,
    sendMail: async (mail) => {
      mails.push(mail);
      await sendMail?.(mail);
    },
    workspacesWithData: () => house.warehouse.workspaces(),
    onFailure: (error) => failures.push(error),
  });
  const { spoolFolder, dataFolder } = house;
  desk = {
    ...{ accounts, demo: null, answers: new Answers(), spoolFolder, dataFolder },
    openWorkspace: async (name) => (await house.workspace(name)).paced(),
    inTurn: (_userId, work) => work(),
  };
  const rows = async <R>(sql: string): Promise<R[]> =>
    ((await store.db.execute(sql)) as unknown as { readonly rows: R[] }).rows;
  const nobody = (options: CallerOptions = {}): Caller => {
    const caller = new Caller(url, { from: `198.51.100.${callers.length + 1}`, ...options });
    callers.push(caller);
    return caller;
  };
  return {
    ...{ world, url, app, collector: doors.collector, accounts, store, mails, failures, nobody, rows },
    async person(name, roles) {
      const [id, email] = [randomUUID(), `${name.toLowerCase().replaceAll(" ", ".")}@shop.example`];
      await rows(
        `INSERT INTO users (id, name, email, email_verified, created_at, updated_at)
        VALUES ('${id}', ${quoted(name)}, ${quoted(email)}, true, now(), now())`,
      );
      await rows(cheapCredential(id));
      for (const [workspace, role] of Object.entries(roles)) {
        await rows(`INSERT INTO workspaces (id) VALUES (${quoted(workspace)}) ON CONFLICT DO NOTHING`);
        await rows(
          `INSERT INTO memberships (workspace_id, user_id, role) VALUES (${quoted(workspace)}, '${id}', '${role}')`,
        );
      }
      const caller = nobody({ workspace: Object.keys(roles)[0] ?? null });
      await caller.ask("account.signIn", { email, password: PASSWORD });
      return { id, name, email, caller };
    },
    async close() {
      for (const caller of callers) caller.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await doors.intake.close();
      await world.close();
    },
  };
}
