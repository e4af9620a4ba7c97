export { findSource } from "./saved-mappings.ts";
export { uploadRouter } from "./upload-router.ts";
export { findUpload, keepUpload, sweepUploads } from "./uploads.ts";
