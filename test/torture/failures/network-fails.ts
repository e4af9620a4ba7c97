import { setTimeout as pause } from "node:timers/promises";
import { startNode } from "../../support/clickhouse/node.ts";
import type { Failure } from "./failure.ts";
import { NetworkSpace, THEIRS } from "./network-space.ts";

/** A ClickHouse server at the end of a cable that is cut, or through which little passes. */
export async function networkFails(folder: string, kind: "cut" | "slow"): Promise<Failure> {
  const space = new NetworkSpace();
  const node = await startNode({ dir: folder, host: THEIRS, namespace: space.name }).catch((error) => {
    space.remove();
    throw error;
  });
  const url = await node.createDatabase("torture");
  const mendings = {
    answers: { begin: () => space.loseAnswers(), end: () => space.findAnswers(), say: "answers lost" },
    all: { begin: () => space.pull(), end: () => space.plug(), say: "cable pulled" },
    narrow: { begin: () => space.narrow(400), end: () => space.widen(), say: "400 kbit/s, queues of 300 ms" },
  };
  return {
    env: { CLICKHOUSE_URL: `${url}?sslmode=disable` },
    server: { serverUrl: url },
    async strike(random) {
      const what = kind === "slow" ? mendings.narrow : random.once(2) ? mendings.answers : mendings.all;
      const forMs = 3_000 + random.below(22_000);
      what.begin();
      await pause(forMs);
      what.end();
      return `${what.say} for ${(forMs / 1000).toFixed(1)} s`;
    },
    async close() {
      await node.kill();
      space.remove();
    },
  };
}
