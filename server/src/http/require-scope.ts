import type { Request, RequestHandler, Response } from "express";
import type { KeyHolder, KeyRing } from "../accounts/index.ts";
import type { Scope } from "../contract/index.ts";
import type { Actor } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";
import type { Admission } from "./admission.ts";

/** What of a server the endpoints of machines need. */
export interface MachineDoors {
  readonly keys: Pick<KeyRing, "holderOf">;
  readonly workspace: (name: string) => Promise<Workspace>;
}

/** Lets a request pass whose key has the scope: what follows finds who it is with `machineOf`. */
export type RequireScope = (scope: Scope) => RequestHandler;

/** A machine whose key was looked up. */
interface Machine {
  readonly holder: KeyHolder;
  readonly actor: Actor;
  /** The workspace of the key, whichever the request names. */
  readonly workspace: () => Promise<Workspace>;
}

/** What a key may do, as the refusal says it. */
const IN_WORDS: Readonly<Record<Scope, string>> = {
  ingest: "send events",
  "reports:read": "read reports",
  rebalance: "start the rebalancing",
};

export function refuse(response: Response, status: number, error: string, retryAfterSeconds?: number): void {
  if (retryAfterSeconds !== undefined) response.set("Retry-After", String(retryAfterSeconds));
  response.status(status).json({ error });
}

function keyOf(request: Request): string {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return bearer ?? request.get("x-api-key") ?? "";
}

/**
 * Looks up the key of a request before its body is read. Requests without a key that is known count as requests by nobody.
 * @param doors null while the data is still being prepared
 */
export function scopesOf(doors: () => MachineDoors | null, admission: Admission): RequireScope {
  return (scope) => async (request, response, next) => {
    const open = doors();
    if (open === null) return void refuse(response, 503, "the server is loading its data: send it again", 3);
    const holder = await open.keys.holderOf(keyOf(request)).catch(() => undefined);
    if (holder === undefined) return void refuse(response, 503, "the keys cannot be looked up now: send it again", 5);
    if (holder === null) {
      const wait = admission.waitOfNobody(request);
      if (wait > 0) return void refuse(response, 429, "too many requests without a key that is known", wait);
      response.set("WWW-Authenticate", "Bearer");
      return void refuse(
        response,
        401,
        `the API key is missing, unknown or revoked: make one with touchline keys create NAME${scope === "ingest" ? "" : ` --scopes ${scope}`}, and send it as Authorization: Bearer KEY`,
      );
    }
    if (!holder.scopes.includes(scope)) {
      return void refuse(
        response,
        403,
        `this API key may not ${IN_WORDS[scope]}, only ${holder.scopes.join(", ")}: make one with touchline keys create NAME --scopes ${scope}`,
      );
    }
    response.locals.machine = machineFor(open, holder, request);
    next();
  };
}

/** Who sends a request that `RequireScope` let pass. */
export function machineOf(response: Response): Machine {
  return response.locals.machine as Machine;
}

function machineFor(doors: MachineDoors, holder: KeyHolder, request: Request): Machine {
  const userAgent = request.headers["user-agent"]?.slice(0, 300) ?? null;
  return {
    holder,
    actor: { kind: "key", id: holder.keyId, name: holder.name, ip: request.ip ?? null, userAgent },
    workspace: () => doors.workspace(holder.workspaceId),
  };
}
