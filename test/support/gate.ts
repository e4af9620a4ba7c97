import { randomUUID } from "node:crypto";
import type { House } from "@touchline/server/house";
import { createApp, listen, openDoors, usualPatience } from "@touchline/server/http";
import { Intake, RateLimit } from "@touchline/server/intake";

type Limits = ConstructorParameters<typeof Intake>[1];
type Rate = ConstructorParameters<typeof RateLimit>[0];
type Keys = ReturnType<typeof openDoors>["keys"];

/** The endpoints for machines over a house of this process: real HTTP, with limits that a test can reach. */
export interface Gate {
  readonly url: string;
  readonly intake: Intake;
  /** A new key that may send events into a workspace. It is known to this gate alone: no store is opened for it. */
  key(workspace: string): string;
  /** Answers what waits and stops listening; the house stays open. */
  close(): Promise<void>;
}

interface GateOptions {
  readonly limits?: Limits;
  readonly rate?: Rate;
  /** The keys of the house itself, in place of the gate's own. */
  readonly realKeys?: boolean;
}

export async function openGate(house: House, { limits, rate, realKeys = false }: GateOptions = {}): Promise<Gate> {
  const own = new Map<string, Awaited<ReturnType<Keys["holderOf"]>>>();
  const doors = {
    ...openDoors(house),
    intake: new Intake(house.spoolFolder, limits),
    ...(rate === undefined ? {} : { rate: new RateLimit(rate) }),
    ...(realKeys ? {} : { keys: { holderOf: async (key: string) => own.get(key) ?? null } }),
  };
  const app = createApp({
    ...{ pageFolder: house.dataFolder, hosts: new Set(["localhost"]), desk: () => null, doors: () => doors },
  });
  const { server, url } = await listen(app, 0, "127.0.0.1", usualPatience(true));
  return {
    url,
    intake: doors.intake,
    key(workspaceId) {
      const key = `key-${randomUUID()}`;
      own.set(key, { keyId: key, name: "gate", workspaceId, scopes: ["ingest"] });
      return key;
    },
    async close() {
      await doors.intake.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
