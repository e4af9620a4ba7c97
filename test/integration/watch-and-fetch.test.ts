import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT, sourcesIn } from "../support/sources.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;
const { freshWorkspace, importSample, rows } = sourcesIn(() => world);
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("a watched folder", () => {
  const watchOnce = (folder: string, workspace: string) =>
    world.run("watch", folder, "--source", "meta-ads", "--once", "--every", "1s", "--workspace", workspace);

  test("what is new or changed is imported, what is known is recognised, and a bad file gets its sentence", async () => {
    const workspace = freshWorkspace();
    const folder = join(world.folder, "drop");
    mkdirSync(folder);
    copyFileSync(join(ROOT, "samples/meta-ads/campaigns.csv"), join(folder, "march.csv"));
    writeFileSync(join(folder, "wrong.csv"), "a,b\n1,2\n");
    const first = await watchOnce(folder, workspace);
    expect(first.exitCode).toBe(1);
    expect(first.stdout).toMatch(/^march\.csv: 5 rows read .*: 4 stored, 1 left out/);
    expect(first.stderr).toMatch(
      /^touchline: wrong\.csv: no line among its first 100 is a header with "Day" or "Jour"/,
    );
    rmSync(join(folder, "wrong.csv"));
    const again = await watchOnce(folder, workspace);
    expect(again).toMatchObject({ exitCode: 0, stderr: "" });
    expect(again.stdout).toMatch(/^march\.csv: imported before, nothing changed/);
  });

  test.each([
    [["nowhere", "--source", "meta-ads"], /nowhere is not a folder/],
    [[".", "--source", "meta-ads", "--every", "soon"], /--every: "soon" is not a time such as 30s/],
    [["."], /required option '--source <name>'/],
  ])("%j is refused", async (words, sentence) => {
    const { exitCode, stderr } = await world.run("watch", ...words);
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(2);
  });
});

describe("a file that is somewhere else", () => {
  let remote: Server;
  let address: string;
  beforeAll(async () => {
    const content = readFileSync(join(ROOT, "samples/meta-ads/campaigns.csv"));
    remote = createServer((request, response) => {
      const { pathname } = new URL(request.url!, "http://x");
      if (pathname.startsWith("/private")) return void response.writeHead(403).end();
      if (!pathname.startsWith("/bucket/")) return void response.writeHead(404).end();
      const body = pathname.endsWith(".gz") ? gzipSync(content) : content;
      response.writeHead(200, {
        "content-length": body.length,
        etag: '"1"',
        "last-modified": new Date(0).toUTCString(),
      });
      response.end(request.method === "HEAD" ? undefined : body);
    });
    await new Promise<void>((done) => remote.listen(0, "127.0.0.1", done));
    address = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`;
    process.env.AWS_ENDPOINT_URL = address;
  });
  afterAll(() => {
    delete process.env.AWS_ENDPOINT_URL;
    remote.close();
  });

  test.each([
    ["https", () => `${address}/bucket/meta.csv?signature=secret`],
    ["https, gzipped", () => `${address}/bucket/meta.csv.gz`],
    ["s3", () => "s3://bucket/meta.csv"],
    ["s3, gzipped", () => "s3://bucket/meta.csv.gz"],
  ])("%s is fetched and imported, and its signature is not kept", async (_name, where) => {
    const workspace = freshWorkspace();
    const [report] = await importSample(workspace, where(), "--source", "meta-ads");
    expect(report).toMatchObject({ received: 5, stored: 4, filtered: 1 });
    const [entry] = await rows(workspace, "SELECT file FROM imports WHERE workspace_id = {workspaceId:String}");
    expect(entry!.file).toMatch(/\/meta\.csv(\.gz)?$/);
    expect(readdirSync(world.house.spoolFolder)).toEqual([]);
  });

  test.each([
    ["nothing there", () => `${address}/other.csv`, /other\.csv cannot be fetched: there is no such object/],
    ["a closed door", () => "s3://private/x.csv", /access is refused: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/],
    ["nobody there", () => "http://127.0.0.1:1/x.csv", /x\.csv cannot be fetched: nobody answers there/],
    ["a pattern", () => "s3://bucket/*.csv", /is a pattern: name one object at a time/],
  ])("%s gets one sentence, at once", async (_name, where, sentence) => {
    const began = Date.now();
    const { stderr, exitCode } = await world.run("import", where(), "--source", "meta-ads");
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBeGreaterThan(0);
    expect(Date.now() - began).toBeLessThan(20_000);
  });
});
