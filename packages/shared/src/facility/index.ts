import { z } from "zod";

/** A site of the organisation; `timeZone` is an IANA name and rules how its times are shown. */
export const facility = z.object({ id: z.string(), code: z.string(), name: z.string(), timeZone: z.string() });
export type Facility = z.infer<typeof facility>;
