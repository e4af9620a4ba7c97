import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { appRouter } from "@touchline/server/router";
import { describe, expect, test } from "vitest";
import { z } from "zod";

/** What the source may not do, and the few places that may. A line that is new in these lists is a decision. */

const HOUSE = fileURLToPath(new URL("../../", import.meta.url));
const ROOMS = ["server/src", "server/bin", "sql/src", "solver/src", "client/src"];

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const files: readonly SourceFile[] = ROOMS.flatMap((room) =>
  readdirSync(join(HOUSE, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|js|mjs)$/.test(entry.name))
    .filter(({ name }) => !/\.(?:test|fixture)\./.test(name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path: relative(HOUSE, path).split(sep).join("/"), text: readFileSync(path, "utf8") })),
);

/** Comments may name what code may not do. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[\s;{}(,])\/\/.*$/gm, "$1");

function filesWith(pattern: RegExp, among: (path: string) => boolean = () => true): string[] {
  return files.filter(({ path, text }) => among(path) && pattern.test(withoutComments(text))).map(({ path }) => path);
}

test("all rooms are walked", () => {
  for (const room of ROOMS) expect(files.filter(({ path }) => path.startsWith(`${room}/`)).length).toBeGreaterThan(0);
  expect(files.length).toBeGreaterThan(400);
});

describe("the source", () => {
  test.each<[string, RegExp]>([
    [
      "runs no code that is made of text",
      /\beval\s*\(|\bnew Function\b|(?<![\w.])Function\s*\(|node:vm|\bset(?:Timeout|Interval)\s*\(\s*["'`]/,
    ],
    [
      "writes no markup into a page",
      /dangerouslySetInnerHTML|\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write\b|\bsrcdoc\b/i,
    ],
    [
      "loosens neither TLS nor the parser of HTTP",
      /rejectUnauthorized\s*:\s*false|NODE_TLS_REJECT_UNAUTHORIZED|insecureHTTPParser|checkServerIdentity/,
    ],
    ["keeps no token in the page's storage", /(?:localStorage|sessionStorage)[^\n]*(?:token|password|secret)/i],
    ["writes no cookie in the page of the dashboard", /document\.cookie/],
    ["changes no object's prototype", /\b__proto__\s*[\]:=]|setPrototypeOf\s*\(/],
  ])("%s", (_what, pattern) => {
    expect(filesWith(pattern)).toEqual([]);
  });

  test("starts a program in one place only: the browser of whoever starts the server", () => {
    expect(filesWith(/child_process|node:cluster|process\.binding|\bexecFile\b|\bspawn\b/)).toEqual([
      "server/src/http/page.ts",
    ]);
    expect(readFileSync(join(HOUSE, "server/src/http/page.ts"), "utf8")).not.toMatch(/shell\s*:/);
  });

  test("speaks to the outside in these places only, and no request chooses where", () => {
    const ways = [
      /(?<![\w.#])fetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|"undici"/,
      /from "node:(?:https|http2|tls|dgram|dns)/,
      /import \{[^}]*(?<!type )\b(?:request|get|connect|createConnection)\b[^}]*\} from "node:(?:http|net)"/,
      /"(?:pg|nodemailer|@clickhouse\/client|better-auth)"|`(?:url|s3|gcs|remote|postgresql|mysql)\(\$\{quote/,
    ];
    const found = new Set(ways.flatMap((way) => filesWith(way)));
    expect([...found].sort()).toEqual([
      "server/src/accounts/mail/mailer.ts",
      "server/src/accounts/sign-in-engine.ts",
      "server/src/collector/t.js",
      "server/src/house/server-socket.ts",
      "server/src/ingest/fetch-remote.ts",
      "server/src/store/open-store.ts",
      "sql/src/engine.ts",
      "sql/src/imports/remote-object.ts",
    ]);
    const remote = /\b(?:fetchRemote|copyRemoteObject)\b/;
    const reached = filesWith(remote, (path) => path.startsWith("server/src/"));
    expect(reached.filter((path) => /router|\/http\/|\/collector\/|\/intake\//.test(path))).toEqual([]);
  });

  test("writes to the console in commands only: what the server says goes through its log, which knows what is secret", () => {
    const inServer = (path: string) =>
      /^(?:server\/src|sql\/src|solver\/src)\//.test(path) && !path.startsWith("server/src/cli/");
    expect(filesWith(/\bconsole\s*\.\s*\w+/, inServer)).toEqual([]);
  });

  test("reads secrets of the environment in one place, so that each can be given as a file", () => {
    const names = /\b(?:TOUCHLINE_SECRET|DATABASE_URL|CLICKHOUSE_URL|SMTP_URL|OIDC_CLIENT_SECRET)\b/;
    const direct = new RegExp(`(?:process\\.env|\\benv(?:ironment)?)(?:\\.|\\[")${names.source}`);
    expect(filesWith(direct, (path) => path.startsWith("server/"))).toEqual([]);
  });
});

describe("procedures", () => {
  interface Procedure {
    readonly _def: { readonly type: string; readonly inputs: readonly unknown[] };
  }
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>);

  /** Names of fields at any depth of a shape. */
  function fieldsOf(shape: unknown): string[] {
    if (typeof shape !== "object" || shape === null) return [];
    return Object.entries(shape).flatMap(([key, value]) =>
      key === "properties"
        ? [...Object.keys(value as object), ...fieldsOf(Object.values(value as object))]
        : fieldsOf(value),
    );
  }

  const inputOf = ({ _def: { inputs } }: Procedure): string[] =>
    inputs.flatMap((input) => fieldsOf(z.toJSONSchema(input as z.ZodType, { io: "input", unrepresentable: "any" })));

  test("take secrets and identifiers in bodies: no address of a question ever holds one", () => {
    const secret = /token|password|secret|identifier|^code$|^email$/i;
    const told = procedures.filter(([, procedure]) => inputOf(procedure).some((field) => secret.test(field)));
    expect(told.length).toBeGreaterThan(5); // Signing in and its like: the fields are seen.
    expect(told.filter(([, { _def }]) => _def.type !== "mutation").map(([name]) => name)).toEqual([]);
  });

  test("are questions and changes, and no streams", () => {
    expect(new Set(procedures.map(([, { _def }]) => _def.type))).toEqual(new Set(["query", "mutation"]));
  });
});
