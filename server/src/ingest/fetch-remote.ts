import { randomUUID } from "node:crypto";
import { existsSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { copyRemoteObject, type RemoteObject } from "@touchline/sql";
import { type Environment, environment } from "../configuration/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";

/** The engine waits two minutes for a port that nobody listens on, so the door is tried first. */
const ANSWER_WITHIN_MS = 5_000;

export function isRemote(path: string): boolean {
  return /^(?:s3|gs|https?):\/\//i.test(path);
}

/** The address without user, password and query, which may hold a signature. */
function shownAddress(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.host}${decodeURI(url.pathname)}`;
}

function keyPair(id: string | undefined, secret: string | undefined, session = ""): RemoteObject["keys"] {
  return id === undefined || secret === undefined ? null : { id, secret, session };
}

/** The object behind an address. Keys come from the environment of the process that reads, never from the address. */
function remoteObject(address: string, env: NodeJS.ProcessEnv): RemoteObject {
  const url = new URL(address);
  const key = url.pathname.slice(1);
  if (url.protocol === "s3:") {
    const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? "us-east-1";
    const place =
      env.AWS_ENDPOINT_URL === undefined
        ? `https://${url.host}.s3.${region}.amazonaws.com`
        : `${env.AWS_ENDPOINT_URL.replace(/\/+$/, "")}/${url.host}`;
    const keys = keyPair(env.AWS_ACCESS_KEY_ID, env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN);
    return { store: "s3", url: `${place}/${key}`, keys };
  }
  if (url.protocol === "gs:") {
    const keys = keyPair(env.GCS_HMAC_KEY_ID, env.GCS_HMAC_SECRET);
    return { store: "gcs", url: `https://storage.googleapis.com/${url.host}/${key}`, keys };
  }
  // Braces and bars would be patterns of several addresses.
  const encoded = url.toString().replace(/[{}|*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return { store: "url", url: encoded, keys: null };
}

async function requireAnswer(url: string, shown: string): Promise<void> {
  const { hostname, port, protocol } = new URL(url);
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (protocol === "http:" ? 80 : 443),
  });
  const failure = await new Promise<string | null>((done) => {
    socket.setTimeout(ANSWER_WITHIN_MS, () => done(`nothing answers within ${ANSWER_WITHIN_MS / 1000} s`));
    socket.once("connect", () => done(null));
    socket.once("error", (error: NodeJS.ErrnoException) =>
      done(error.code === "ENOTFOUND" ? `there is no host ${hostname}` : "nobody answers there"),
    );
  });
  socket.destroy();
  if (failure !== null) throw new UserError(`${shown} cannot be fetched: ${failure}`);
}

/** What an engine's complaint means for the person who gave the address; its own text could show keys. */
function explainFailure(text: string, { store, keys }: RemoteObject): string {
  if (/404|NoSuchKey|NoSuchBucket|Not Found/i.test(text)) return "there is no such object";
  if (/40[13]|AccessDenied|Forbidden|Unauthorized|InvalidAccessKey|SignatureDoesNotMatch/i.test(text)) {
    const names =
      store === "gcs" ? "GCS_HMAC_KEY_ID and GCS_HMAC_SECRET" : "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    if (store === "url") return "access is refused";
    return keys === null ? `access is refused: set ${names}` : `access is refused to the keys in ${names}`;
  }
  return "the transfer failed: check the address and try again";
}

export interface FetchedFile {
  readonly path: string;
  /** The address as it may be shown and recorded. */
  readonly name: string;
}

/**
 * Brings `s3://…`, `gs://…` or `https://…` into the spool folder, where it is a file like any other; the caller removes it. For the
 * operator's command line only: an address must never come from a request.
 * @throws UserError with the sentence that helps
 */
export async function fetchRemote(
  workspace: Workspace,
  address: string,
  spoolFolder: string,
  env: Environment = environment(),
): Promise<FetchedFile> {
  if (!URL.canParse(address)) throw new UserError(`${address} is not an address`, { exitCode: 2 });
  const object = remoteObject(address, env);
  const name = shownAddress(address);
  if (object.store !== "url" && /[*?{}]/.test(object.url)) {
    throw new UserError(`${name} is a pattern: name one object at a time`, { exitCode: 2 });
  }
  await requireAnswer(object.url, name);
  // Without an ending: the engine would pack a file that is called .gz once more.
  const path = join(spoolFolder, `remote-${randomUUID()}`);
  try {
    await copyRemoteObject(workspace.warehouse, object, path);
  } catch (error) {
    rmSync(path, { force: true });
    const text = `${(error as Error).message} ${String((error as Error).cause ?? "")}`;
    throw new UserError(`${name} cannot be fetched: ${explainFailure(text, object)}`, { cause: error });
  }
  if (!existsSync(path) || statSync(path).size === 0)
    throw new UserError(`${name} is empty: there is nothing to import`);
  return { path, name };
}
