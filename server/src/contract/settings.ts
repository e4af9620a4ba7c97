import { z } from "zod";
import { ChannelRules } from "./channel-rules.ts";
import { LegalBasis } from "./legal-basis.ts";
import { FileMappings } from "./source-mapping.ts";

/**
 * The settings of a workspace beyond currency and time zone, by name: shape and default. Months of retention are the figures that
 * the French regulator (CNIL) gives for audience measurement: 13 for identifiers, 25 for what was collected with them.
 */
export const WORKSPACE_SETTINGS = {
  /** By source; a source that is not named keeps identifiers as declared by whoever imports it. */
  "legal-basis": z.record(z.string(), LegalBasis).default({}),
  /** By source: the zone of its days and of times without an offset. */
  "time-zones": z.record(z.string(), z.string()).default({}),
  /** By conversion type: the source that is its book of record. Types that are not named book what every source says. */
  books: z.record(z.string(), z.string()).default({}),
  retention: z
    .object({
      identifierMonths: z.number().int().min(1).max(13),
      dataMonths: z.number().int().min(1).max(120),
      rejectedDays: z.number().int().min(1).max(400),
    })
    .default({ identifierMonths: 13, dataMonths: 25, rejectedDays: 90 }),
  identity: z
    .object({
      /** A visitor that more persons than this have used is a shared device and links nobody. */
      personsPerVisitor: z.number().int().min(1).max(10),
      /** A person has at most so many visitors; links beyond are refused, the latest first. */
      visitorsPerPerson: z.number().int().min(2).max(1000),
    })
    .default({ personsPerVisitor: 2, visitorsPerPerson: 50 }),
  /** Thresholds by rule of data health; rules that are not named keep their default. */
  health: z.record(z.string(), z.number()).default({}),
  "collector-origins": z.array(z.string()).default([]),
  /** Nothing where the default rules hold. */
  "channel-rules": z.preprocess((value) => value ?? undefined, ChannelRules.optional()),
  /** How files of sources are read that no declaration describes. */
  "file-mappings": FileMappings,
} as const;

export type WorkspaceSettingName = keyof typeof WORKSPACE_SETTINGS;
export type WorkspaceSetting<N extends WorkspaceSettingName> = z.output<(typeof WORKSPACE_SETTINGS)[N]>;
