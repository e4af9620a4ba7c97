import {
  FileMapping,
  ImportUpload,
  MappingRef,
  PreviewUpload,
  SourcesAndMappings,
  UploadDescription,
  UploadPreview,
  UploadRef,
  UploadState,
} from "../contract/index.ts";
import { acting, allowed, router } from "../trpc.ts";
import type { Workspace } from "../workspace.ts";
import { describeUpload } from "./describe-upload.ts";
import { beginImport, uploadState } from "./import-upload.ts";
import { knownSources } from "./known-sources.ts";
import { previewUpload } from "./preview-upload.ts";
import { keepMapping, removeMapping } from "./saved-mappings.ts";
import { findUpload, type Upload } from "./uploads.ts";

interface Sender {
  readonly workspace: Workspace;
  readonly member: { readonly id: string };
  readonly spoolFolder: string;
}

/** The member's own file in this workspace. @throws UserError for any other one */
function ownUpload({ workspace, member, spoolFolder }: Sender, id: string): Upload {
  return findUpload({ spoolFolder, workspaceId: workspace.id, userId: member.id }, id);
}

async function listSources(workspace: Workspace) {
  return { known: knownSources(), mappings: await workspace.setting("file-mappings") };
}

export const mappingRouter = router({
  sources: allowed("data:read")
    .output(SourcesAndMappings)
    .query(({ ctx }) => listSources(ctx.workspace)),
  describe: allowed("data:import")
    .input(UploadRef)
    .output(UploadDescription)
    .query(({ ctx, input }) => describeUpload(ctx.workspace, ownUpload(ctx, input.id), ctx.spoolFolder)),
  // Not a query: a mapping is longer than an address may be.
  preview: allowed("data:import")
    .input(PreviewUpload)
    .output(UploadPreview)
    .mutation(({ ctx, input }) =>
      previewUpload(ctx.workspace, ownUpload(ctx, input.id), input.layout, ctx.spoolFolder),
    ),
  import: acting("data:import", "data.import", "upload")
    .input(ImportUpload)
    .output(UploadState)
    .mutation(({ ctx, input }) => beginImport(ctx.workspace, ownUpload(ctx, input.id), input, ctx.spoolFolder)),
  state: allowed("data:import")
    .input(UploadRef)
    .output(UploadState)
    .query(({ ctx, input }) => uploadState(ownUpload(ctx, input.id))),
  keep: acting("data:import", "data.keep-mapping", "file-mapping")
    .input(FileMapping)
    .output(FileMapping)
    .mutation(({ ctx, input }) => keepMapping(ctx.workspace, input)),
  remove: acting("data:import", "data.remove-mapping", "file-mapping")
    .input(MappingRef)
    .output(FileMapping)
    .mutation(({ ctx, input }) => removeMapping(ctx.workspace, input)),
});
