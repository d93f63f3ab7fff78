import { z } from "zod";

/** Something a person should know about: shown at the bell, live. */
export const notification = z.object({
  id: z.string(),
  kind: z.enum([
    "result-filed",
    "result-corrected",
    "result-critical",
    "order-placed",
    "order-cancelled",
    "specimen-rejected",
    "early-warning",
    "account-pending",
    "break-glass",
    "account-locked",
    "password-reset",
    "audit-alarm",
  ]),
  title: z.string(),
  orderId: z.string().nullable(),
  patientId: z.string().nullable(),
  createdAt: z.string(),
  readAt: z.string().nullable(),
});
export type Notification = z.infer<typeof notification>;

/** What travels live: names and ids only, the screens fetch what they may see. */
export const liveEvent = z.object({
  id: z.string(),
  name: z.string(),
  orderId: z.string().nullable(),
  patientId: z.string().nullable(),
  at: z.string(),
});
export type LiveEvent = z.infer<typeof liveEvent>;
