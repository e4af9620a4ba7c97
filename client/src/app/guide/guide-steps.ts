import type { GuideState, Right } from "@touchline/server/contract";

interface Step {
  readonly name: "data" | "channels" | "model" | "plan" | "people";
  readonly to: string;
  /** What doing it takes. */
  readonly right: Right;
  readonly isDone: boolean;
}

/** What leads from an empty workspace to a first plan, in its order. */
export function prepareSteps(state: GuideState, hasLooked: boolean) {
  const hasData = state.touchpoints && state.spend && state.conversions;
  return [
    { name: "data", to: "/data/import", right: "data:import", isDone: hasData },
    {
      ...{ name: "channels", to: "/data/channels", right: "data:read" },
      isDone: state.hasChannelRules || (hasLooked && state.channels > 0),
    },
    { name: "model", to: "/attribution", right: "results:read", isDone: state.hasRun },
    { name: "plan", to: "/planner", right: "plans:read", isDone: state.hasPlan },
    { name: "people", to: "/settings/team", right: "members:read", isDone: state.members > 1 },
  ] as const satisfies readonly Step[];
}

/** Inviting others is not needed for a plan: whoever works alone is ready without. */
export function isReady(steps: ReturnType<typeof prepareSteps>): boolean {
  return steps.every(({ name, isDone }) => isDone || name === "people" || name === "channels");
}
