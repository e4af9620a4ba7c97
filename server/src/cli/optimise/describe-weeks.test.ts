import { type Engines, loadHighs, parseProblem, simplexEngine, solveProblem } from "@touchline/solver";
import { expect, test } from "vitest";
import { describeAnswer } from "./describe-answer.ts";

const engines: Engines = { small: simplexEngine, large: await loadHighs() };

const question = (money: number) => ({
  weeks: 3,
  season: [1, 1.5, 1, 1],
  channels: ["tv", "radio"].map((name, i) => ({
    name,
    curve: { type: "log", a: 900 - 300 * i, b: 40 },
    adstock: { type: "weights", weights: [0.7, 0.3] },
  })),
  constraints: [
    { type: "total_spend", sense: "=", value: 400 },
    { type: "group_spend", name: "over all weeks", members: ["tv"], max: 150 + money },
    { type: "group_weekly_spend", name: "by week", members: ["radio"], max: [30, 100 + money, null] },
  ],
});

function answerTo(problem: object) {
  const read = parseProblem(problem);
  if (read.kind === "refused") throw new Error(read.reason);
  return describeAnswer(read.parsed, solveProblem(read.parsed, engines));
}

test("a group that binds over weeks has its price, and one that binds by week has one a week", () => {
  const { duals } = answerTo(question(0)) as never as { duals: { groups: Record<string, number | number[]> } };
  const { "over all weeks": total, "by week": weekly } = duals.groups;
  const [first, second, third] = weekly as number[];
  expect(third).toBe(0);
  expect(first).toBeGreaterThan(0);
  const value = (money: number) => answerTo(question(money)).objective_value as number;
  expect((total as number) + second!).toBeCloseTo((value(0.01) - value(-0.01)) / 0.02, 6);
});

test("two groups of one name are refused, because an answer could not tell them apart", () => {
  const { constraints, ...rest } = question(0);
  const read = parseProblem({ ...rest, constraints: [...constraints, { ...constraints[1], max: 90 }] });
  expect(read).toEqual({
    kind: "refused",
    reason: 'constraints[3].name: "over all weeks" is the name of another limit already',
  });
});
