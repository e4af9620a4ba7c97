import { ModelError } from "@touchline/solver";
import { expect, test } from "vitest";
import { UserError } from "../user-error.ts";
import { runCommandLine } from "./program.ts";

/** Runs a command whose work ends with this error. */
async function failWith(error: Error): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const written = { stdout: "", stderr: "" };
  const fail = () => Promise.reject(error);
  const exitCode = await runCommandLine(["curves"], {
    io: {
      cwd: ".",
      stdout: (text) => {
        written.stdout += text;
      },
      stderr: (text) => {
        written.stderr += text;
      },
      isWatched: false,
      columns: 80,
      fileNames: {},
    },
    withHouse: fail,
    serve: fail,
    demo: fail,
  });
  return { exitCode, ...written };
}

test("what a model has no answer for is one sentence and exit code 1, as is what a user can put right", async () => {
  const sentence = "No journey converts: widen the dates.";
  const printed = { exitCode: 1, stdout: "", stderr: `touchline: ${sentence}\n` };
  expect(await failWith(new ModelError(sentence))).toEqual(printed);
  expect(await failWith(new UserError(sentence))).toEqual(printed);
  expect(await failWith(new UserError(sentence, { exitCode: 2 }))).toEqual({ ...printed, exitCode: 2 });
});

test("a fault of the program is not passed off as the user's", async () => {
  await expect(failWith(new TypeError("x is undefined"))).rejects.toThrow(TypeError);
});
