import type { HouseOptions } from "@touchline/server/house";
import type { Random } from "../random.ts";

/** Where the events are, past Touchline. */
export type ServerPlace = Pick<HouseOptions, "serverUrl" | "cluster">;

/** What can fail, by the names of the command. Whoever adds one adds it in `open-failure.ts` too. */
export const FAILURES = [
  "process-killed",
  "server-killed",
  "server-gone",
  "network-cut",
  "network-slow",
  "disk-full",
  "folder-full",
  "out-of-memory",
  "shard-killed",
] as const;
export type FailureName = (typeof FAILURES)[number];

/** One kind of failure, with the servers that it strikes. */
export interface Failure {
  /** Where Touchline finds its servers. */
  readonly env: Readonly<Record<string, string>>;
  /** The ClickHouse server without what only Touchline's environment says; unset: as there. */
  readonly server?: ServerPlace;
  /** Where Touchline's own data has to be, where that matters. */
  readonly dataFolder?: string;
  /** Fails once and is mended again. @returns what happened, in a few words */
  strike(random: Random): Promise<string>;
  /** Ends the servers and removes their data. */
  close(): Promise<void>;
}
