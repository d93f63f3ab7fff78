import { messageBytesMax } from "@infirmary/shared/hl7";
import { z } from "zod";

/** A file's bytes in base64, turned back into bytes; at most as large as a message may be, in whole groups of four. */
export const messageBytes = z
  .string()
  .max(Math.ceil(messageBytesMax / 3) * 4, { error: "A file may have at most 5 MB.", abort: true })
  .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, {
    error: "This is no base64.",
    abort: true,
  })
  .transform((text) => new Uint8Array(Buffer.from(text, "base64")));
