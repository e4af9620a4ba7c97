export const mapping = {
  title: "Import a file",
} as const;
