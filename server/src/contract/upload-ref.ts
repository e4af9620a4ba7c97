import { z } from "zod";

/** A file that a member sent, by the id that it got. */
export const UploadRef = z.object({ id: z.uuid() });
