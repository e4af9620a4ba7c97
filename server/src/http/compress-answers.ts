import { constants, createGzip, type Gzip } from "node:zlib";
import type { NextFunction, Request, Response } from "express";

/** The fastest level takes a tenth of the time of the usual one, and figures as text shrink to a fifth all the same. */
const LEVEL = 1;
/** What fits into one packet anyway arrives no sooner. */
const SMALLEST_BYTES = 1_400;

/**
 * Answers to questions are compressed, piece by piece where they are sent so. Answers to acts are not: they may hold a secret beside what
 * the asker has chosen, and how well both together compress would tell of it.
 */
export function compressAnswers(request: Request, response: Response, next: NextFunction): void {
  if (request.method === "GET" && request.acceptsEncodings("gzip") === "gzip") compress(response);
  next();
}

function compress(response: Response): void {
  const [write, end] = [response.write.bind(response), response.end.bind(response)];
  let gzip: Gzip | null | undefined;
  const decide = (first: unknown): Gzip | null => {
    if (gzip !== undefined) return gzip;
    gzip = isWorthIt(response, first) ? openGzip(response, write, end) : null;
    return gzip;
  };
  response.write = ((chunk: Buffer | string, ...rest: []) => {
    const packer = decide(chunk);
    if (packer === null) return write(chunk, ...rest);
    const hasRoom = packer.write(chunk);
    packer.flush(constants.Z_SYNC_FLUSH);
    return hasRoom;
  }) as Response["write"];
  response.end = ((chunk?: Buffer | string, ...rest: []) => {
    const packer = typeof chunk === "function" || chunk === undefined ? (gzip ?? null) : decide(chunk);
    if (packer === null) return end(chunk, ...rest);
    packer.end(typeof chunk === "function" ? undefined : chunk);
    return response;
  }) as Response["end"];
}

function isWorthIt(response: Response, first: unknown): boolean {
  const isText = /^application\/(json|jsonl)/.test(String(response.getHeader("content-type") ?? ""));
  if (!isText || response.headersSent || response.hasHeader("content-encoding")) return false;
  // Pieces that come one by one: the first one says nothing of the others.
  if (response.hasHeader("transfer-encoding")) return true;
  const size = typeof first === "string" || first instanceof Uint8Array ? first.length : 0;
  return size >= SMALLEST_BYTES;
}

function openGzip(response: Response, write: Response["write"], end: Response["end"]): Gzip {
  response.removeHeader("content-length");
  response.setHeader("Content-Encoding", "gzip");
  response.vary("Accept-Encoding");
  const gzip = createGzip({ level: LEVEL });
  const resume = () => void gzip.resume();
  gzip.on("data", (chunk: Buffer) => {
    if (!write(chunk)) {
      gzip.pause();
      response.once("drain", resume);
    }
  });
  gzip.on("drain", () => response.emit("drain"));
  gzip.on("end", () => void end());
  response.on("close", () => void gzip.destroy());
  return gzip;
}
