import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redactText } from "./redact-text.ts";
import { knownSecrets, SECRET_VARIABLES, secretOfEnvironment } from "./secret-of-environment.ts";

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-secrets-"));
  file = join(folder, "given");
  writeFileSync(file, "smtps://me:k-from-a-file@mail.example\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a secret of the environment", () => {
  test.each(SECRET_VARIABLES)("%s is taken from the variable, or from the file beside it", (name) => {
    expect(secretOfEnvironment(name, {})).toBeUndefined();
    expect(secretOfEnvironment(name, { [name]: " ", [`${name}_FILE`]: "" })).toBeUndefined();
    expect(secretOfEnvironment(name, { [name]: " said " })).toBe("said");
    expect(secretOfEnvironment(name, { [`${name}_FILE`]: file })).toBe("smtps://me:k-from-a-file@mail.example");
  });

  test("given twice, in a file that is not there, or in an empty one is told, without its value", () => {
    const both = { SMTP_URL: "smtps://said.example", SMTP_URL_FILE: file };
    expect(() => secretOfEnvironment("SMTP_URL", both)).toThrow(
      "SMTP_URL and SMTP_URL_FILE are both set: keep one of them",
    );
    const missing = join(folder, "missing");
    expect(() => secretOfEnvironment("DATABASE_URL", { DATABASE_URL_FILE: missing })).toThrow(
      `DATABASE_URL_FILE: ${missing} cannot be read: `,
    );
    const empty = join(folder, "empty");
    writeFileSync(empty, "\n");
    expect(() => secretOfEnvironment("TOUCHLINE_SECRET", { TOUCHLINE_SECRET_FILE: empty })).toThrow(
      `TOUCHLINE_SECRET_FILE: ${empty} is empty: write the value into it`,
    );
  });

  test("that came from a file is kept out of texts like one of a variable", () => {
    secretOfEnvironment("SMTP_URL", { SMTP_URL_FILE: file });
    expect(knownSecrets({ OIDC_CLIENT_SECRET: "said" })).toEqual(["said", "smtps://me:k-from-a-file@mail.example"]);
    expect(redactText("the password was k-from-a-file")).not.toContain("k-from-a-file");
  });
});
