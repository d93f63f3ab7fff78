import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

const settings = ["fsync", "synchronous_commit", "full_page_writes"];

/**
 * Makes a throw-away server wait for the disk or not, for all its databases, from now on. A process of the product refuses one that does
 * not; everything else is tested faster on one. @param ownerUrl signs in as the cluster's superuser
 */
export async function setDurable(ownerUrl: string, isDurable: boolean): Promise<void> {
  const wanted = isDurable ? "on" : "off";
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const name of settings) await client.query(`ALTER SYSTEM SET ${name} = ${wanted}`);
    await client.query("SELECT pg_reload_conf()");
    while ((await client.query("SHOW full_page_writes")).rows[0].full_page_writes !== wanted) await sleep(10);
  } finally {
    await client.end();
  }
}
