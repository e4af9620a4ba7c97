import {
  AddAnnotation,
  AnnotationList,
  AnnotationNote,
  AnnotationsInput,
  ChangeAnnotation,
  OneAnnotation,
} from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { addAnnotation, changeAnnotation, listAnnotations, listForReader, removeAnnotation } from "./service.ts";

export const annotationsRouter = router({
  list: allowed("results:read", "decisions", (answer, reader) => listForReader(answer as AnnotationList, reader))
    .input(AnnotationsInput)
    .output(AnnotationList)
    .query(({ ctx, input }) => listAnnotations(ctx, input.range)),
  add: allowed("annotations:change")
    .input(AddAnnotation)
    .output(AnnotationNote)
    .mutation(({ ctx, input }) => addAnnotation(ctx, input)),
  change: allowed("annotations:change")
    .input(ChangeAnnotation)
    .output(AnnotationNote)
    .mutation(({ ctx, input }) => changeAnnotation(ctx, input)),
  remove: allowed("annotations:change")
    .input(OneAnnotation)
    .output(AnnotationNote)
    .mutation(({ ctx, input }) => removeAnnotation(ctx, input.id)),
});
