import { sql } from "drizzle-orm";
import type { House } from "../house/index.ts";
import type { Intake } from "../intake/index.ts";
import { settleWithin } from "../settle-within.ts";
import { runsByState, type Store } from "../store/index.ts";
import { Metrics } from "./metrics.ts";
import { type Pings, ReadinessCheck } from "./readiness.ts";
import type { Tracing } from "./tracing.ts";

/** A collector waits no longer than this for figures of the store. */
const READ_WITHIN_MS = 2_000;

/** What supervisors of a server may ask. */
export interface Supervision {
  readonly readiness: ReadinessCheck;
  readonly metrics: Metrics;
  /** What a collector of metrics has to say; undefined: only this machine itself may collect them. */
  readonly metricsToken: string | undefined;
  /** Where requests are followed; undefined where nobody asked for it. */
  readonly tracing: Tracing | undefined;
}

interface Supervised {
  readonly house: House;
  readonly store: Store;
  readonly intake: Intake;
}

/**
 * @param supervised what there is to look after; null while the data is still being prepared
 * @param metricsToken undefined: metrics are for this machine itself
 */
export function supervise(
  supervised: () => Supervised | null,
  metricsToken: string | undefined,
  tracing?: Tracing,
): Supervision {
  const pings = (): Pings | null => {
    const now = supervised();
    if (now === null) return null;
    return { warehouse: () => now.house.warehouse.ping(), accounts: () => now.store.db.execute(sql`SELECT 1`) };
  };
  const readiness = new ReadinessCheck(pings);
  const metrics = new Metrics({
    intake() {
      const intake = supervised()?.intake;
      return intake === undefined ? null : { rows: intake.queuedRows, oldestSeconds: intake.oldestSeconds() };
    },
    async rebalancing() {
      const now = supervised();
      if (now === null) return null;
      const settled = await settleWithin(runsByState(now.store.db), READ_WITHIN_MS);
      return settled.kind === "ready" ? settled.value : null;
    },
    async parts() {
      if (pings() === null) return {};
      const { parts } = await readiness.ask();
      return { warehouse: parts.warehouse === undefined, accounts: parts.accounts === undefined };
    },
  });
  return { readiness, metrics, metricsToken, tracing };
}
