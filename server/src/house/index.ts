export { MOVING, type Moved, markMoved, movedTo, RESTORE_UNFINISHED } from "./folder-marks.ts";
export { type House, type HouseOptions, openHouse } from "./house.ts";
export {
  type CommandReply,
  type CommandRequest,
  connectToServer,
  handOver,
  listenForCommands,
} from "./server-socket.ts";
export {
  clusterOfEnvironment,
  databaseUrlOfEnvironment,
  serverUrlOfEnvironment,
  transportWarnings,
} from "./servers-of-environment.ts";
