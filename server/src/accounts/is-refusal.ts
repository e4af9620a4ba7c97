/** What the sign-in library throws where it refuses; anything else is a failure. Known by its name, so that nobody has to load it to ask. */
export interface Refusal extends Error {
  readonly status: string | number;
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === "APIError" && "status" in error;
}
