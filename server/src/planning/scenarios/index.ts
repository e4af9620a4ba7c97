export { changesBetween, type MadePlan } from "./changes-between.ts";
export { scenariosRouter } from "./router.ts";
export {
  changesSinceLast,
  compareScenarios,
  findScenario,
  listScenarios,
  removeScenario,
  renameScenario,
  saveScenario,
} from "./scenarios.ts";
