import { loadHighs, parseProblem, simplexEngine, solveProblem } from "@touchline/solver";
import { describe, expect, test } from "vitest";
import { UserError } from "../../user-error.ts";
import { answerInWords } from "./answer-words.ts";
import { describeAnswer } from "./describe-answer.ts";
import type { DescribedAnswer } from "./described.ts";

const engines = { small: simplexEngine, large: await loadHighs() };

function answer(model: unknown) {
  const read = parseProblem(model);
  if (read.kind === "refused") throw new Error(read.reason);
  const described = describeAnswer(read.parsed, solveProblem(read.parsed, engines));
  return { ...described, words: answerInWords(read.parsed, described) } as DescribedAnswer;
}

const rows = [{ name: "money", upper: 130 }];
const spots = { name: "spots", cost: 70, lower: 0, upper: null, coefficients: { money: 30 } };

describe("a linear model without curves", () => {
  test("is answered with values, prices and proof by name", () => {
    const { status, objective_value, values, duals, words } = answer({ sense: "max", columns: [spots], rows });
    expect({ status, objective_value }).toEqual({ status: "optimal", objective_value: (130 * 70) / 30 });
    expect(values).toEqual({ spots: 130 / 30 });
    expect((duals as { rows: { money: number } }).rows.money).toBeCloseTo(70 / 30, 12);
    expect(words).toMatch(/Objective 303\.3333[\s\S]*spots +4\.3333/);
  });

  test("is found where it stands under the name of a model", () => {
    expect(answer({ id: "H", model: { sense: "max", columns: [spots], rows } }).objective_value).toBe((130 * 70) / 30);
  });

  test("has whole numbers where they are asked for, in either layout", () => {
    const whole = { columns: [{ ...spots, integer: true }], rows, sense: "max" };
    const other = {
      ...{ optimize: "sales", opType: "max", constraints: { money: { max: 130 } } },
      ...{ variables: { spots: { money: 30, sales: 70 } }, ints: { spots: 1 } },
    };
    for (const model of [whole, other])
      expect(answer(model)).toMatchObject({ objective_value: 280, values: { spots: 4 } });
  });

  test("says where nothing bounds it, and where nothing can meet it", () => {
    expect(answer({ sense: "max", columns: [spots], rows: [{ name: "money", lower: 1 }] })).toMatchObject({
      ...{ status: "unbounded", values: null, words: "Nothing bounds the objective of this model; that is proved.\n" },
    });
    const torn = [{ name: "money", lower: 200, upper: 250 }];
    const few = { ...spots, upper: 2 };
    expect(answer({ sense: "max", columns: [few], rows: torn }).status).toBe("infeasible");
  });

  test.each([
    [{ sense: "max", columns: [{ ...spots, cost: "70" }], rows }, 'columns[0].cost: must be a number, got "70"'],
    [
      { sense: "max", columns: [{ ...spots, coefficients: { cash: 1 } }], rows },
      'names a row that does not exist: "cash"',
    ],
    [{ sense: "most", columns: [spots], rows }, 'sense: must be "max" or "min", got "most"'],
    [{ sense: "max", columns: [{ ...spots, upper: "a lot" }], rows }, "columns[0]: has a bound that is no number"],
    [{ sense: "max", columns: [spots], rows: [...rows, ...rows] }, '"money" is there twice'],
  ])("that cannot be meant is refused with the field: %j", (model, why) => {
    const read = parseProblem(model);
    expect(read.kind === "refused" ? read.reason : "").toContain(why);
  });

  test("that was not solved is said to be not solved", () => {
    const read = parseProblem({ sense: "max", columns: [spots], rows });
    if (read.kind !== "ok") throw new Error(read.reason);
    const unsolved = { layout: "linear", answer: { kind: "unsolved", reason: "time is over" } } as const;
    expect(() => describeAnswer(read.parsed, unsolved)).toThrow(UserError);
  });
});
