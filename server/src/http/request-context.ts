import type { Request, Response } from "express";
import { CLIENT_ADDRESS_HEADER, type RequestFacts, whoAsks } from "../accounts/index.ts";
import type { RequestContext } from "../trpc.ts";
import type { Desk } from "./desk.ts";

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOCAL_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const PROXY_HEADERS = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/** True where a request comes from a browser of this machine itself, with no proxy between. */
export function isFromHere(request: Request): boolean {
  return (
    LOOPBACK.test(request.socket.remoteAddress ?? "") &&
    LOCAL_NAME.test(request.headers.host ?? "") &&
    PROXY_HEADERS.every((name) => request.headers[name] === undefined)
  );
}

function cookiesOf(header: string | undefined): ReadonlyMap<string, string> {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim().split("="));
  return new Map(pairs.map(([name = "", ...value]) => [name, value.join("=")]));
}

/** What the sign-in library reads of a request; anything else that a client sends, it never sees. */
const PASSED_ON = ["cookie", "user-agent", "origin", "referer", "host"] as const;

/** Those headers, and the address of the client as this server knows it. */
function headersOf(request: Request): Headers {
  const headers = new Headers();
  for (const name of PASSED_ON) {
    const value = request.get(name);
    if (value !== undefined) headers.set(name, value);
  }
  if (request.ip !== undefined) headers.set(CLIENT_ADDRESS_HEADER, request.ip);
  return headers;
}

/** What the rest of the server knows of an HTTP request. */
export function factsOf(request: Request, response: Response): RequestFacts {
  const cookies = cookiesOf(request.headers.cookie);
  return {
    id: String(response.getHeader("x-request-id") ?? ""),
    ip: request.ip ?? null,
    userAgent: request.headers["user-agent"]?.slice(0, 300) ?? null,
    headers: headersOf(request),
    cookie: (name) => cookies.get(name) ?? null,
    setCookies: (lines) => {
      for (const line of lines) response.append("Set-Cookie", line);
    },
    isFromHere: isFromHere(request),
  };
}

/** Who asks, about which workspace, and what a procedure may reach once it is known that it may. */
export async function contextOf(desk: Desk, request: Request, response: Response): Promise<RequestContext> {
  const { accounts, demo, answers, openWorkspace, inTurn, spoolFolder, dataFolder } = desk;
  const facts = factsOf(request, response);
  return {
    ...{ accounts, answers, openWorkspace, inTurn, spoolFolder, dataFolder, request: facts, isDemo: demo !== null },
    who: await whoAsks(accounts, facts),
    workspaceName: request.get("x-workspace") ?? null,
    enterDemo: async () => (demo === null ? null : demo.enter(facts)),
  };
}
