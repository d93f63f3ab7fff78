export { defaultLimits, type MllpLimits } from "./limits.ts";
export { type Listener, listenMllp } from "./listener.ts";
