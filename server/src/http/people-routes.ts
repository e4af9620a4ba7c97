import { createExpressMiddleware } from "@trpc/server/adapters/express";
import { type Request, type Response, Router } from "express";
import { requireMember, requireSignedIn, whoAsks } from "../accounts/index.ts";
import { activationExportRouter } from "../activation/index.ts";
import { auditExportRouter } from "../audit/index.ts";
import type { Right } from "../contract/index.ts";
import { log } from "../log.ts";
import { uploadRouter } from "../mapping/index.ts";
import { reportExportRouter } from "../reports/index.ts";
import { appRouter } from "../router.ts";
import type { Admission } from "./admission.ts";
import type { Desk } from "./desk.ts";
import { contextOf, factsOf } from "./request-context.ts";

/** Calls that go together in one request; the page's own batches are smaller. */
const LARGEST_BATCH = 20;
const LARGEST_BODY_BYTES = 1_000_000;

/** What people's browsers ask of the server beside the page itself. Mounted where there is a desk already. */
export function peopleRoutes(desk: () => Desk | null, admission: Admission): Router {
  const router = Router();
  // The one door of the sign-in library: the way back from a single sign-on.
  router.get("/auth/callback/sso", (request, response, next) => {
    const { accounts } = desk()!;
    const facts = factsOf(request, response);
    const url = new URL(request.originalUrl, accounts.url);
    accounts.engine
      .handler(new globalThis.Request(url, { headers: facts.headers }))
      .then((answer) => {
        const error = /[?&]error=([\w-]+)/.exec(answer.headers.get("location") ?? "")?.[1];
        if (error !== undefined)
          log.warn({ event: "sign-in-refused", error, ip: facts.ip }, "a single sign-on was refused");
        return handOn(answer, response);
      })
      .catch(next);
  });
  const requireMemberOf = async (request: Request, workspaceName: string, right: Right) => {
    const { accounts } = desk()!;
    const facts = factsOf(request, request.res!);
    const who = requireSignedIn(await whoAsks(accounts, facts));
    return requireMember(accounts, who, workspaceName, right, facts);
  };
  router.use(auditExportRouter(requireMemberOf));
  router.use(activationExportRouter(requireMemberOf));
  router.use(
    reportExportRouter({
      requireMember: requireMemberOf,
      openWorkspace: (name) => desk()!.openWorkspace(name),
      inTurn: (userId, work) => desk()!.inTurn(userId, work),
    }),
  );
  router.use(uploadRouter(requireMemberOf, () => desk()!.spoolFolder));
  router.use(
    "/trpc",
    createExpressMiddleware({
      router: appRouter,
      maxBatchSize: LARGEST_BATCH,
      maxBodySize: LARGEST_BODY_BYTES,
      createContext: async ({ req, res, info }) => {
        const context = await contextOf(desk()!, req, res);
        const procedures = info.calls.map(({ path }) => path);
        admission.admit(req, res, context.who?.id ?? null, procedures);
        return context;
      },
      onError: ({ error, path }) => {
        if (error.code === "INTERNAL_SERVER_ERROR")
          log.error({ err: error.cause ?? error, procedure: path }, "a procedure failed");
      },
    }),
  );
  return router;
}

/** Hands on the answer of a handler of web requests; the one that is called here only redirects. */
async function handOn(answer: globalThis.Response, response: Response): Promise<void> {
  response.status(answer.status);
  for (const [name, value] of answer.headers) if (name !== "set-cookie") response.set(name, value);
  for (const line of answer.headers.getSetCookie()) response.append("Set-Cookie", line);
  response.send(await answer.text());
}
