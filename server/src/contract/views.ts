import { z } from "zod";

const ViewName = z.string().trim().min(1).max(80);

/** The path of a page inside the workspace: nothing that leads elsewhere. */
const ViewPage = z
  .string()
  .max(200)
  .regex(/^\/(?!\/)[A-Za-z0-9/_-]*$/, "expected the path of a page, such as /performance");

/** What follows the question mark, without it. */
const ViewSearch = z
  .string()
  .max(4_000)
  .regex(/^[^#\s]*$/, "expected what follows the question mark of an address");

/** A page with its days and choices under a name. */
export const SavedView = z.object({
  id: z.string(),
  name: z.string(),
  page: z.string(),
  search: z.string(),
  isShared: z.boolean(),
  owner: z.object({ id: z.string(), name: z.string() }),
  savedAt: z.iso.datetime(),
});
export type SavedView = z.infer<typeof SavedView>;

/** The reader's own, and those that others share. */
export const SavedViewList = z.object({ views: z.array(SavedView) });

export const SaveView = z.object({ name: ViewName, page: ViewPage, search: ViewSearch });
export const RenameView = z.object({ id: z.uuid(), name: ViewName });
export const UpdateView = z.object({ id: z.uuid(), page: ViewPage, search: ViewSearch });
export const ShareView = z.object({ id: z.uuid(), isShared: z.boolean() });
export const OneView = z.object({ id: z.uuid() });
