import { ModelError } from "@touchline/solver";
import type { TRPCError } from "@trpc/server";
import { z } from "zod";
import { UserError } from "../user-error.ts";

/** True for sentences that were written for the person who reads them. */
export function isForPeople(error: unknown): error is UserError | ModelError {
  return error instanceof UserError || error instanceof ModelError;
}

/** What a browser may read of an error: sentences that were written for people, and nothing of the inside. */
export function publicMessage(error: TRPCError): string {
  if (isForPeople(error.cause)) return error.cause.message;
  if (error.code === "INTERNAL_SERVER_ERROR") return "Something went wrong on the server. Its log says what.";
  if (error.cause instanceof z.ZodError) {
    return error.cause.issues.map(({ path, message }) => `${path.join(".") || "the question"}: ${message}`).join("; ");
  }
  return error.message;
}
