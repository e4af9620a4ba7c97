import { z } from "zod";
import { DateRange, IsoDate } from "./scalars.ts";

/** People see a note beside a day in a few lines. */
const NoteText = z.string().trim().min(1).max(500);

const Days = { from: IsoDate, to: IsoDate };

/** The days of a note: one, or a span. */
const NoteDays = z.object(Days).refine(({ from, to }) => from <= to, "the first day lies after the last one");

/** What somebody wrote beside days. */
export const AnnotationNote = z.object({
  ...{ kind: z.literal("note"), id: z.string(), ...Days, text: z.string() },
  writer: z.object({ id: z.string(), name: z.string() }),
  writtenAt: z.iso.datetime(),
  /** The reader wrote it, or is an admin. */
  mayChange: z.boolean(),
});
export type AnnotationNote = z.infer<typeof AnnotationNote>;

/** Campaigns of one channel that began on a day, or had their last one. `names` are the first few of `count`. */
const CampaignEvent = z.object({
  ...{ kind: z.enum(["launch", "stop"]), id: z.string(), ...Days },
  ...{ channel: z.string(), names: z.array(z.string()), count: z.number().int() },
});

/** What holds on these days: "promotion", "holiday". */
const ContextSpan = z.object({ ...{ kind: z.literal("context"), id: z.string(), ...Days }, name: z.string() });

/** A figure of the context that stood at one value and then at another: a price. */
const ContextChange = z.object({
  ...{ kind: z.literal("change"), id: z.string(), ...Days, name: z.string() },
  ...{ before: z.number(), after: z.number() },
});

const ApprovedPlan = z.object({
  ...{ kind: z.literal("plan"), id: z.string(), ...Days },
  ...{ proposal: z.string(), name: z.string(), by: z.string() },
});

const LiftTest = z.object({
  ...{ kind: z.literal("test"), id: z.string(), ...Days },
  ...{ experiment: z.string(), channel: z.string() },
});

/** What is worth knowing about days: what people wrote, and what the data tell by themselves. Ids are stable. */
export const Annotation = z.discriminatedUnion("kind", [
  AnnotationNote,
  CampaignEvent,
  ContextSpan,
  ContextChange,
  ApprovedPlan,
  LiftTest,
]);
export type Annotation = z.infer<typeof Annotation>;

export const AnnotationsInput = z.object({ range: DateRange });

/** In the order of their first day. */
export const AnnotationList = z.object({
  annotations: z.array(Annotation),
  /** More than are listed: the rest of a very long range. */
  left: z.number().int(),
});
export type AnnotationList = z.infer<typeof AnnotationList>;

export const AddAnnotation = NoteDays.extend({ text: NoteText });
export const ChangeAnnotation = NoteDays.extend({ id: z.uuid(), text: NoteText });
export const OneAnnotation = z.object({ id: z.uuid() });
