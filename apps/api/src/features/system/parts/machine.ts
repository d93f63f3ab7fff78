import { X509Certificate } from "node:crypto";
import { readdir, readFile, statfs } from "node:fs/promises";
import { type Look, partOf, spell } from "./part.ts";

const disk = { code: "disk", name: "Disk" };
const backup = { code: "backup", name: "Backup" };
const certificate = { code: "mllp-certificate", name: "Certificate of the HL7 listener" };
const hourSeconds = 3600;
const daySeconds = 86_400;
const backupName = /^infirmary-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** How much room is left where the data folder is. */
export const lookAtDisk: Look = async ({ platform }) => {
  const { bavail, blocks, bsize } = await statfs(platform.settings.dataFolder);
  const free = bavail / blocks;
  const says = `${Math.round((bavail * bsize) / 1024 ** 3)} GiB free, ${Math.round(free * 100)} %.`;
  const advice = "Make room or add some: a database without room stops writing.";
  return partOf(disk, free < 0.05 ? "bad" : free < 0.15 ? "attention" : "ok", says, advice);
};

/** How old the newest whole backup is that this machine can see. */
export const lookAtBackup: Look = async ({ platform, now }) => {
  const names = await readdir(platform.settings.backupFolder).catch(() => []);
  const times = names.flatMap((name) => {
    const [, year, month, day, hour, minute, second] = backupName.exec(name) ?? [];
    return year ? [Date.UTC(+year, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))] : [];
  });
  const advice = "Run npm run backup every night; docs/operations.md says how.";
  if (times.length === 0) return partOf(backup, "attention", "This machine sees no backup of Infirmary's own.", advice);
  const age = (now.getTime() - Math.max(...times)) / 1000;
  const says = `The newest is ${spell(age)} old, of ${times.length}.`;
  return partOf(backup, age > 3 * daySeconds ? "bad" : age > 26 * hourSeconds ? "attention" : "ok", says, advice);
};

/** How long the certificate lasts that analysers and other systems see. */
export const lookAtCertificate: Look = async ({ platform, now }) => {
  const { mllpCertificateFile } = platform.settings;
  if (!mllpCertificateFile) return null;
  const { validToDate } = new X509Certificate(await readFile(mllpCertificateFile));
  const left = (validToDate.getTime() - now.getTime()) / 1000;
  const advice = "Put a new one in its place and start the listener again.";
  if (left <= 0) return partOf(certificate, "bad", `Expired ${spell(-left)} ago.`, advice);
  return partOf(certificate, left < 21 * daySeconds ? "attention" : "ok", `Good for ${spell(left)}.`, advice);
};
