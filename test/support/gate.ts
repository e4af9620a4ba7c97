import { createApiKey } from "@touchline/server/accounts";
import type { House } from "@touchline/server/house";
import { createApp, listen, openDoors } from "@touchline/server/http";
import { Intake, RateLimit } from "@touchline/server/intake";

type Limits = ConstructorParameters<typeof Intake>[1];
type Rate = ConstructorParameters<typeof RateLimit>[0];

/** The endpoints for machines over a house of this process: real HTTP, with limits that a test can reach. */
export interface Gate {
  readonly url: string;
  readonly intake: Intake;
  /** A new key of a workspace. */
  key(workspace: string): Promise<string>;
  /** Answers what waits and stops listening; the house stays open. */
  close(): Promise<void>;
}

export async function openGate(house: House, { limits, rate }: { limits?: Limits; rate?: Rate } = {}): Promise<Gate> {
  const doors = {
    ...openDoors(house),
    intake: new Intake(house.spoolFolder, limits),
    ...(rate === undefined ? {} : { rate: new RateLimit(rate) }),
  };
  const app = createApp({
    ...{ pageFolder: house.dataFolder, hosts: new Set(["localhost"]), workspace: () => null },
    ...{ spoolFolder: () => house.spoolFolder, doors: () => doors },
  });
  const { server, url } = await listen(app, 0, "127.0.0.1");
  return {
    url,
    intake: doors.intake,
    key: async (workspace) => createApiKey(await house.workspace(workspace), "test"),
    async close() {
      await doors.intake.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
