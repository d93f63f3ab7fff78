"use client";
import { Loader, Modal } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import classes from "./command-palette.module.css";
import { Kbd } from "./kbd.tsx";

export type PaletteItem = { id: string; label: string; detail?: ReactNode; keys?: string; run: () => void };
export type PaletteGroup = { label: string; items: readonly PaletteItem[] };
type Props = {
  isOpen: boolean;
  onClose: () => void;
  query: string;
  onQuery: (query: string) => void;
  placeholder: string;
  groups: readonly PaletteGroup[];
  isLoading?: boolean;
  /** Said below the field: nothing found, or what failed. */
  message?: string | null;
};

/** One field that finds and opens things. Arrows choose, Enter opens, Escape closes; it never changes a record by itself. */
export function CommandPalette({ isOpen, onClose, query, onQuery, placeholder, groups, isLoading, message }: Props) {
  const listId = useId();
  const [activeId, setActiveId] = useState<string | null>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const items = groups.flatMap((group) => group.items);
  // Another list starts at its top: the chosen one is not in it.
  const active = Math.max(
    items.findIndex((item) => item.id === activeId),
    0,
  );
  const choose = (index: number) => setActiveId(items[index]?.id ?? null);
  useEffect(() => {
    listRef.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") choose(Math.min(active + 1, items.length - 1));
    else if (event.key === "ArrowUp") choose(Math.max(active - 1, 0));
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) items[active]?.run();
    else return;
    event.preventDefault();
  };

  return (
    <Modal.Root opened={isOpen} onClose={onClose} padding={0} size={640}>
      <Modal.Overlay />
      <Modal.Content aria-label="Search">
        <div className={classes.field}>
          <input
            className={classes.input}
            data-autofocus
            role="combobox"
            aria-label={placeholder}
            aria-expanded={items.length > 0}
            aria-controls={listId}
            aria-activedescendant={items[active] ? `${listId}-${active}` : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            value={query}
            maxLength={100}
            onChange={(event) => onQuery(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          {isLoading && <Loader size={16} aria-label="Searching" />}
        </div>
        <p role="status" className={classes.message}>
          {message}
        </p>
        <div ref={listRef} id={listId} role="listbox" aria-label="Found" className={classes.list}>
          {groups.map((group) => (
            <Group key={group.label} group={group} items={items} active={active} listId={listId} onHover={choose} />
          ))}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

type GroupProps = {
  group: PaletteGroup;
  items: readonly PaletteItem[];
  active: number;
  listId: string;
  onHover: (index: number) => void;
};

function Group({ group, items, active, listId, onHover }: GroupProps) {
  if (group.items.length === 0) return null;
  return (
    <>
      <div className={classes.heading} aria-hidden="true">
        {group.label}
      </div>
      {group.items.map((item) => {
        const index = items.indexOf(item);
        return (
          <button
            key={item.id}
            id={`${listId}-${index}`}
            data-index={index}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={classes.item}
            onMouseMove={() => onHover(index)}
            onClick={item.run}
          >
            <span className={classes.label}>{item.label}</span>
            {item.detail && <span className={classes.detail}>{item.detail}</span>}
            {item.keys && <Kbd keys={item.keys} />}
          </button>
        );
      })}
    </>
  );
}
