import type { NextFunction, Request, Response } from "express";

/** An answer for a machine, opened as a page: it shows nothing, runs nothing and is framed by nobody. */
const SHUT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** Answers with data: no browser and no proxy keeps them, and as a page they can do nothing. */
export function shutAnswers(_request: Request, response: Response, next: NextFunction): void {
  response.set({ "Cache-Control": "no-store", "Content-Security-Policy": SHUT_POLICY });
  next();
}

/** A failure is of this moment and of this person, whichever address it stands at. */
export function keepNoFailures(_request: Request, response: Response, next: NextFunction): void {
  beforeHeaders(response, (status) => {
    if (status >= 400) response.setHeader("Cache-Control", "no-store");
  });
  next();
}

const SIGN_OUT = /^\/(?:[^/]*,)?account\.signOut(?:,|$)/;

/** Whoever signs out leaves nothing of theirs in the browser; its cookies stay, because one of them says that the browser is known. */
export function clearAtSignOut(request: Request, response: Response, next: NextFunction): void {
  if (request.method === "POST" && SIGN_OUT.test(request.path))
    beforeHeaders(response, (status) => {
      if (status < 300) response.setHeader("Clear-Site-Data", '"cache"');
    });
  next();
}

/** Calls `look` with the status once nothing changes it any more. */
function beforeHeaders(response: Response, look: (status: number) => void): void {
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => Response;
  response.writeHead = ((...given: unknown[]) => {
    look(Number(given[0]));
    return writeHead(...given);
  }) as typeof response.writeHead;
}
