"use client";
import { Loader, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef, useState } from "react";
import classes from "./search-list.module.css";

export type SearchItem = { id: string; label: ReactNode; detail?: ReactNode };
type Props = {
  label: string;
  description?: string;
  placeholder?: string;
  query: string;
  onQuery: (query: string) => void;
  items: readonly SearchItem[];
  onPick: (id: string) => void;
  isLoading?: boolean;
  /** Said below the field: nothing found, or what failed. */
  message?: string | null;
  error?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
  isAutoFocused?: boolean;
};

/** A field that finds one thing in a list too long to show: arrows choose, Enter takes, the list stands below the field. */
export function SearchList({ query, onQuery, items, onPick, isLoading, message, inputRef, ...field }: Props) {
  const listId = useId();
  const [activeId, setActiveId] = useState<string | null>(null);
  const listRef = useRef<HTMLDivElement>(null);
  // Another list starts at its top: the chosen one is not in it.
  const active = Math.max(
    items.findIndex((item) => item.id === activeId),
    0,
  );
  useEffect(() => {
    listRef.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[active];
    if (event.key === "ArrowDown") setActiveId(items[Math.min(active + 1, items.length - 1)]?.id ?? null);
    else if (event.key === "ArrowUp") setActiveId(items[Math.max(active - 1, 0)]?.id ?? null);
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      if (item) onPick(item.id);
    } else return;
    event.preventDefault();
  };
  return (
    <div className={classes.search}>
      <TextInput
        ref={inputRef}
        label={field.label}
        description={field.description}
        placeholder={field.placeholder}
        error={field.error}
        data-autofocus={field.isAutoFocused || undefined}
        autoFocus={field.isAutoFocused}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-activedescendant={items[active] ? `${listId}-${active}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        rightSection={isLoading ? <Loader size={16} aria-label="Searching" /> : null}
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <p role="status" className={classes.message}>
        {message}
      </p>
      <div ref={listRef} id={listId} role="listbox" aria-label="Found" className={classes.list}>
        {items.map((item, index) => (
          <button
            key={item.id}
            id={`${listId}-${index}`}
            data-index={index}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={classes.item}
            onMouseMove={() => setActiveId(item.id)}
            onClick={() => onPick(item.id)}
          >
            <span className={classes.label}>{item.label}</span>
            {item.detail && <span className={classes.detail}>{item.detail}</span>}
          </button>
        ))}
      </div>
    </div>
  );
}
