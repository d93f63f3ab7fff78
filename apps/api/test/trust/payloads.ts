const heads = ["'", '"', "1", "1)", "')", "'))", "\\'", "%27", "';", "1;"];
const sqlTails = [
  " OR 1=1 --",
  " OR 'a'='a",
  " UNION SELECT NULL,NULL,NULL --",
  " UNION SELECT username, password_hash FROM user_account --",
  "; SELECT pg_sleep(10) --",
  " || pg_sleep(10) --",
  " AND (SELECT 1 FROM pg_sleep(10)) IS NOT NULL --",
  "; DROP TABLE patient; --",
  "; UPDATE user_account SET status = 'ACTIVE'; --",
  " AND CAST((SELECT version()) AS int) = 1 --",
  "; SET app.tenant_id = '00000000-0000-7000-8000-000000000000'; --",
  "; SELECT set_config('app.tenant_id', '', false); --",
  "; COPY patient TO PROGRAM 'id'; --",
  "; ALTER ROLE infirmary_app BYPASSRLS; --",
  " OR EXISTS (SELECT 1 FROM patient) --",
  " ORDER BY 99 --",
  " LIMIT 0; VACUUM; --",
  "/**/OR/**/1=1",
  " AND 1=CONVERT(int, (SELECT 1)) --",
  "; DO $$ BEGIN PERFORM pg_sleep(10); END $$; --",
];

/** 200 texts that would mean something to PostgreSQL if they were ever read as SQL. */
export const sqlPayloads: string[] = heads.flatMap((head) => sqlTails.map((tail) => head + tail));
