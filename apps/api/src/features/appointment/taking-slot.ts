import type { Slot } from "@infirmary/shared/appointment";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { sqlState } from "../../core/database-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { freeSlots } from "./availability.ts";

/** How far ahead the free times offered instead may lie, and how many there are. */
const aheadDays = 14;
const offersMax = 5;

/** Runs a write that takes a time. 23P01: the exclusion constraint of the provider or the room said no, which is 409 `slot-taken`. */
export async function takingSlot(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (sqlState(error) !== "23P01") throw error;
    const isRoom = (error as { constraint?: string }).constraint === "room_once";
    throw new AppError("slot-taken", {
      detail: isRoom ? "The room is taken at this time." : "The doctor is booked at this time.",
      cause: error,
    });
  }
}

type Wish = { providerId: string; start: string; visitType: string };

/**
 * Runs a change that takes a time; where it is taken, the answer names the doctor's next free times from there on, those of the same
 * visit type where there are any.
 */
export async function offeringOthers<T>(
  ctx: ActorContext,
  wishOf: (work: Work) => Wish | Promise<Wish>,
  fn: (work: Work) => Promise<T>,
): Promise<T> {
  try {
    return await ctx.work(fn);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "slot-taken") throw error;
    // In a transaction of its own: that of the change has failed.
    const slots = await ctx.look(async (work) => nextFree(work, await wishOf(work)));
    throw new AppError("slot-taken", { ...(error.detail ? { detail: error.detail } : {}), slots, cause: error });
  }
}

async function nextFree(work: Work, { providerId, start, visitType }: Wish): Promise<Slot[]> {
  const to = new Date(Date.parse(start) + aheadDays * 86_400_000).toISOString();
  const { items } = await freeSlots(work, { providerId, from: start, to });
  const alike = items.filter((slot) => slot.visitType === visitType);
  return (alike.length > 0 ? alike : items).slice(0, offersMax);
}
