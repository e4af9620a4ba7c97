export { type House, openHouse, serverUrlOfEnvironment } from "./house.ts";
export {
  type CommandReply,
  type CommandRequest,
  connectToServer,
  handOver,
  listenForCommands,
} from "./server-socket.ts";
