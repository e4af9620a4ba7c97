import { z } from "zod";

/** What allows an identifier to be kept: consent that each event carries, or a basis that the source declares for all of them. */
export const LegalBasis = z.enum(["consent", "contract", "legitimate-interest", "declared"]);
export type LegalBasis = z.infer<typeof LegalBasis>;
