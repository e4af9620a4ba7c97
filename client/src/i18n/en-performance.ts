export const performance = {
  title: "Performance",
} as const;
