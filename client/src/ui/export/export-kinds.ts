export const EXPORT_KINDS = ["csv", "xlsx", "machine"] as const;
export const PICTURE_KINDS = ["png", "pngDark", "svg"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number] | (typeof PICTURE_KINDS)[number];
