export const choices = {
  title: "Choices",
} as const;
