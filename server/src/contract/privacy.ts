import { z } from "zod";
import { LegalBasis } from "./legal-basis.ts";
import { WORKSPACE_SETTINGS } from "./settings.ts";

/** What is stored about visitors, for whoever has to answer for it. */
export const PrivacyOverview = z.object({
  /** By what it is (`touchpoints`, `conversions` …): rows that name somebody, all rows, and the day until which the oldest is kept. */
  stored: z.array(
    z.object({
      table: z.string(),
      rows: z.number(),
      identified: z.number(),
      oldest: z.string().nullable(),
      newest: z.string().nullable(),
    }),
  ),
  retention: WORKSPACE_SETTINGS.retention.unwrap(),
  /** By source: what allows its identifiers to be kept, and the share of its touchpoints that carried consent; null where it says nothing. */
  sources: z.array(
    z.object({
      source: z.string(),
      basis: LegalBasis.nullable(),
      touchpoints: z.number(),
      consented: z.number(),
      refused: z.number(),
      unsaid: z.number(),
    }),
  ),
  /** Rows that retention will take next, and when it last looked. */
  due: z.object({ rows: z.number() }),
  /** Identifiers that stay out for ever, by why. */
  forgotten: z.object({ erased: z.number(), withdrawn: z.number() }),
});
export type PrivacyOverview = z.infer<typeof PrivacyOverview>;

/** A visitor id or a person id as the files write it. */
export const PersonIdentifier = z.object({
  identifier: z.string().trim().min(1, "give the visitor id or the person id as your files write it").max(500),
});

export const ErasurePreview = z.object({
  identifiers: z.number(),
  rows: z.record(z.string(), z.number()),
  mentions: z.number(),
});

export const PrivacyRequestKind = z.enum(["access", "erasure", "withdrawal"]);

/** A request and its proof. The identifier is nowhere: whoever has it can check it against the print. */
export const PrivacyRequest = z.object({
  id: z.string(),
  kind: PrivacyRequestKind,
  /** The first 16 hex digits of the keyed hash of the identifier. */
  print: z.string(),
  doneBy: z.string(),
  doneAt: z.string(),
  isComplete: z.boolean(),
  identifiers: z.number(),
  rows: z.record(z.string(), z.number()),
  /** Rows of the person that a look after the erasure still found: 0 is the proof. Null for other kinds. */
  rowsLeft: z.number().nullable(),
});
export type PrivacyRequest = z.infer<typeof PrivacyRequest>;
export const PrivacyRequests = z.array(PrivacyRequest);

/** Everything that stands under a person, in words, as one JSON text to hand over. */
export const PersonExportAnswer = z.object({ fileName: z.string(), json: z.string(), request: PrivacyRequest });
