import type { ParsedProblem } from "@touchline/solver";
import { describe, expect, it } from "vitest";
import { solveInThread } from "./solve-in-thread.ts";

const problem = (total: number): ParsedProblem => ({
  layout: "one-period",
  problem: {
    objective: { type: "max_response", response_weight: 1, spend_weight: 0 },
    channels: ["A", "B"].map((name, i) => ({
      name,
      curve: { type: "hill", beta: 100 * (i + 1), k: 50, s: 1 },
      ...{ lower: 0, upper: null, current: null, step: 10 },
    })),
    constraints: [{ type: "total_spend", sense: "<=", value: total }],
  },
  names: {},
});

describe("solving beside the thread that serves", () => {
  it("says that the time is over, and solves what comes next", { timeout: 60_000 }, async () => {
    // Asked at once: each waits for its turn, and its time begins with it.
    const [late, ...answers] = await Promise.all([
      solveInThread(problem(100), 0),
      solveInThread(problem(100), 50),
      solveInThread(problem(100), 50),
    ]);
    expect(late).toEqual({ kind: "late" });
    for (const answered of answers) {
      if (answered.kind === "late" || answered.answer.layout !== "one-period") throw new Error("no answer came");
      expect(answered.answer.allocation).toMatchObject({ status: "optimal", objectiveValue: expect.any(Number) });
    }
    expect(answers[0]).toEqual(answers[1]);
  });
});
