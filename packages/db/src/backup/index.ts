export { countHoldings, losses } from "./holdings.ts";
export { checkBackup, readLabel } from "./read-backup.ts";
export { unpackBackup } from "./restore-backup.ts";
export { newIdentity, recipientOf } from "./sealed-file.ts";
export { type BackupLabel, writeBackup } from "./write-backup.ts";
