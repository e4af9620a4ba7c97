export const origin = {
  title: "How is this computed?",
} as const;
