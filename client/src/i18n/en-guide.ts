export const guide = {
  title: "First steps",
} as const;
