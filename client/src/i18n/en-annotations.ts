export const annotations = {
  title: "Annotations",
} as const;
