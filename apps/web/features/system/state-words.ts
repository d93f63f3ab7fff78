import type { JobState, PartState } from "@infirmary/shared/system";
import type { Tone } from "#ui/status-badge.tsx";

/** What the installation as a whole is called in each state. */
export const stateWords: Record<PartState, string> = {
  ok: "All is well",
  attention: "Needs attention",
  bad: "Needs somebody now",
};
/** A part by itself. */
export const partWords: Record<PartState, string> = { ok: "Good", attention: "Attention", bad: "Now" };
/** Red is for patients; a machine gets amber. */
export const stateTones: Record<PartState, Tone> = { ok: "accent", attention: "abnormal", bad: "abnormal" };

export const jobWords: Record<JobState, string> = {
  waiting: "Waiting",
  running: "At work",
  retrying: "Trying again",
  failed: "Gave up",
};
export const jobTones: Record<JobState, Tone> = {
  waiting: "muted",
  running: "plain",
  retrying: "accent",
  failed: "abnormal",
};
