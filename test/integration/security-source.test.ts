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

const NEVER: readonly [string, RegExp][] = [
  [
    "runs code that is made of text",
    /\beval\s*\(|\bnew Function\b|(?<![\w.])Function\s*\(|node:vm|\bset(?:Timeout|Interval)\s*\(\s*["'`]/,
  ],
  [
    "writes markup into a page",
    /dangerouslySetInnerHTML|\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write\b|\bsrcdoc\b/i,
  ],
  [
    "loosens TLS or the parser of HTTP",
    /rejectUnauthorized\s*:\s*false|NODE_TLS_REJECT_UNAUTHORIZED|insecureHTTPParser|checkServerIdentity/,
  ],
  ["keeps a token in the page's storage", /(?:localStorage|sessionStorage)[^\n]*(?:token|password|secret)/i],
  ["touches cookies in the dashboard", /document\.cookie/],
  ["changes an object's prototype", /\b__proto__\s*[\]:=]|setPrototypeOf\s*\(/],
];

describe("the source", () => {
  test.each(NEVER)("holds nothing that %s", (_what, pattern) => {
    expect(filesWith(pattern)).toEqual([]);
  });

  test("starts a program in one place only: the browser of whoever starts the server", () => {
    expect(filesWith(/child_process|node:cluster|process\.binding|\bexecFile\b|\bspawn\b/)).toEqual([
      "server/src/http/page.ts",
    ]);
    expect(readFileSync(join(HOUSE, "server/src/http/page.ts"), "utf8")).not.toMatch(/shell\s*:/);
  });

  test("speaks to the outside in these places only, and a request chooses where in one of them, within limits", () => {
    const ways = [
      /(?<![\w.#])fetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|"undici"/,
      /from "node:(?:https|http2|tls|dgram|dns)/,
      /import \{[^}]*(?<!type )\b(?:request|get|connect|createConnection)\b[^}]*\} from "node:(?:http|net)"/,
      /"(?:pg|nodemailer|@clickhouse\/client|better-auth|@opentelemetry\/exporter-[\w-]+)"|`(?:url|s3|gcs|remote|postgresql|mysql)\(\$\{quote/,
    ];
    const found = new Set(ways.flatMap((way) => filesWith(way)));
    expect([...found].sort()).toEqual([
      "client/src/pages/mapping/send-file.ts", // To its own server.
      "server/src/accounts/mail/mailer.ts",
      "server/src/accounts/sign-in-engine.ts",
      "server/src/collector/t.js",
      "server/src/house/server-socket.ts",
      "server/src/ingest/fetch-remote.ts",
      "server/src/notifications/outside-address.ts", // Where names lead, before anything is sent there.
      "server/src/notifications/send-webhook.ts", // Where an admin says, and outside-address.ts allows.
      "server/src/operations/tracing.ts", // To the collector that the operator names.
      "server/src/store/open-store.ts",
      "sql/src/engine-clients.ts",
      "sql/src/engine.ts",
      "sql/src/imports/remote-object.ts",
      "sql/src/lanes.ts",
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

  test("takes randomness, hashes and ciphers from node:crypto, and none that are broken", () => {
    // The mark of a visitor, in browsers that have no better one.
    expect(filesWith(/Math\s*\.\s*random/)).toEqual(["server/src/collector/t.js"]);
    expect(
      filesWith(/createCipher\b|createDecipher\b|subtle\s*\.|pbkdf2|\b(?:md5|sha1)\b/i, (path) =>
        path.startsWith("server/"),
      ),
    ).toEqual([]);
    expect(filesWith(/createCipheriv|createDecipheriv/)).toEqual(["server/src/store/seal.ts"]);
    const packages = files.flatMap(({ text }) =>
      [...text.matchAll(/\bfrom "([^"./][^"]*)"/g)].map((match) => match[1]!),
    );
    const named = packages.filter((name) =>
      /crypt|cipher|hash|argon|nacl|sodium|jose|jsonwebtoken|forge|uuid/i.test(name),
    );
    expect([...new Set(named)]).toEqual(["node:crypto"]);
  });

  test("keeps nothing in the browser but preferences and where somebody wanted to go", () => {
    const inPage = (path: string) => path.startsWith("client/");
    const store = /localStorage|sessionStorage|indexedDB|\bcaches\b|serviceWorker/;
    expect(filesWith(store, inPage)).toEqual(["client/src/app/preferences.ts"]);
    const kept = files.find(({ path }) => path === "client/src/app/preferences.ts")!.text;
    expect([...kept.matchAll(/"touchline\.(\w+)"/g)].map((match) => match[1])).toEqual([
      ...["theme", "language", "workspace", "shortcuts", "wanted"],
    ]);
  });

  test("reads secrets of the environment in one place, so that each can be given as a file", () => {
    const names = /\b(?:TOUCHLINE_SECRET|DATABASE_URL|CLICKHOUSE_URL|SMTP_URL|OIDC_CLIENT_SECRET)\b/;
    const direct = new RegExp(`(?:process\\.env|\\benv(?:ironment)?)(?:\\.|\\[")${names.source}`);
    expect(filesWith(direct, (path) => path.startsWith("server/"))).toEqual([]);
  });
});

describe("procedures", () => {
  interface Procedure {
    readonly _def: { readonly type: string; readonly inputs: readonly z.ZodType[]; readonly output?: unknown };
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
    inputs.flatMap((input) => fieldsOf(z.toJSONSchema(input, { io: "input", unrepresentable: "any" })));

  test("take secrets and identifiers in bodies: no address of a question ever holds one", () => {
    const secret = /token|password|secret|identifier|^code$|^email$/i;
    const told = procedures.filter(([, procedure]) => inputOf(procedure).some((field) => secret.test(field)));
    expect(told.length).toBeGreaterThan(5); // Signing in and its like: the fields are seen.
    expect(told.filter(([, { _def }]) => _def.type !== "mutation").map(([name]) => name)).toEqual([]);
  });

  test("ask nobody for a hint or a secret question", () => {
    const fields = new Set(procedures.flatMap(([, procedure]) => inputOf(procedure)));
    expect([...fields].filter((field) => /hint|secretQuestion|securityQuestion|maiden|birth/i.test(field))).toEqual([]);
  });

  test("name what they answer: nothing else leaves the server", () => {
    expect(procedures.length).toBeGreaterThan(60);
    expect(procedures.filter(([, { _def }]) => _def.output === undefined).map(([name]) => name)).toEqual([]);
  });

  test("take what they name: other fields are dropped, and other types refused", () => {
    const loose: string[] = [];
    for (const [name, { _def }] of procedures)
      for (const input of _def.inputs) {
        const shape = z.toJSONSchema(input, { io: "output", unrepresentable: "any" });
        if (shape.type === "object" && shape.additionalProperties !== false) loose.push(`${name} takes any field`);
        for (const wrong of [7, "text", true, ["list"], null])
          if (input.safeParse(wrong).success) loose.push(`${name} takes ${JSON.stringify(wrong)}`);
      }
    expect(loose).toEqual([]);
  });

  test("are questions and changes, and no streams", () => {
    expect(new Set(procedures.map(([, { _def }]) => _def.type))).toEqual(new Set(["query", "mutation"]));
  });
});

describe("the image", () => {
  const stages = readFileSync(join(HOUSE, "Dockerfile"), "utf8")
    .split(/^FROM /m)
    .slice(1);
  const copied = (stage: string) => [...stage.matchAll(/^COPY (.+)$/gm)].map((match) => match[1]!);

  test("holds what production needs: no tools, no tests, nothing of the checkout besides", () => {
    const parts = stages.find((stage) => stage.startsWith("node:24-bookworm-slim AS parts"))!;
    expect(parts).toMatch(/^RUN npm ci --omit=dev --legacy-peer-deps --ignore-scripts /m);
    expect(copied(parts).filter((line) => !/^(?:\w+\/)?package(?:-lock)?\.json\b/.test(line))).toEqual([]);
    expect(copied(stages.at(-1)!)).toEqual([
      "--from=parts /touchline ./",
      "LICENSE ./",
      "server server",
      "sql sql",
      "solver solver",
      "docs/sources docs/sources",
      "--from=page /touchline/client/dist client/dist",
    ]);
  });

  test("is run by somebody who is not root, and left out of it are secrets, tests and the history", () => {
    expect(stages.at(-1)).toMatch(/^USER node$/m);
    const ignored = readFileSync(join(HOUSE, ".dockerignore"), "utf8").split("\n");
    expect(ignored).toEqual(
      expect.arrayContaining([".git", "secrets", "data", "**/*.test.ts", "test/*", "**/node_modules"]),
    );
  });
});
