import { once } from "node:events";
import { connect } from "node:net";
import { mllpPort } from "./settings.ts";

const [vt, fs, cr] = ["\x0b", "\x1c", "\r"];

/** Sends one message as an analyser does, and answers its acknowledgement. */
export async function sendOverMllp(message: string): Promise<string> {
  const socket = connect({ port: mllpPort, host: "127.0.0.1" });
  await once(socket, "connect");
  socket.setEncoding("utf8");
  socket.write(`${vt}${message}${fs}${cr}`);
  let answer = "";
  while (!answer.includes(fs)) {
    const [chunk] = (await once(socket, "data")) as [string];
    answer += chunk;
  }
  socket.destroy();
  return answer;
}
