import type { Observation } from "@infirmary/shared/result";

/** Whether the lab took the value back: shown struck through, counted nowhere. */
export const isTakenBack = ({ status }: Pick<Observation, "status">) => status === "D" || status === "W";
