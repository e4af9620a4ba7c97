export {
  configurationPath,
  type Environment,
  environment,
  environmentProblems,
  logLevel,
  openConfiguration,
  saidSettings,
  stopSeconds,
} from "./environment.ts";
export { configurationSchema } from "./file.ts";
export { SETTINGS } from "./settings.ts";
