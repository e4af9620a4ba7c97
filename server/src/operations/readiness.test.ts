import { expect, test } from "vitest";
import { ReadinessCheck } from "./readiness.ts";

test("a server is loading, then ready as long as its parts are, and never once it is stopping", async () => {
  const check = new ReadinessCheck();
  expect((await check.ask(0)).status).toBe("loading");

  let problem: string | null = null;
  let asked = 0;
  const data = async () => {
    asked++;
    return problem;
  };
  check.loaded({ data, accounts: async () => null });
  expect(await check.ask(0)).toEqual({ status: "ready", problems: {} });
  problem = "the engine does not answer";
  expect(await check.ask(999)).toEqual({ status: "ready", problems: {} });
  expect(asked).toBe(1);
  expect(await check.ask(1_000)).toEqual({ status: "unavailable", problems: { data: problem } });

  check.loaded({ data: () => Promise.reject(new Error("secret@host")) });
  expect(await check.ask(1_000)).toEqual({ status: "unavailable", problems: { data: "it does not answer" } });

  check.stopping();
  expect((await check.ask(5_000)).status).toBe("stopping");
});
