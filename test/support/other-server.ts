import { createApp, type Desk, fairShare, listen, openDoors, usualPatience } from "@touchline/server/http";
import { Answers } from "../../server/src/answers/index.ts";
import type { PeopleWorld, Person } from "./people-world.ts";
import { Caller } from "./sign-in.ts";

type AppOptions = Parameters<typeof createApp>[0];
type Patience = Parameters<typeof listen>[3];

/** Another server over the house and the accounts of a world. */
export interface OtherServer {
  readonly url: string;
  readonly port: number;
  /** The browser of somebody who is signed in. */
  as(person: Person): Caller;
  close(): Promise<void>;
}

/**
 * Serves a world once more, as the command does.
 * @param app what is otherwise of its HTTP server
 * @param changes what is otherwise behind it
 */
export async function serveAgain(
  { world: { house }, accounts }: PeopleWorld,
  app: Partial<AppOptions> = {},
  changes: Partial<Desk> = {},
  patience?: Patience,
): Promise<OtherServer> {
  const { spoolFolder, dataFolder } = house;
  const desk: Desk = {
    ...{ accounts, demo: null, answers: new Answers(), spoolFolder, dataFolder },
    openWorkspace: async (name) => (await house.workspace(name)).paced(),
    inTurn: (person, work) => fairShare.run(person, work),
    ...changes,
  };
  const doors = openDoors(house);
  const callers: Caller[] = [];
  const handler = createApp({
    ...{ pageFolder: dataFolder, hosts: new Set(["localhost"]), desk: () => desk, doors: () => doors },
    ...app,
  });
  const { server, url } = await listen(handler, 0, "127.0.0.1", patience ?? usualPatience(true));
  return {
    url,
    port: Number(new URL(url).port),
    as({ caller }) {
      const other = new Caller(url, { workspace: caller.workspace });
      for (const [name, value] of caller.cookies) other.cookies.set(name, value);
      callers.push(other);
      return other;
    },
    async close() {
      for (const caller of callers) caller.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await doors.intake.close();
    },
  };
}
