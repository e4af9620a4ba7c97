import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../support/clickhouse/free-ports.ts";

/** A PostgreSQL server of this test's own. */
export interface PostgresServer {
  readonly url: string;
  close(): Promise<void>;
}

const DEBIAN = "/usr/lib/postgresql";
const NOBODY = 65_534;

/** Where the programs are; Debian keeps them out of the path. @throws Error where there is no PostgreSQL */
function programs(): string {
  const places = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, "bin")) : [];
  const found = [...places, ...(process.env.PATH ?? "").split(":")].find((place) => existsSync(join(place, "initdb")));
  if (found === undefined) throw new Error("these tests need PostgreSQL 15 or later: apt-get install postgresql");
  return found;
}

export async function startPostgres(): Promise<PostgresServer> {
  const [bin, [port]] = [programs(), await freePorts(1)];
  const folder = mkdtempSync(join(tmpdir(), "touchline-postgres-"));
  // PostgreSQL refuses to run as root.
  const as = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if ("uid" in as) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, "data");
  const how = { ...as, cwd: folder, env: { ...process.env, HOME: folder } };
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "touchline", "-A", "trust", "--no-sync"], {
    ...how,
    stdio: "pipe",
  });
  const server = spawn(join(bin, "postgres"), ["-D", data, "-k", folder, "-h", "127.0.0.1", "-p", String(port)], {
    ...how,
    stdio: ["ignore", "ignore", "pipe"],
  });
  await untilReady(server);
  return {
    url: `postgres://touchline@127.0.0.1:${port}/postgres`,
    async close() {
      const ended = new Promise((done) => server.once("close", done));
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((done, failed) => {
    let said = "";
    server.stderr!.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
      if (said.includes("ready to accept connections")) done();
    });
    server.once("close", () => failed(new Error(`PostgreSQL ended: ${said}`)));
  });
}
