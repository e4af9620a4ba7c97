import { request as plainRequest } from "node:http";
import { type RequestOptions, request as secureRequest } from "node:https";
import { VERSION } from "../version.ts";
import { outsideLookup, type Reach, Refused, whyNotUrl } from "./outside-address.ts";

/** gone: whoever listens there wants nothing any more. */
export type SendOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "gone" }
  | { readonly kind: "failed"; readonly error: string };

export interface OutgoingMessage {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ANSWER_WITHIN_MS = 10_000;
const MOST_READ_BYTES = 4_096;
const MOST_SHOWN = 200;

/**
 * Posts a message, once. Any answer of 2xx is a success; redirects are not followed, because they could lead anywhere.
 * @param isStopped ends it before its time
 */
export async function sendWebhook(
  { url, headers, body }: OutgoingMessage,
  reach: Reach,
  isStopped: AbortSignal,
): Promise<SendOutcome> {
  const why = whyNotUrl(url, reach);
  if (why !== null) return { kind: "failed", error: why };
  const timeUp = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const isPlain = url.startsWith("http:");
  const options: RequestOptions = {
    method: "POST",
    agent: false,
    lookup: outsideLookup(reach, isPlain),
    signal: AbortSignal.any([timeUp, isStopped]),
    headers: {
      ...headers,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "user-agent": `Touchline/${VERSION}`,
    },
  };
  try {
    const { status, text } = await post(url, options, body);
    if (status >= 200 && status < 300) return { kind: "done" };
    if (status === 410) return { kind: "gone" };
    const note = status >= 300 && status < 400 ? "redirects are not followed" : text;
    return { kind: "failed", error: `it answers ${status}${note === "" ? "" : `: ${note}`}` };
  } catch (error) {
    if (timeUp.aborted) return { kind: "failed", error: `no answer within ${ANSWER_WITHIN_MS / 1000} s` };
    return { kind: "failed", error: inWords(error as NodeJS.ErrnoException) };
  }
}

function post(url: string, options: RequestOptions, body: string): Promise<{ status: number; text: string }> {
  return new Promise((done, fail) => {
    const send = url.startsWith("http:") ? plainRequest : secureRequest;
    const request = send(url, options, (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      const end = () => {
        const text = Buffer.concat(parts).subarray(0, MOST_READ_BYTES).toString("utf8");
        done({ status: response.statusCode ?? 0, text: shown(text) });
        response.destroy();
      };
      response.on("data", (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size >= MOST_READ_BYTES) end();
      });
      response.once("end", end);
      response.once("error", fail);
    });
    request.once("error", fail);
    request.end(body);
  });
}

/** One line of what was answered: for whoever looks why it failed. */
function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
}

function inWords(error: NodeJS.ErrnoException): string {
  if (error instanceof Refused) return error.message;
  if (error.code === "ENOTFOUND" || error.code === "EAI_AGAIN") return "there is no such host";
  if (error.code === "ECONNREFUSED") return "nobody answers there";
  if (error.code === "ECONNRESET") return "the connection broke";
  if (error.code === "ABORT_ERR") return "the server was stopped before the answer came";
  return `it could not be sent: ${error.code ?? error.message}`;
}
