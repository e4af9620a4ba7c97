import type { NextFunction, Request, Response } from "express";

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

/** Nothing here is changed by PUT or DELETE, and TRACE would show a page the headers of its own request. */
export function refuseOtherMethods(request: Request, response: Response, next: NextFunction): void {
  if (METHODS.has(request.method)) next();
  else
    response
      .status(405)
      .set("Allow", [...METHODS].join(", "))
      .type("text/plain")
      .send(`There is no ${request.method} here: ${[...METHODS].join(", ")} are answered.\n`);
}

/**
 * Answers of machines are for this server's own pages and for people who type an address: a page elsewhere may neither link to them
 * nor load them, not even what only reads.
 */
export function refuseOtherSites(request: Request, response: Response, next: NextFunction): void {
  const site = request.get("sec-fetch-site");
  if (site === undefined || site === "same-origin" || site === "none") next();
  else response.status(403).type("text/plain").send("This address is for the pages of this server only.\n");
}

/** Forms of other pages can send every kind of body but JSON without asking first, and procedures have no other kind. */
export function requireJson(request: Request, response: Response, next: NextFunction): void {
  const type = request.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (request.method !== "POST" || type === "application/json") next();
  else response.status(415).type("text/plain").send("Procedures take application/json only.\n");
}
