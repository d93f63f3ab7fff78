"use client";
import { formatDateTime } from "@infirmary/shared/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import classes from "./board.module.css";
import { useBoard } from "./queries.ts";

/** The screen of a waiting room: who is called where, by numbers. Its secret stands behind the # of the address and goes to no log. */
export function WaitingBoard() {
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    const take = () => setToken(window.location.hash.slice(1));
    take();
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  const query = useQuery(useBoard(token ?? ""));
  if (token === "" || (query.error && apiError(query.error).code !== "unreachable" && !query.data))
    return <EmptyState title="This link shows no waiting room." hint="Ask an administrator for a new one." />;
  if (!query.data) return query.error ? <ErrorState error={apiError(query.error)} /> : null;
  const { facilityName, timeZone, at, called, waiting } = query.data;
  return (
    <div className={classes.board}>
      <header className={classes.head}>
        <h1 className={classes.title}>{facilityName}</h1>
        <time dateTime={at}>{formatDateTime(at, timeZone)}</time>
      </header>
      {query.error && <p role="status">Reconnecting. What you see may not be the latest.</p>}
      <section aria-label="Please come" aria-live="polite" className={classes.called}>
        <h2 className={classes.sub}>Please come</h2>
        {called.length === 0 && <p className={classes.quiet}>Nobody is called at the moment.</p>}
        <ul className={classes.calls}>
          {called.map(({ ticket, place, calledAt }) => (
            <li key={`${ticket} ${calledAt}`} className={classes.call}>
              <strong>{ticket}</strong>
              <span>{place}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label="Waiting" className={classes.waiting}>
        <h2 className={classes.sub}>Waiting</h2>
        <ul className={classes.tickets}>
          {waiting.map(({ ticket }) => (
            <li key={ticket}>{ticket}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}
