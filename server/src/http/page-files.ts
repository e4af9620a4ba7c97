import { readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import express, { type NextFunction, type Request, type RequestHandler, type Response, Router } from "express";

/** A file of 300 KB takes 40 ms, once: twice the quality takes a second for two hundredths of the size. */
const BROTLI_QUALITY = 7;
const TEXTS: ReadonlySet<string> = new Set([".js", ".css", ".svg", ".json", ".map", ".wasm"]);
/** The names of all that Vite writes to assets/ change with their content. */
const FOR_EVER = "public, max-age=31536000, immutable";
const AN_HOUR = "public, max-age=3600";
/** Names without folders: nothing outside of assets/ is ever read. */
const ASSET = /^\/([\w.-]+)$/;

interface Packed {
  readonly modifiedMs: number;
  readonly bytes: Promise<Buffer>;
}

const ENCODERS: Readonly<Record<"br" | "gzip", (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: promisify(gzip),
};

/** The files of the page: compressed when first asked for, and kept so. */
export function pageFiles(folder: string): Router {
  const router = Router();
  router.use("/assets", packedFiles(join(folder, "assets")));
  router.use("/assets", express.static(join(folder, "assets"), { index: false, setHeaders: keepFor(FOR_EVER) }));
  router.use(express.static(folder, { index: false, setHeaders: keepFor(AN_HOUR) }));
  return router;
}

function keepFor(howLong: string) {
  return (response: { setHeader(name: string, value: string): unknown }) => {
    response.setHeader("Cache-Control", howLong);
  };
}

function packedFiles(folder: string): RequestHandler {
  const packed = new Map<string, Packed>();
  return (request: Request, response: Response, next: NextFunction) => {
    const name = ASSET.exec(request.path)?.[1];
    const encoding = request.acceptsEncodings("br", "gzip");
    const isAsked = (request.method === "GET" || request.method === "HEAD") && request.headers.range === undefined;
    if (name === undefined || !TEXTS.has(extname(name)) || !isAsked || (encoding !== "br" && encoding !== "gzip")) {
      next();
      return;
    }
    const path = join(folder, name);
    pack(packed, path, encoding).then((bytes) => {
      if (bytes === null) return next();
      // The name says what is in it, so it can say so of the compressed file too.
      response.set({ "Cache-Control": FOR_EVER, "Content-Encoding": encoding, ETag: `W/"${name}"` });
      response.vary("Accept-Encoding").type(extname(name)).send(bytes);
    }, next);
  };
}

/** @returns null where there is no such file */
async function pack(packed: Map<string, Packed>, path: string, encoding: "br" | "gzip"): Promise<Buffer | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return null;
  const key = `${encoding} ${path}`;
  const known = packed.get(key);
  if (known?.modifiedMs === found.mtimeMs) return known.bytes;
  const bytes = readFile(path).then(ENCODERS[encoding]);
  packed.set(key, { modifiedMs: found.mtimeMs, bytes });
  bytes.catch(() => packed.delete(key));
  return bytes;
}
